"""Forms clean what was typed; whether it may be done is decided by the deeds."""

import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from etoko.foundation.phones import read_phone
from etoko.foundation.problems import UnableTo
from etoko.people.roles import ROLE_NAMES

LEAST_PASSPHRASE, MOST_PASSPHRASE = 8, 128


class PhoneField(forms.CharField):
    """Any Indonesian spelling in, "+62812…" out; what was typed stays in the form."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**{"label": _("Nomor HP"), "max_length": 60, **more})
        self.widget.input_type = "tel"

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        if not text:
            return ""
        try:
            return read_phone(text)
        except UnableTo as problem:
            raise forms.ValidationError(problem.sentence) from problem


class NameField(forms.CharField):
    def __init__(self, **more: Any) -> None:
        super().__init__(**{"label": _("Nama lengkap"), "max_length": 200, **more})

    def clean(self, value: Any) -> str:
        name = " ".join(str(super().clean(value)).split())
        if name and not any(letter.isalpha() for letter in name):
            raise forms.ValidationError(_t("Tulis nama dengan huruf, misalnya Siti Aminah."))
        return name


class NewPassphraseField(forms.CharField):
    def __init__(self, **more: Any) -> None:
        super().__init__(
            **{
                "label": _("Kata sandi"),
                "strip": False,
                "widget": forms.PasswordInput(render_value=True),
                "help_text": _("Paling sedikit 8 huruf. Tiga kata yang mudah Anda ingat sudah kuat."),
                **more,
            }
        )

    def clean(self, value: Any) -> str:
        passphrase = str(super().clean(value))
        if not passphrase:
            return ""
        if not LEAST_PASSPHRASE <= len(passphrase) <= MOST_PASSPHRASE:
            raise forms.ValidationError(
                _t("Kata sandi harus %(least)s sampai %(most)s huruf atau angka.")
                % {"least": LEAST_PASSPHRASE, "most": MOST_PASSPHRASE}
            )
        if len(set(passphrase)) < 4 or passphrase.lower() in CommonPasswordValidator().passwords:
            raise forms.ValidationError(
                _t("Kata sandi ini mudah ditebak. Pakai misalnya tiga kata dari dapur Anda.")
            )
        return passphrase


class SignInForm(forms.Form):
    phone = PhoneField()
    passphrase = forms.CharField(
        label=_("Kata sandi"), max_length=MOST_PASSPHRASE, strip=False, widget=forms.PasswordInput()
    )


class PhoneForm(forms.Form):
    phone = PhoneField()


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Kode 6 angka"), max_length=20)

    def clean_code(self) -> str:
        digits = re.sub(r"[\s.-]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", digits):
            raise forms.ValidationError(_t("Kode terdiri dari 6 angka. Periksa lagi."))
        return digits


class JoinForm(forms.Form):
    name = NameField()
    phone = PhoneField()
    passphrase = NewPassphraseField()

    def clean(self) -> dict[str, Any]:
        _refuse_phone_as_passphrase(self, self.cleaned_data.get("phone", ""))
        return self.cleaned_data


class JoinByCodeForm(JoinForm):
    """Where the code reaches the phone a passphrase is a comfort, not a need."""

    passphrase = NewPassphraseField(required=False)


class PassphraseForm(forms.Form):
    """`phone` of the person; `asks_current` where she has a passphrase and has not just proved herself."""

    current = forms.CharField(
        label=_("Kata sandi sekarang"),
        max_length=MOST_PASSPHRASE,
        strip=False,
        widget=forms.PasswordInput(),
    )
    passphrase = NewPassphraseField(label=_("Kata sandi baru"))

    def __init__(self, *args: Any, phone: str, asks_current: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.phone = phone
        if not asks_current:
            del self.fields["current"]

    def clean(self) -> dict[str, Any]:
        _refuse_phone_as_passphrase(self, self.phone)
        return self.cleaned_data


class PasskeyForm(forms.Form):
    name = forms.CharField(label=_("Nama perangkat"), max_length=60, required=False)
    answer = forms.CharField(max_length=20_000, widget=forms.HiddenInput())


class PersonToHelpForm(forms.Form):
    """`villages`: [(code, name)] in which the helper may help."""

    name = NameField()
    phone = PhoneField()
    village = forms.ChoiceField(label=_("Desa"))

    def __init__(self, *args: Any, villages: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["village"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = villages


class GrantForm(forms.Form):
    """`roles`: names of the roles that may be given here."""

    role = forms.ChoiceField(label=_("Peran"))
    phone = PhoneField()
    name = NameField(
        required=False, label=_("Nama"), help_text=_("Perlu diisi kalau nomor ini belum punya akun.")
    )
    starts_on = forms.DateField(label=_("Mulai"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(
        label=_("Hari terakhir"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, roles: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["role"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(role, ROLE_NAMES[role]) for role in roles]


class TraceForm(forms.Form):
    """What to look for in the traces; everything may be empty."""

    q = forms.CharField(label=_("Nama orang atau benda"), max_length=100, required=False)
    area = forms.CharField(max_length=13, required=False)
    day = forms.DateField(label=_("Hari"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


def _refuse_phone_as_passphrase(form: forms.Form, phone: str) -> None:
    digits = re.sub(r"\D", "", form.cleaned_data.get("passphrase") or "")
    if phone and len(digits) >= LEAST_PASSPHRASE and phone.endswith(digits.lstrip("0").removeprefix("62")):
        form.add_error("passphrase", _t("Jangan pakai nomor HP sebagai kata sandi: semua orang tahu itu."))
