"""What is typed into the books, cleaned. Nothing is decided here but whether it can be read."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from etoko.catalog.forms import text_field
from etoko.groups.forms import MoneyField, day_field
from etoko.groups.models_books import Entry
from etoko.groups.operations.booking import MOST_MONTHS, Deposit
from etoko.groups.queries.books import LoanRow


class DepositForm(forms.Form):
    """What a member hands over. What was agreed stands there already; whoever pays less types over it."""

    instalment_rp = MoneyField(label=gettext_lazy("Angsuran pokok"))
    charge_rp = MoneyField(label=gettext_lazy("Jasa"))
    mandatory_rp = MoneyField(label=gettext_lazy("Simpanan wajib"))
    dues_rp = MoneyField(label=gettext_lazy("Iuran"))
    voluntary_rp = MoneyField(label=gettext_lazy("Simpanan sukarela"))
    principal_rp = MoneyField(label=gettext_lazy("Simpanan pokok"))
    loan = forms.ChoiceField(label=gettext_lazy("Untuk pinjaman"), widget=forms.RadioSelect, required=False)
    on = day_field(gettext_lazy("Tanggal"))

    def __init__(self, data: Any = None, *, loans: Sequence[LoanRow], **more: Any) -> None:
        super().__init__(data, **more)
        if not loans:
            del self.fields["instalment_rp"], self.fields["charge_rp"]
        if len(loans) > 1:
            self.fields["loan"].choices = [(str(loan.id), loan.purpose) for loan in loans]  # type: ignore[attr-defined]
        else:
            del self.fields["loan"]

    def deposit(self) -> Deposit:
        return Deposit(**{name: self.cleaned_data.get(name, 0) for name in Deposit.__slots__})


class _MemberForm(forms.Form):
    member = forms.ChoiceField(
        label=gettext_lazy("Siapa"), error_messages={"required": gettext_lazy("Pilih anggotanya.")}
    )

    def __init__(self, data: Any = None, *, members: Sequence[tuple[int, str]], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["member"].choices = [(str(number), name) for number, name in members]  # type: ignore[attr-defined]


class LoanForm(_MemberForm):
    amount_rp = MoneyField(label=gettext_lazy("Jumlah pinjaman"), required=True)
    purpose = text_field(
        gettext_lazy("Untuk keperluan usaha"),
        120,
        missing=gettext_lazy("Tulis untuk keperluan usaha apa."),
    )
    months = forms.IntegerField(
        label=gettext_lazy("Diangsur berapa bulan"),
        initial=10,
        error_messages=dict.fromkeys(("required", "invalid"), gettext_lazy("Tulis berapa bulan.")),
        min_value=1,
        max_value=MOST_MONTHS,
    )
    charge_rp = MoneyField(
        label=gettext_lazy("Jasa sebulan"),
        help_text=gettext_lazy("Kosongkan untuk jasa yang disepakati kelompok."),
    )
    on = day_field(gettext_lazy("Tanggal"))


class WithdrawalForm(_MemberForm):
    kind = forms.ChoiceField(
        label=gettext_lazy("Simpanan yang mana"),
        choices=[(kind, word) for kind, word in Entry.KINDS if kind in Entry.SAVINGS],
        widget=forms.RadioSelect,
        initial=Entry.VOLUNTARY,
    )
    amount_rp = MoneyField(label=gettext_lazy("Jumlah"), required=True)
    on = day_field(gettext_lazy("Tanggal"))


class IncomeForm(forms.Form):
    amount_rp = MoneyField(label=gettext_lazy("Jumlah"), required=True)
    text = text_field(gettext_lazy("Uang dari mana"), 200, missing=gettext_lazy("Tulis dari mana uangnya."))
    opening = forms.ChoiceField(
        label=gettext_lazy("Ini uang apa"),
        choices=[
            ("", gettext_lazy("Penerimaan: hasil jualan, bantuan, …")),
            ("opening", gettext_lazy("Saldo awal: isi kas saat buku ini dimulai")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    on = day_field(gettext_lazy("Tanggal"))


class ExpenseForm(forms.Form):
    amount_rp = MoneyField(label=gettext_lazy("Jumlah"), required=True)
    text = text_field(gettext_lazy("Untuk apa"), 200, missing=gettext_lazy("Tulis untuk apa uangnya."))
    on = day_field(gettext_lazy("Tanggal"))


class ReversalForm(forms.Form):
    reason = text_field(
        gettext_lazy("Apa yang salah"), 200, missing=gettext_lazy("Tulis dulu apa yang salah.")
    )
