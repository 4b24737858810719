"""`/gaya/`: every part that pages are made of, with the states that are easily forgotten."""

from datetime import UTC, datetime
from types import SimpleNamespace

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from etoko.foundation.charts import Series, bar_chart, line_chart
from etoko.foundation.money import show_rupiah_short
from etoko.foundation.qrdrawings import qr_svg

LONG_NAME = (
    "Kelompok UP2K Melati Putih Kampung Pasir Gintung Rancabuaya Hj. Siti Nurhasanah binti H. Abdul Fatah"
)
TOKENS = (
    "paper surface sunken ink muted line edge leaf leaf-dark leaf-tint clay clay-tint turmeric turmeric-ink"
    " turmeric-tint sky sky-tint danger danger-tint straw weft"
)
ENDLESS_WORD = "Keripiksingkongpedasmanisbalado" * 10


class EveryField(forms.Form):
    """One field of each kind; filled with mistakes it shows how mistakes look."""

    name = forms.CharField(
        label=_("Nama lengkap"), help_text=_("Seperti di KTP. Satu kata pun boleh."), max_length=200
    )
    phone = forms.CharField(label=_("Nomor HP (WhatsApp)"))
    price = forms.IntegerField(label=_("Harga"), min_value=0)
    weight = forms.DecimalField(label=_("Berat"), required=False)
    birthday = forms.DateField(
        label=_("Tersedia mulai"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    story = forms.CharField(label=_("Cerita usaha"), required=False, widget=forms.Textarea)
    village = forms.ChoiceField(
        label=_("Desa"),
        choices=[("", _("Pilih desa")), ("1", "Taban"), ("2", "Kutruk"), ("3", "Ranca Buaya")],
    )
    delivery = forms.ChoiceField(
        label=_("Cara terima"),
        widget=forms.RadioSelect,
        choices=[("pickup", _("Ambil di tempat")), ("seller", _("Diantar penjual")), ("courier", _("Kurir"))],
    )
    days = forms.MultipleChoiceField(
        label=_("Hari buka"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", _("Senin")), ("2", _("Selasa")), ("3", _("Rabu")), ("4", _("Kamis"))],
    )
    consent = forms.BooleanField(
        label=_("Saya setuju nomor HP saya ditampilkan"), help_text=_("Bisa dicabut kapan saja.")
    )
    photo = forms.FileField(label=_("Foto barang"), help_text=_("Foto terang dari dekat paling laku."))


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    if not getattr(request.user, "is_staff", False):
        raise Http404
    refused = EveryField(
        {
            "name": ENDLESS_WORD,
            "phone": "0812-abc",
            "price": "-1",
            "weight": "banyak",
            "birthday": "2026-13-40",
            "story": "<script>alert(1)</script>",
            "days": ["2"],
        },
        auto_id="ditolak_%s",
    )
    filled = EveryField(
        initial={
            "name": "Rahma",
            "phone": "0812-3456-7890",
            "price": 12500,
            "weight": "0,25",
            "birthday": datetime(2026, 11, 24, tzinfo=UTC).date(),
            "story": "Kerupuk rambak resep nenek, digoreng pasir tanpa minyak.",
            "village": "1",
            "delivery": "seller",
            "days": ["1", "3"],
            "consent": True,
        }
    )
    months = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov"]
    return render(
        request,
        "foundation/style.html",
        {
            "nav_active": "beranda",
            "long_name": LONG_NAME,
            "endless_word": ENDLESS_WORD,
            "filled": filled,
            "refused": refused,
            "products": _products(),
            "shops": _shops(),
            "weaves": ["Kerupuk", "Topi Bambu", "Emping", "Tempe", "Batik", "Warung", "Bengkel", "Konveksi"]
            + ["Keripik", "Peci", "Gula Aren", "Jamu"],
            "tokens": TOKENS.split(),
            "bars": bar_chart(
                "Barang terlaris bulan ini",
                [("Kerupuk rambak 250 g", 312), ("Topi anyaman bambu", 188), (LONG_NAME, 64), ("Emping", 0)],
                heading="Barang",
                unit="Terjual",
            ),
            "lines": line_chart(
                "Penjualan per bulan",
                months,
                [
                    Series("2026", [4e6, 5.2e6, 9.5e6, 12e6, 7e6, 6.4e6, 7.8e6, 8.1e6, 9e6, 11e6, 14.2e6]),
                    Series("2025", [2e6, 2.6e6, 4e6, 8e6, 5e6, 4e6, 4.4e6, 5e6, 5.1e6, 6e6, 7e6]),
                ],
                show=lambda value: show_rupiah_short(int(value)),
                heading="Bulan",
            ),
            "qr_code": qr_svg("https://example.id/a/7K3M"),
        },
    )


def _products() -> list[SimpleNamespace]:
    def row(name: str, price_rp: int | None, **more: object) -> SimpleNamespace:
        given = {"seller": "Dapur Rahma", "place": "Desa Taban", "picture": None, "unit": "", **more}
        return SimpleNamespace(href="#barang", name=name, price_rp=price_rp, **given)

    return [
        row("Kerupuk rambak goreng pasir", 12_500, unit="250 g", unit_price="Rp5.000 / 100 g"),
        row(
            "Topi anyaman bambu lebar", 35_000, price_to_rp=60_000, seller="Anyaman Herman", flag="Pre-order"
        ),
        row(LONG_NAME, 1_500_000, seller=LONG_NAME, place="Desa Ranca Buaya"),
        row("Emping melinjo asin", 28_000, unit="kg", was_rp=32_000, flag="Promo", flag_tone="solid"),
        row("Jasa jahit seragam", None, seller="Konveksi Anugerah", place="Desa Daru"),
        row(ENDLESS_WORD, 7_000, seller="Sari", gone=True),
    ]


def _shops() -> list[SimpleNamespace]:
    def row(name: str, **more: object) -> SimpleNamespace:
        given = {"picture": "", "place": "Desa Taban", "kind": "", "products": 0, "open": None, **more}
        return SimpleNamespace(href="#toko", name=name, **given)

    return [
        row("Dapur Rahma", kind="Kerupuk dan keripik", products=12, open=True),
        row(LONG_NAME, kind="Anyaman bambu", place="Desa Ranca Buaya", products=3, open=False),
        row("Warung Ibu Yanti"),
    ]
