"""The register in the form of the national register (SIDT-KUMKM), row by row, and what goes in comes out.

Unknown is an empty cell. A NIK is shown by its last four figures only, unless whoever keeps the server asks
for it whole (`manage export_register --with-nik`). The owner's details stand there for
those who may see them.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import IO, Any

from django.db.models import Prefetch, QuerySet
from django.utils import translation

from etoko.foundation.long_reads import one_by_one
from etoko.foundation.money import show_rupiah
from etoko.foundation.phones import show_phone
from etoko.foundation.tables.writing import XlsxBook, csv_lines
from etoko.places.finding import Gazetteer
from etoko.places.models import PROVINCE, VILLAGE
from etoko.registry import sealing
from etoko.registry.importing.fields import BY_HEADER, DISABLED_PARTS, WORKER_PARTS, header_key
from etoko.registry.importing.sidt import SIDT_COLUMNS
from etoko.registry.models import UNKNOWN, Business, Licence, Owner, OwnerDetails
from etoko.registry.sizes import CAPITAL_BANDS, TURNOVER_BANDS, Band

_FIELDS = [BY_HEADER[header_key(column)] for column in SIDT_COLUMNS]
_AT_ONCE = 500


def sidt_rows(
    found: QuerySet[Business], *, with_details: bool, with_nik: bool = False
) -> Iterator[list[str]]:
    """One business a row, after the row of the headers. One owner fits in: the first."""
    yield list(SIDT_COLUMNS)
    owners = Owner.objects.order_by("pk")
    owners = owners.select_related("details") if with_details else owners.defer("nik_sealed")
    related = found.select_related("area").prefetch_related(
        "phones",
        Prefetch("owners", owners),
        Prefetch("licences", Licence.objects.filter(kind="nib").order_by("pk")),
    )
    places = Gazetteer.around(*found.order_by().values_list("area_id", flat=True).distinct())
    with translation.override("id"):
        for business in one_by_one(related.order_by("pk").iterator(chunk_size=_AT_ONCE)):
            said = _said(business, places, with_details=with_details, with_nik=with_nik)
            yield [said.get(name, "") for name in _FIELDS]


def sidt_csv(rows: Iterator[list[str]]) -> Iterator[bytes]:
    """Line by line. The import takes the apostrophe off again that keeps a text from being a formula."""
    return csv_lines(rows, delimiter=",")


def sidt_xlsx(rows: Iterator[list[str]], file: IO[bytes]) -> None:
    """All cells are texts: NIB, NIK and phones keep their figures and leading noughts."""
    book = XlsxBook()
    book.begin("SIDT-KUMKM")
    for row in rows:
        book.add(row)
    book.save(file)


def _said(business: Business, places: Gazetteer, *, with_details: bool, with_nik: bool) -> dict[str, str]:
    owner = next(iter(business.owners.all()), None)
    nib = next(iter(business.licences.all()), None)
    return {
        **_place(business, places),
        **_size(business),
        **(_owner(owner, with_details=with_details, with_nik=with_nik) if owner else {}),
        "source_ref": business.source_ref or business.public_id,
        "nib": _nib(nib) if nib else "",
        "phone": " / ".join(
            show_phone(one.phone).replace("-", "") + (f" ({one.note})" if one.note else "")
            for one in business.phones.all()
        ),
        "name": business.name,
        "activity": business.activity,
        "products": business.products_text,
        "kbli_category": business.kbli_category,
        "kbli": business.kbli_code or business.kbli_text,
        "legal_form": _word(business, "legal_form"),
        "scale": _word(business, "scale_reported"),
        "source_photo": business.source_photo,
        "source_pulled_at": business.source_pulled_at,
        "source_updated_at": business.source_updated_at,
        "source_page": business.source_page,
    }


def _place(business: Business, places: Gazetteer) -> dict[str, str]:
    names = ("province", "regency", "district", "village")
    around = {
        names[area.level - PROVINCE]: area.name if area.level in (PROVINCE, VILLAGE) else area.full_name
        for area in places.path(business.area_id)
    }
    landmark = f"patokan: {business.landmark.replace(',', ';')}" if business.landmark else ""
    return {
        **around,
        "address": ", ".join(part for part in (business.street, landmark) if part),
        "rt": business.rt,
        "rw": business.rw,
        "latitude": _figure(business.latitude),
        "longitude": _figure(business.longitude),
    }


def _size(business: Business) -> dict[str, str]:
    return {
        "turnover": _amount(business.turnover_rp, TURNOVER_BANDS, business.turnover_band),
        "capital": _amount(business.capital_rp, CAPITAL_BANDS, business.capital_band),
        "assets": _figure(business.assets_rp),
        "started_year": _figure(business.started_year),
        "started_month": _figure(business.started_month),
        **{name: _figure(getattr(business, name)) for name in (*WORKER_PARTS, *DISABLED_PARTS)},
    }


def _owner(owner: Owner, *, with_details: bool, with_nik: bool) -> dict[str, str]:
    said = {"owner": owner.name, "gender": _word(owner, "gender")}
    if not with_details:
        return said
    if owner.nik_sealed:
        nik = sealing.unseal(bytes(owner.nik_sealed))
        said["nik"] = nik if with_nik else f"{'*' * 12}{nik[-4:]}"
    details: OwnerDetails | None = getattr(owner, "details", None)
    if details is None:
        return said
    home = ("province", "regency", "district", "village", "street", "rt", "rw")
    return {
        **said,
        "born_on": details.born_on.isoformat() if details.born_on else "",
        "disability": _word(details, "disability"),
        "education": _word(details, "education"),
        **{f"home_{part}": getattr(details, f"home_{part}") for part in home},
    }


def _nib(licence: Licence) -> str:
    """The number; without one what is known: that there is one, or none, or that it is being made."""
    words = {"held": "Ada", "none": "Belum ada", "in_process": "Dalam proses"}
    return licence.number if licence.status == "held" and licence.number else words.get(licence.status, "")


def _word(thing: Any, field: str) -> str:
    return "" if getattr(thing, field) == UNKNOWN else str(getattr(thing, f"get_{field}_display")())


def _figure(value: int | Decimal | None) -> str:
    return "" if value is None else str(value)


def _amount(amount_rp: int | None, bands: tuple[Band, ...], slug: str) -> str:
    """The figure, or the two ends between which it lies."""
    if amount_rp is not None:
        return str(amount_rp)
    at = next((i for i, band in enumerate(bands) if band.slug == slug), None)
    if at is None:
        return ""
    least = bands[at - 1].most_rp if at else 0
    most = bands[at].most_rp
    if most is None:
        return f"lebih dari {show_rupiah(least or 0)}"
    return f"{show_rupiah(least or 0)} - {show_rupiah(most)}"
