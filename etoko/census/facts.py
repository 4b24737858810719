"""What a sheet asks for, in the order of the paper, and how the register says it, as texts.

A sheet knows every fact by one name and one text: a phone keeps it, sends it back as it was seen and as it is
now, and the two are compared with what stands in the register.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from etoko.foundation.phones import show_phone
from etoko.registry.kbli import kbli_title
from etoko.registry.models import UNKNOWN, Business, Licence, PublicConsent
from etoko.registry.queries.history import shown_value
from etoko.registry.sections import FIELD_NAMES, as_text

LICENCES = ("nib", "pirt", "halal")
"""The three that decide what a small maker may sell; the others stand in the record."""

NAMES: dict[str, Any] = {
    "name": _("Nama usaha"),
    "owner_name": _("Nama pemilik"),
    "phone": _("Nomor WhatsApp"),
    "kind": _("Jenis usaha"),
    "products_text": _("Produk"),
    "street": _("Jalan atau kampung"),
    "rt": "RT",
    "rw": "RW",
    "landmark": _("Patokan"),
    "position": _("Letak"),
    "kbli": "KBLI",
    "workers": _("Tenaga kerja"),
    "turnover_band": _("Omzet setahun"),
    "nib_status": "NIB",
    "nib_number": _("Nomor NIB"),
    "pirt_status": "P-IRT",
    "pirt_number": _("Nomor P-IRT"),
    "halal_status": "Halal",
    "halal_number": _("Nomor sertifikat halal"),
    "shown": _("Yang boleh dilihat umum"),
    "status": _("Masih berjalan"),
}
SECTION_OF = {
    "name": "identitas",
    "street": "alamat",
    "rt": "alamat",
    "rw": "alamat",
    "landmark": "alamat",
    "position": "alamat",
    "kind": "produk",
    "products_text": "produk",
    "kbli": "produk",
    "workers": "skala",
    "turnover_band": "skala",
}
"""Where `registry.operations.editing` takes them; the rest have doors of their own."""


def with_facts(businesses: "QuerySet[Business]") -> "QuerySet[Business]":
    """Read with everything that `facts_of` asks for: five queries, however many there are."""
    return businesses.select_related("area").prefetch_related(
        "owners",
        "phones",
        Prefetch("licences", Licence.objects.filter(kind__in=LICENCES).order_by("pk")),
        Prefetch("consents", PublicConsent.objects.filter(withdrawn_at__isnull=True)),
    )


def facts_of(business: Business) -> dict[str, str]:
    """Every fact of a business that was read `with_facts`, as a text; "" is unknown."""
    owners = sorted(business.owners.all(), key=lambda owner: owner.pk)
    phones = list(business.phones.all())
    facts = {field: as_text(getattr(business, field)) for field in NAMES if hasattr(business, field)}
    facts |= {
        "owner_name": owners[0].name if owners else "",
        "phone": phones[0].phone if phones else "",
        "position": position_text(business.latitude, business.longitude),
        "kbli": f"{business.kbli_edition}:{business.kbli_code}" if business.kbli_code else "",
        "shown": ",".join(sorted(row.what for row in business.consents.all())),
    }
    for kind in LICENCES:
        held = licence_in(business.licences.all(), kind)
        facts[f"{kind}_status"] = held.status if held else UNKNOWN
        facts[f"{kind}_number"] = held.number if held else ""
    return {field: facts[field] for field in NAMES}


def fresh(business: Business) -> Business:
    return with_facts(Business.objects.filter(pk=business.pk)).get()


def licence_in(licences: Any, kind: str) -> Licence | None:
    return next((one for one in licences if one.kind == kind), None)


def position_text(latitude: Any, longitude: Any) -> str:
    return f"{as_text(latitude)}, {as_text(longitude)}" if latitude is not None else ""


def in_words(field: str, value: str) -> str:
    """A fact as people say it."""
    if value in ("", UNKNOWN):
        return _t("tidak ada") if field == "shown" else _t("tidak diketahui")
    if field == "phone":
        return show_phone(value)
    if field == "kbli":
        edition, _colon, code = value.partition(":")
        return f"{code} {kbli_title(int(edition), code)}".strip() if edition.isdigit() else value
    if field == "shown":
        names = dict(PublicConsent.WHAT)
        return ", ".join(str(names.get(what, what)) for what in value.split(","))
    if field.endswith("_status"):
        return str(dict(Licence.STATUSES).get(value, value))
    return shown_value(field, value) if field in FIELD_NAMES else value


def differing_facts(
    *, mine: Mapping[str, str], seen: Mapping[str, str], now: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """(what the sheet changes, what somebody else changed meanwhile to something else than the sheet says).

    A fact that the sheet left as it was seen is not touched, whatever stands there now.
    """
    changed = [field for field in now if field in mine and mine[field] not in (seen.get(field), now[field])]
    return changed, [field for field in changed if now[field] != seen.get(field)]
