"""In what goods are sold here, and what a comparable amount of them costs."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from etoko.foundation.money import price_per, show_rupiah

UNITS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (
        gettext_lazy("Kemasan"),
        ("bungkus", "pak", "kotak", "dus", "botol", "toples", "gelas", "kaleng", "karung"),
    ),
    (gettext_lazy("Timbangan & takaran"), ("kg", "ons", "gram", "kuintal", "liter", "galon", "meter")),
    (
        gettext_lazy("Hitungan"),
        (
            "buah",
            "biji",
            "butir",
            "lembar",
            "potong",
            "batang",
            "pasang",
            "setel",
            "set",
            "lusin",
            "kodi",
            "ekor",
        ),
    ),
    (
        gettext_lazy("Sayur, buah & makanan"),
        ("ikat", "sisir", "tandan", "tampah", "besek", "porsi", "tusuk", "loyang", "paket"),
    ),
    (gettext_lazy("Jasa"), ("kali", "jam", "hari", "orang", "rit", "bulan")),
)
"""Group → units. A unit is kept as the word that people say; it is its own name."""
ALL_UNITS = frozenset(unit for _group, units in UNITS for unit in units)
DEFAULT_UNIT = "bungkus"

MEASURES: dict[str, Promise] = {
    "g": pgettext_lazy("ukuran", "gram"),
    "kg": pgettext_lazy("ukuran", "kg"),
    "ml": pgettext_lazy("ukuran", "ml"),
    "l": pgettext_lazy("ukuran", "liter"),
    "cm": pgettext_lazy("ukuran", "cm"),
    "m": pgettext_lazy("ukuran", "meter"),
    "pcs": pgettext_lazy("ukuran", "buah"),
}

_THOUSAND = Decimal(1000)
# Measure → (kind, how many of the smallest measure of that kind).
_SMALLEST: dict[str, tuple[str, Decimal]] = {
    "g": ("g", Decimal(1)),
    "kg": ("g", _THOUSAND),
    "ml": ("ml", Decimal(1)),
    "l": ("ml", _THOUSAND),
    "cm": ("cm", Decimal(1)),
    "m": ("cm", Decimal(100)),
    "pcs": ("pcs", Decimal(1)),
}
# Units that say by themselves how much is in them.
_INHERENT: dict[str, tuple[Decimal, str]] = {
    "ons": (Decimal(100), "g"),
    "kuintal": (Decimal(100), "kg"),
    "lusin": (Decimal(12), "pcs"),
    "kodi": (Decimal(20), "pcs"),
}


@dataclass(frozen=True)
class UnitPrice:
    price_rp: int
    per: str
    """100 g, kg, 100 ml, l, m or pcs: small packs are compared by 100, large ones by the whole."""

    def __str__(self) -> str:
        per = {"l": _("liter"), "pcs": _("buah")}.get(self.per, self.per)
        return f"{show_rupiah(self.price_rp)} / {per}"


def unit_price(price_rp: int, *, unit: str, amount: Decimal | None, measure: str) -> UnitPrice | None:
    """What a comparable amount costs; None where it is unknown or says no more than the price itself."""
    if amount is None or not measure:
        amount, measure = _INHERENT.get(unit, (None, ""))
    if amount is None or amount <= 0 or measure not in _SMALLEST:
        return None
    kind, factor = _SMALLEST[measure]
    small = amount * factor
    per_small, per = _basis(kind, small)
    if small == per_small:
        return None
    per_rp = price_per(price_rp, small, per_small)
    return UnitPrice(per_rp, per) if per_rp else None


def _basis(kind: str, small: Decimal) -> tuple[Decimal, str]:
    if kind == "pcs":
        return Decimal(1), "pcs"
    if kind == "cm":
        return Decimal(100), "m"
    whole = "kg" if kind == "g" else "l"
    return (_THOUSAND, whole) if small >= _THOUSAND else (Decimal(100), f"100 {kind}")


def show_amount(amount: Decimal | None, measure: str) -> str:
    """Decimal("0.500"), "kg" → "0,5 kg"; empty where nothing is known."""
    if amount is None or not measure:
        return ""
    word = str(MEASURES[measure]) if measure in ("l", "m", "pcs") else measure
    return f"{show_number(amount)} {word}"


def show_number(amount: Decimal) -> str:
    plain = f"{amount:f}"
    return (plain.rstrip("0").rstrip(".") if "." in plain else plain).replace(".", ",")
