"""What sellers say about their shop, cleaned. Nothing is decided here but whether it can be read."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.catalog.hours import DAY_NAMES, DAYS, OWN, QUICK, quick_choice_of, read_time
from etoko.catalog.models import DeliveryOption, PaymentOption, Shop
from etoko.catalog.operations.settings import Payment
from etoko.catalog.queries import VillageFee, payment_details
from etoko.foundation.money import read_rupiah
from etoko.foundation.phones import read_phone, show_phone
from etoko.foundation.problems import UnableTo

_TOO_LONG = gettext_lazy("Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d.")


def text_field(label: Any, most: int, *, missing: Any = "", **more: Any) -> forms.CharField:
    messages = {"max_length": _TOO_LONG}
    if missing:
        messages["required"] = missing
    return forms.CharField(label=label, max_length=most, error_messages=messages, **more)


class StoryForm(forms.Form):
    name = text_field(gettext_lazy("Nama toko"), 200, missing=gettext_lazy("Tulis nama toko Anda."))
    story = text_field(
        gettext_lazy("Cerita toko"),
        2000,
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("Apa yang Anda buat, sejak kapan, apa istimewanya. Dua kalimat cukup."),
    )


class ContactForm(forms.Form):
    whatsapp = text_field(
        gettext_lazy("Nomor WhatsApp"),
        40,
        missing=gettext_lazy("Tulis nomor WhatsApp yang dipakai untuk jualan."),
        help_text=gettext_lazy("Pembeli melihat nomor ini di toko Anda."),
    )
    hours = forms.ChoiceField(
        label=gettext_lazy("Jam buka"),
        widget=forms.RadioSelect,
        choices=[(key, label) for key, (label, _hours) in QUICK.items()]
        + [(OWN, gettext_lazy("Atur sendiri per hari"))],
    )

    def clean_whatsapp(self) -> str:
        return str(read_or_refuse(read_phone, self.cleaned_data["whatsapp"]))

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("hours")
        if chosen == OWN:
            self.cleaned_data["times"] = self._own_times()
        elif chosen in QUICK:
            self.cleaned_data["times"] = QUICK[chosen][1]
        return self.cleaned_data

    def _own_times(self) -> dict[str, list[str]]:
        times: dict[str, list[str]] = {}
        for row in self.day_rows():
            if not row["open"]:
                continue
            try:
                opens, closes = read_time(row["from"]), read_time(row["until"])
            except UnableTo as problem:
                self.add_error("hours", f"{row['name']}: {problem.sentence}")
                return {}
            if opens == closes:
                self.add_error("hours", _("%(day)s: jam tutup sama dengan jam buka.") % {"day": row["name"]})
                return {}
            times[row["day"]] = [opens, closes]
        if not times:
            self.add_error("hours", _("Pilih paling sedikit satu hari buka."))
        return times

    def day_rows(self) -> list[dict[str, Any]]:
        """Seven rows for the page, with what was typed or what is stored."""
        kept: Mapping[str, Any] = self.initial.get("times") or QUICK["daily"][1]
        rows = []
        for day in DAYS:
            times = kept.get(day)
            shown = {
                "day": day,
                "name": str(DAY_NAMES[int(day)]),
                "open": bool(times),
                "from": (times or ["08.00"])[0].replace(".", ":"),
                "until": (times or ["", "17.00"])[1].replace(".", ":"),
            }
            if self.is_bound:
                shown |= {
                    "open": f"open-{day}" in self.data,
                    "from": str(self.data.get(f"from-{day}", shown["from"])),
                    "until": str(self.data.get(f"until-{day}", shown["until"])),
                }
            rows.append(shown)
        return rows


class OpeningContactForm(ContactForm):
    """A shop is seen by everybody; that it may be is asked once and plainly (UU 27/2022 art. 20, 22)."""

    agree = forms.BooleanField(
        label=gettext_lazy(
            "Saya setuju: nama usaha, desa, produk, dan nomor WhatsApp ini terlihat oleh semua orang."
        ),
        error_messages={
            "required": gettext_lazy("Toko hanya bisa dibuka kalau ini disetujui. Centang dulu, lalu lanjut.")
        },
    )
    text_version = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    """Of `registry/consent_texts.py`: what stood beside it."""


def contact_initial(shop: Shop) -> dict[str, Any]:
    phone = shop.whatsapp
    if not phone:
        first = shop.business.phones.first()
        phone = first.phone if first else ""
    hours = shop.hours or QUICK["daily"][1]
    return {"whatsapp": show_phone(phone), "hours": quick_choice_of(hours), "times": hours}


class PaymentForm(forms.Form):
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Pembeli bisa membayar dengan"),
        choices=PaymentOption.BY_HAND,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Pilih paling sedikit satu cara bayar.")},
    )
    bank = text_field(gettext_lazy("Nama bank atau dompet digital"), 60, required=False)
    account_number = text_field(gettext_lazy("Nomor rekening"), 40, required=False)
    account_name = text_field(gettext_lazy("Nama pemilik rekening"), 100, required=False)
    unique_amounts = forms.BooleanField(
        label=gettext_lazy("Beri potongan kode unik"),
        required=False,
        help_text=gettext_lazy(
            "Pesanan transfer dan QRIS dikurangi 1–499 rupiah, sehingga jumlah setiap pesanan berbeda "
            "dan Anda langsung tahu siapa yang sudah membayar."
        ),
    )

    def clean_account_number(self) -> str:
        number = re.sub(r"[\s.\-]", "", self.cleaned_data["account_number"])
        if number and not re.fullmatch(r"\d{5,30}", number):
            raise forms.ValidationError(_("Nomor rekening hanya angka, misalnya 1234567890."))
        return number

    def payments(self) -> list[Payment]:
        data = self.cleaned_data
        account = (data["bank"], data["account_number"], data["account_name"])
        return [
            Payment(kind, *account) if kind == PaymentOption.TRANSFER else Payment(kind)
            for kind in data["kinds"]
        ]


def payment_initial(shop: Shop) -> dict[str, Any]:
    return payment_details(shop)


class DeliveryForm(forms.Form):
    SAME, BY_VILLAGE = "same", "by_village"

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Barang sampai ke pembeli dengan"),
        choices=DeliveryOption.KINDS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Pilih paling sedikit satu cara barang sampai ke pembeli.")},
    )
    fees = forms.ChoiceField(
        label=gettext_lazy("Ongkos antar"),
        required=False,
        choices=[
            (SAME, gettext_lazy("Sama untuk semua desa")),
            (BY_VILLAGE, gettext_lazy("Berbeda per desa")),
        ],
        widget=forms.RadioSelect,
    )
    same_fee = forms.CharField(label=gettext_lazy("Ongkos ke semua desa"), required=False, max_length=40)

    def __init__(self, *args: Any, villages: list[VillageFee], **more: Any) -> None:
        super().__init__(*args, **more)
        self.villages = villages
        for village in villages:
            self.fields[f"fee-{village.code}"] = forms.CharField(
                label=village.name, required=False, max_length=40
            )

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["fees_rp"] = {}
        if DeliveryOption.SELLER not in self.cleaned_data.get("kinds", ()):
            return self.cleaned_data
        if self.cleaned_data.get("fees") == self.SAME:
            typed = self.cleaned_data.get("same_fee", "")
            if not typed:
                self.add_error("same_fee", _("Tulis ongkos antarnya. Gratis ditulis 0."))
            names = {village.code: "same_fee" for village in self.villages}
        else:
            names = {village.code: f"fee-{village.code}" for village in self.villages}
        for code, field in names.items():
            typed = self.cleaned_data.get(field, "")
            if not typed or self.has_error(field):
                continue
            try:
                self.cleaned_data["fees_rp"][code] = read_rupiah(typed, least_rp=0, most_rp=10_000_000)
            except UnableTo as problem:
                self.add_error(field, problem.sentence)
        return self.cleaned_data


def delivery_initial(shop: Shop, villages: list[VillageFee]) -> dict[str, Any]:
    fees = [village.fee_rp for village in villages]
    is_same = len(set(fees)) <= 1
    initial: dict[str, Any] = {
        "kinds": list(shop.delivery_options.values_list("kind", flat=True)),
        "fees": DeliveryForm.SAME if is_same else DeliveryForm.BY_VILLAGE,
        "same_fee": _typed_rp(fees[0]) if is_same and fees else "",
    }
    return initial | {f"fee-{village.code}": _typed_rp(village.fee_rp) for village in villages}


def _typed_rp(amount_rp: int | None) -> str:
    return "" if amount_rp is None else f"{amount_rp:,}".replace(",", ".")


class HolidayForm(forms.Form):
    from_on = forms.DateField(
        label=gettext_lazy("Libur mulai"),
        widget=forms.DateInput,
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        error_messages={
            "required": gettext_lazy("Pilih hari pertama libur."),
            "invalid": gettext_lazy("Tulis tanggal seperti 24/11/2026."),
        },
    )
    until_on = forms.DateField(
        label=gettext_lazy("Sampai dengan"),
        widget=forms.DateInput,
        input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"],
        error_messages={
            "required": gettext_lazy("Pilih hari terakhir libur."),
            "invalid": gettext_lazy("Tulis tanggal seperti 24/11/2026."),
        },
    )
    note = text_field(
        gettext_lazy("Pesan untuk pembeli"),
        200,
        required=False,
        help_text=gettext_lazy("Misalnya: hajatan keluarga, pesanan dilayani lagi hari Senin."),
    )
    hidden = forms.BooleanField(
        label=gettext_lazy("Sembunyikan toko selama libur"),
        required=False,
        help_text=gettext_lazy(
            "Toko dan barangnya tidak muncul di pencarian dan daftar. Tautan toko tetap bisa dibuka."
        ),
    )


class SuspensionForm(forms.Form):
    reason = text_field(gettext_lazy("Alasan"), 300, required=False, widget=forms.Textarea)


def read_or_refuse(reader: Any, typed: str) -> Any:
    """The sentence of a refusal beside the field."""
    try:
        return reader(typed)
    except UnableTo as problem:
        raise forms.ValidationError(problem.sentence) from problem
