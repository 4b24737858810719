"""What an issuer says about a voucher, cleaned. Nothing is decided here."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.catalog.models import Product
from etoko.foundation.money import read_rupiah
from etoko.foundation.problems import UnableTo
from etoko.places.models import Area
from etoko.vouchers.access import Issuing
from etoko.vouchers.codes import LONGEST, code_key, read_code
from etoko.vouchers.models import Voucher
from etoko.vouchers.operations import Draft
from etoko.vouchers.rules import Terms

USUAL_DAYS = 30


class MoneyField(forms.CharField):
    """ "5.000" → 5000; empty → None."""

    def clean(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return read_rupiah(text)
        except UnableTo as problem:
            raise forms.ValidationError(problem.sentence) from problem


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}),
            error_messages={
                "required": gettext_lazy("Pilih harinya."),
                "invalid": gettext_lazy("Tulis tanggal seperti 30/11/2026."),
            },
            **kwargs,
        )


class VoucherForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("Untungnya bagi pembeli"),
        choices=Voucher.KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Pilih salah satu.")},
    )
    amount_rp = MoneyField(label=gettext_lazy("Potongan"), required=False)
    percent = forms.IntegerField(
        label=gettext_lazy("Persen"),
        required=False,
        error_messages={"invalid": gettext_lazy("Tulis persen dengan angka saja, misalnya 10.")},
    )
    cap_rp = MoneyField(label=gettext_lazy("Paling banyak"), required=False)
    minimum_rp = MoneyField(label=gettext_lazy("Belanja paling sedikit"), required=False)
    limit = forms.IntegerField(
        label=gettext_lazy("Boleh dipakai berapa kali"),
        error_messages={
            "required": gettext_lazy("Tulis berapa kali voucher boleh dipakai."),
            "invalid": gettext_lazy("Tulis dengan angka saja, misalnya 20."),
        },
    )
    per_phone = forms.IntegerField(
        label=gettext_lazy("Satu nomor HP"),
        error_messages={
            "required": gettext_lazy("Tulis berapa kali untuk satu nomor HP."),
            "invalid": gettext_lazy("Tulis dengan angka saja, misalnya 1."),
        },
    )
    starts_on = DayField(label=gettext_lazy("Hari pertama"))
    ends_on = DayField(label=gettext_lazy("Hari terakhir"))
    code = forms.CharField(
        label=gettext_lazy("Kode"),
        max_length=LONGEST,
        help_text=gettext_lazy("Yang mudah diucapkan. Huruf besar atau kecil sama saja."),
        error_messages={
            "required": gettext_lazy("Tulis kodenya, misalnya KERUPUK 5."),
            "max_length": gettext_lazy("Kode paling panjang 20 huruf."),
        },
    )
    buyers = forms.ChoiceField(
        label=gettext_lazy("Untuk siapa"), choices=Voucher.BUYERS, widget=forms.RadioSelect
    )
    products = forms.MultipleChoiceField(
        label=gettext_lazy("Hanya untuk barang"), required=False, widget=forms.CheckboxSelectMultiple
    )
    villages = forms.MultipleChoiceField(
        label=gettext_lazy("Hanya untuk pembeli di desa"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    showing = forms.ChoiceField(
        label=gettext_lazy("Siapa yang melihat kodenya"),
        choices=Voucher.SHOWINGS,
        widget=forms.RadioSelect,
    )
    sponsor = forms.CharField(
        label=gettext_lazy("Potongan ditanggung oleh"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "Siapa yang mengganti potongannya kepada penjual. Pembeli dan penjual melihatnya."
        ),
    )

    def __init__(
        self,
        *args: Any,
        issuing: Issuing,
        products: dict[int, Product],
        villages: dict[str, Area],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._products, self._villages = products, villages
        self._listed("products", [(str(pk), product.name) for pk, product in products.items()])
        self._listed("villages", [(code, area.name) for code, area in villages.items()])
        if issuing.shop:
            del self.fields["sponsor"]
        else:
            self._choose_showing()

    def _listed(self, name: str, choices: list[tuple[str, str]]) -> None:
        if not choices:
            del self.fields[name]
            return
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices

    def _choose_showing(self) -> None:
        field = self.fields["showing"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (Voucher.OPEN, _("Tampil di halaman semua toko")),
            (Voucher.HANDED_OUT, _("Hanya untuk yang diberi kodenya")),
        ]

    def clean_code(self) -> str:
        code = read_code(self.cleaned_data["code"])
        if not code_key(code):
            raise forms.ValidationError(_("Kode terdiri dari huruf dan angka, misalnya KERUPUK 5."))
        return code

    def draft(self) -> Draft:
        given = self.cleaned_data
        return Draft(
            code=given["code"],
            kind=given["kind"],
            amount_rp=given["amount_rp"],
            percent=given["percent"],
            cap_rp=given["cap_rp"],
            minimum_rp=given["minimum_rp"] or 0,
            buyers=given["buyers"],
            limit=given["limit"],
            per_phone=given["per_phone"],
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            showing=given["showing"],
            sponsor=given.get("sponsor", ""),
            products=[self._products[int(pk)] for pk in given.get("products", ())],
            villages=[self._villages[code] for code in given.get("villages", ())],
        )


def usual(*, on: date, code: str) -> dict[str, Any]:
    """What a new voucher starts from: a small fixed sum that suits most."""
    return {
        "kind": Voucher.FIXED,
        "amount_rp": "5.000",
        "minimum_rp": "25.000",
        "limit": 20,
        "per_phone": 1,
        "starts_on": on,
        "ends_on": on + timedelta(days=USUAL_DAYS),
        "code": code,
        "buyers": Voucher.EVERYBODY,
        "showing": Voucher.OPEN,
    }


def as_typed(terms: Terms, *, showing: str) -> dict[str, Any]:
    """What the form of a draft starts from."""
    return {
        "kind": terms.kind,
        "amount_rp": _money(terms.amount_rp),
        "percent": terms.percent,
        "cap_rp": _money(terms.cap_rp),
        "minimum_rp": _money(terms.minimum_rp),
        "limit": terms.limit,
        "per_phone": terms.per_phone,
        "starts_on": terms.starts_on,
        "ends_on": terms.ends_on,
        "code": terms.code,
        "buyers": terms.buyers,
        "products": [str(pk) for pk in terms.products],
        "villages": list(terms.villages),
        "showing": showing,
        "sponsor": terms.sponsor,
    }


def _money(rp: int | None) -> str:
    return f"{rp:,}".replace(",", ".") if rp else ""
