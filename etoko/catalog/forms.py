"""What sellers type, cleaned. Nothing is decided here but whether it can be read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etoko.catalog.categories import suggest_categories
from etoko.catalog.hours import DAY_NAMES, DAYS, OWN, QUICK, quick_choice_of, read_time
from etoko.catalog.models import DeliveryOption, PaymentOption, Product, Shop
from etoko.catalog.operations.selling import Adjustment, Offer
from etoko.catalog.operations.settings import Payment
from etoko.catalog.queries import VillageFee, category_groups, payment_details
from etoko.catalog.units import ALL_UNITS, DEFAULT_UNIT, MEASURES, UNITS
from etoko.foundation.money import read_rupiah
from etoko.foundation.phones import read_phone, show_phone
from etoko.foundation.problems import UnableTo

_TOO_LONG = gettext_lazy("Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d.")
MOST_STOCK = 999_999
SPARE_ROWS = 3


def _text(label: Any, most: int, *, missing: Any = "", **more: Any) -> forms.CharField:
    messages = {"max_length": _TOO_LONG}
    if missing:
        messages["required"] = missing
    return forms.CharField(label=label, max_length=most, error_messages=messages, **more)


class StoryForm(forms.Form):
    name = _text(gettext_lazy("Nama toko"), 200, missing=gettext_lazy("Tulis nama toko Anda."))
    story = _text(
        gettext_lazy("Cerita toko"),
        2000,
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("Apa yang Anda buat, sejak kapan, apa istimewanya. Dua kalimat cukup."),
    )


class ContactForm(forms.Form):
    whatsapp = _text(
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
        return str(_read(read_phone, self.cleaned_data["whatsapp"]))

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
        choices=PaymentOption.KINDS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Pilih paling sedikit satu cara bayar.")},
    )
    bank = _text(gettext_lazy("Nama bank atau dompet digital"), 60, required=False)
    account_number = _text(gettext_lazy("Nomor rekening"), 40, required=False)
    account_name = _text(gettext_lazy("Nama pemilik rekening"), 100, required=False)
    qris = forms.FileField(
        label=gettext_lazy("Gambar QRIS"),
        required=False,
        help_text=gettext_lazy(
            "Gambar dari bank atau dompet digital Anda. Ditampilkan apa adanya ke pembeli."
        ),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    def clean_account_number(self) -> str:
        number = re.sub(r"[\s.\-]", "", self.cleaned_data["account_number"])
        if number and not re.fullmatch(r"\d{5,30}", number):
            raise forms.ValidationError(_("Nomor rekening hanya angka, misalnya 1234567890."))
        return number

    def payments(self, qris_image: str) -> list[Payment]:
        data = self.cleaned_data
        made = []
        for kind in data["kinds"]:
            if kind == PaymentOption.TRANSFER:
                made.append(Payment(kind, data["bank"], data["account_number"], data["account_name"]))
            else:
                made.append(Payment(kind, qris_image=qris_image if kind == PaymentOption.QRIS else ""))
        return made


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
    note = _text(
        gettext_lazy("Pesan untuk pembeli"),
        200,
        required=False,
        help_text=gettext_lazy("Misalnya: hajatan keluarga, pesanan dilayani lagi hari Senin."),
    )


class SuspensionForm(forms.Form):
    reason = _text(gettext_lazy("Alasan"), 300, required=False, widget=forms.Textarea)


# ------------------------------------------------------------------------------------ products


class ProductForm(forms.Form):
    """The product itself; its sizes and prices are `offers`, read by `OfferForm`."""

    AUTO = "auto"

    name = _text(
        gettext_lazy("Nama produk"),
        200,
        missing=gettext_lazy("Tulis nama produknya, misalnya Kerupuk bawang."),
    )
    description = _text(
        gettext_lazy("Keterangan"),
        4000,
        required=False,
        widget=forms.Textarea,
        help_text=gettext_lazy("Bahan, rasa, tahan berapa lama."),
    )
    unit = forms.CharField(label=gettext_lazy("Harga untuk satu"), initial=DEFAULT_UNIT)
    supply = forms.ChoiceField(
        label=gettext_lazy("Persediaan"),
        choices=[
            (Product.STOCK, gettext_lazy("Ada stok")),
            (Product.MADE_TO_ORDER, gettext_lazy("Dibuat sesuai pesanan")),
        ],
        widget=forms.RadioSelect,
        initial=Product.STOCK,
    )
    lead_days = forms.CharField(label=gettext_lazy("Lama membuat"), required=False, max_length=20)
    category = forms.CharField(label=gettext_lazy("Kategori"), required=False, initial=AUTO)
    version = forms.IntegerField(required=False)

    def __init__(self, data: Any = None, *, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.offer_forms = _offer_forms(data, (initial or {}).get("variants", []))
        self.groups = category_groups()

    @property
    def is_by_size(self) -> bool:
        """Whether more than one row is filled: the page then shows the sizes unfolded."""
        return sum(not offer.is_blank for offer in self.offer_forms) > 1 or any(
            bool(offer.errors) for offer in self.offer_forms[1:] if offer.is_bound
        )

    @property
    def unit_groups(self) -> list[tuple[str, list[tuple[str, bool]]]]:
        chosen = self["unit"].value() or DEFAULT_UNIT
        return [(str(group), [(unit, unit == chosen) for unit in units]) for group, units in UNITS]

    def clean_unit(self) -> str:
        unit = self.cleaned_data["unit"]
        if unit not in ALL_UNITS:
            raise forms.ValidationError(_("Pilih satuannya dari daftar."))
        return str(unit)

    def clean_lead_days(self) -> int:
        typed = self.cleaned_data["lead_days"].strip()
        if not typed:
            return 0
        match = re.fullmatch(r"(\d{1,3})(?:\s*hari)?", typed)
        if match is None or int(match[1]) > 365:
            raise forms.ValidationError(_("Tulis jumlah hari dengan angka, misalnya 3."))
        return int(match[1])

    def clean_category(self) -> str:
        """The slug of a category; chosen from the name where the seller left it to us."""
        chosen = self.cleaned_data["category"] or self.AUTO
        known = {slug for group in self.groups for slug, _name in group.leaves}
        if chosen in known:
            return str(chosen)
        suggested = suggest_categories(self.cleaned_data.get("name", ""), limit=1)
        if chosen != self.AUTO or not suggested:
            if self.cleaned_data.get("name"):
                raise forms.ValidationError(
                    _("Kami belum bisa menebak kategorinya. Pilih yang paling dekat.")
                )
            return ""
        return suggested[0]

    def clean(self) -> dict[str, Any]:
        # What is wrong in a row is said in the row.
        self.cleaned_data["offers"] = [row.offer() for row in self._used_rows() if row.is_valid()]
        return self.cleaned_data

    def is_valid(self) -> bool:
        return super().is_valid() and all(row.is_valid() for row in self._used_rows())

    def _used_rows(self) -> "list[OfferForm]":
        """Rows left empty are no sizes; the first one stands in where all are empty, to say so."""
        return [row for row in self.offer_forms if not row.is_blank] or self.offer_forms[:1]


class OfferForm(forms.Form):
    """A row: size or taste, price, how much is in it, stock."""

    name = _text(gettext_lazy("Ukuran atau rasa"), 80, required=False)
    price = forms.CharField(
        label=gettext_lazy("Harga"),
        max_length=40,
        error_messages={
            "required": gettext_lazy("Tulis harganya, misalnya 15.000."),
            "max_length": gettext_lazy("Tulis harga dengan angka saja, misalnya 15000 atau 15.000."),
        },
    )
    amount = forms.CharField(label=gettext_lazy("Isi"), required=False, max_length=20)
    measure = forms.ChoiceField(
        label=gettext_lazy("Ukuran isi"),
        required=False,
        choices=[("", "–"), *MEASURES.items()],
    )
    on_hand = forms.CharField(label=gettext_lazy("Stok"), required=False, max_length=20)
    id = forms.IntegerField(required=False)
    seen_on_hand = forms.IntegerField(required=False)

    @property
    def is_blank(self) -> bool:
        return not any(str(self[field].value() or "").strip() for field in ("name", "price", "amount"))

    def clean_price(self) -> int:
        return int(_read(read_rupiah, self.cleaned_data["price"]))

    def clean_amount(self) -> Decimal | None:
        typed = self.cleaned_data["amount"].strip()
        if not typed:
            return None
        amount = read_number(typed)
        if amount is None or not Decimal("0.001") <= amount <= Decimal("999999"):
            raise forms.ValidationError(_("Tulis isinya dengan angka, misalnya 250 atau 0,5."))
        return amount

    def clean_on_hand(self) -> int:
        typed = self.cleaned_data["on_hand"].strip()
        if not typed:
            return 0
        return _read_stock(typed)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("amount") is not None and not data.get("measure"):
            self.add_error("amount", _("Pilih ukurannya: gram, kg, liter, …"))
        return data

    def offer(self) -> Offer:
        data = self.cleaned_data
        has_amount = data["amount"] is not None
        return Offer(
            price_rp=data["price"],
            name=data["name"],
            amount=data["amount"],
            measure=data["measure"] if has_amount else "",
            on_hand=data["on_hand"],
            variant_id=data["id"],
            seen_on_hand=data["seen_on_hand"],
        )


def _offer_forms(data: Any, variants: list[dict[str, Any]]) -> list[OfferForm]:
    rows = len(variants)
    if data is not None:
        numbers = [int(m[1]) for key in data if (m := re.fullmatch(r"v(\d{1,2})-price", key))]
        rows = min(max(numbers, default=0) + 1, 20)
        return [OfferForm(data, prefix=f"v{row}") for row in range(rows)]
    filled = [OfferForm(initial=variant, prefix=f"v{row}") for row, variant in enumerate(variants)]
    spare = SPARE_ROWS if rows else SPARE_ROWS + 1
    return filled + [OfferForm(prefix=f"v{row}") for row in range(rows, rows + spare)]


@dataclass(frozen=True)
class QuickChange:
    version: int
    adjustments: list[Adjustment]


def read_quick_change(data: Mapping[str, Any]) -> QuickChange:
    """The little form of the list: price and stock of each variant. Raises UnableTo."""
    adjustments = []
    for key in data:
        match = re.fullmatch(r"price-(\d{1,18})", key)
        if match is None:
            continue
        variant_id = match[1]
        seen = _whole(data.get(f"seen-{variant_id}", ""))
        typed = str(data.get(f"stock-{variant_id}", "")).strip()
        try:
            on_hand = _read_stock(typed) if typed else seen
        except forms.ValidationError as problem:
            raise UnableTo(problem.messages[0]) from problem
        adjustments.append(Adjustment(int(variant_id), read_rupiah(str(data[key])), on_hand, seen))
    return QuickChange(_whole(data.get("version", "")), adjustments)


def read_number(typed: str) -> Decimal | None:
    """ "250", "0,5", "0.5", "1.500" (a thousand and a half) → a number; None for anything else."""
    typed = typed.replace(" ", "")
    if re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", typed):
        return Decimal(typed.replace(".", ""))
    if re.fullmatch(r"\d{1,6}([.,]\d{1,3})?", typed):
        return Decimal(typed.replace(",", "."))
    return None


def _read_stock(typed: str) -> int:
    number = read_number(typed)
    if number is None or number != number.to_integral_value() or number > MOST_STOCK:
        raise forms.ValidationError(_("Tulis stok dengan angka bulat, misalnya 20."))
    return int(number)


def _whole(typed: Any) -> int:
    return int(typed) if re.fullmatch(r"\d{1,9}", str(typed)) else 0


def _read(reader: Any, typed: str) -> Any:
    try:
        return reader(typed)
    except UnableTo as problem:
        raise forms.ValidationError(problem.sentence) from problem
