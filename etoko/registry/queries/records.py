"""A whole record as plain rows, for those who keep the register and for the owner herself."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from etoko.foundation.days import show_month
from etoko.foundation.money import show_rupiah
from etoko.foundation.phones import show_phone, whatsapp_link
from etoko.registry.consent_texts import is_outgrown
from etoko.registry.importing.fields import DISABLED_PARTS, WORKER_PARTS
from etoko.registry.kbli import kbli_title
from etoko.registry.kbli_editions import LIKELY, counterpart
from etoko.registry.kinds import kind_name
from etoko.registry.models import LEGAL_FORMS, SCALES, UNKNOWN, Business, Licence, Owner, PublicConsent
from etoko.registry.operations.licensing import licence_hint
from etoko.registry.queries.words import HOW_CONSENTED
from etoko.registry.sections import FIELD_NAMES, SECTIONS
from etoko.registry.sizes import CAPITAL_BANDS, TURNOVER_BANDS, scale_source
from etoko.registry.states import DRAFT, VERIFICATION_FLOW, VERIFIED

EXPIRES_SOON = timedelta(days=60)


@dataclass(frozen=True)
class Fact:
    term: str | Promise
    value: str
    """ "" is unknown, and the page says so."""
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class SectionShown:
    slug: str
    title: str | Promise
    facts: list[Fact]
    unknown: int


@dataclass(frozen=True)
class LicenceShown:
    id: int
    kind: str
    status: str
    status_slug: str
    number: str
    issuer: str
    issued_on: date | None
    expires_on: date | None
    has_scan: bool
    check_state: str
    check_label: str
    hint: str
    is_expired: bool
    expires_soon: bool


@dataclass(frozen=True)
class ConsentShown:
    what: str
    label: str | Promise
    is_given: bool
    given_at: datetime | None
    how: str | Promise
    text_version: str
    asks_anew: bool
    """The text that is read now says more than the one that she agreed to."""


@dataclass(frozen=True)
class OwnerShown:
    id: int
    person_id: int | None
    name: str
    has_account: bool
    phone: str
    """That of the account, else the first of the business; canonical or empty."""


@dataclass(frozen=True)
class Record:
    public_id: str
    name: str
    place: str
    area_code: str
    kind: str | Promise
    state: str
    state_label: str | Promise
    state_tone: str
    reason: str
    verified_at: datetime | None
    verified_by: str
    is_closed: bool
    is_listed: bool
    sections: list[SectionShown]
    owners: list[OwnerShown]
    licences: list[LicenceShown]
    consents: list[ConsentShown]
    known: int
    of: int
    phone: str
    whatsapp_href: str
    updated_at: datetime


def state_tone(state: str) -> str:
    return {DRAFT: "wait", VERIFIED: "ok"}.get(state, "bad")


def record_of(business: Business, *, today: date) -> Record:
    """The record of a business whose area is loaded. Six queries."""
    owners = list(business.owners.select_related("person").order_by("pk"))
    phones = list(business.phones.all())
    consents = {row.what: row for row in business.consents.filter(withdrawn_at__isnull=True)}
    first_phone = phones[0].phone if phones else ""
    sections = [
        _section("identitas", _identity(business)),
        _section(
            "kontak",
            [
                *[Fact(_("Pemilik"), one.name, _gender(one)) for one in owners],
                *([] if owners else [Fact(_("Pemilik"), "")]),
                *[Fact(_("Nomor HP"), show_phone(one.phone), one.note, f"tel:{one.phone}") for one in phones],
                *([] if phones else [Fact(_("Nomor HP"), "")]),
            ],
        ),
        _section("alamat", _place(business)),
        _section("produk", _products(business)),
        _section("skala", _size(business, today)),
    ]
    facts = [fact for section in sections for fact in section.facts]
    return Record(
        public_id=business.public_id,
        name=business.name,
        place=business.area.name,
        area_code=business.area_id,
        kind=kind_name(business.kind),
        state=business.verification,
        state_label=VERIFICATION_FLOW.states[business.verification],
        state_tone=state_tone(business.verification),
        reason=business.verification_reason,
        verified_at=business.verified_at,
        verified_by=business.verified_by.name if business.verified_by else "",
        is_closed=business.status == "closed",
        is_listed=business.listing == "listed",
        sections=sections,
        owners=[
            OwnerShown(
                one.pk,
                one.person_id,
                one.name,
                one.person_id is not None,
                one.person.phone if one.person else first_phone,
            )
            for one in owners
        ],
        licences=[_licence(one, today) for one in business.licences.order_by("kind", "pk")],
        consents=[_consent(what, label, consents.get(what)) for what, label in PublicConsent.WHAT],
        known=sum(1 for fact in facts if fact.value),
        of=len(facts),
        phone=first_phone,
        whatsapp_href=whatsapp_link(first_phone) if first_phone.startswith("+628") else "",
        updated_at=business.updated_at,
    )


def _gender(owner: Owner) -> str:
    return "" if owner.gender == UNKNOWN else str(owner.get_gender_display())


def _section(slug: str, facts: list[Fact]) -> SectionShown:
    section = SECTIONS[slug]
    return SectionShown(slug, section.title, facts, sum(1 for fact in facts if not fact.value))


def _identity(business: Business) -> list[Fact]:
    return [
        Fact(_("Nama usaha"), business.name),
        Fact(_("Bentuk usaha"), _word(LEGAL_FORMS, business.legal_form)),
        Fact(_("Mulai"), _started(business)),
        Fact(
            _("Masih berjalan"),
            _("Ya") if business.status == "active" else _("Sudah tutup"),
            business.closed_reason,
        ),
        Fact(_("Tentang usaha"), business.profile),
    ]


def _place(business: Business) -> list[Fact]:
    has_point = business.latitude is not None
    point = f"{business.latitude:f}, {business.longitude:f}" if has_point else ""
    return [
        Fact(_("Desa"), business.area.name),
        Fact(_("Jalan atau kampung"), business.street),
        Fact(_("RT/RW"), f"{business.rt or '–'}/{business.rw or '–'}" if business.rt or business.rw else ""),
        Fact(_("Patokan"), business.landmark),
        Fact(
            _("Letak"),
            point,
            href=f"geo:{business.latitude:f},{business.longitude:f}" if has_point else "",
        ),
    ]


def _products(business: Business) -> list[Fact]:
    title = kbli_title(business.kbli_edition, business.kbli_code)
    return [
        Fact(
            _("Jenis usaha"),
            str(kind_name(business.kind)) if business.kind != UNKNOWN else "",
            _in_source(business.kind_text),
        ),
        Fact(_("Kegiatan utama"), business.activity),
        Fact(_("Produk"), business.products_text),
        Fact(_("Jam buka"), business.opening_hours),
        Fact(
            _("KBLI"),
            f"{business.kbli_code} ({business.kbli_edition})" if business.kbli_code else "",
            _beside(business, title) or _in_source(business.kbli_text),
        ),
    ]


def _size(business: Business, today: date) -> list[Fact]:
    return [
        Fact(
            _("Tenaga kerja"),
            _("%(n)s orang") % {"n": business.workers} if business.workers is not None else "",
            _worker_parts(business),
        ),
        Fact(_("Omzet setahun"), *_amount(business.turnover_rp, TURNOVER_BANDS, business.turnover_band)),
        Fact(_("Modal usaha"), *_amount(business.capital_rp, CAPITAL_BANDS, business.capital_band)),
        Fact(_("Aset"), show_rupiah(business.assets_rp) if business.assets_rp is not None else ""),
        Fact(_("Skala menurut pemilik"), _word(SCALES, business.scale_reported)),
        Fact(
            _("Skala menurut hitungan"),
            _word(SCALES, business.scale_computed),
            scale_source(today) if business.scale_computed != UNKNOWN else _("Isi omzet atau modal dulu."),
        ),
    ]


def _started(business: Business) -> str:
    if business.started_year and business.started_month:
        return show_month(date(business.started_year, business.started_month, 1))
    return str(business.started_year or "")


def _beside(business: Business, title: str) -> str:
    """The title, and what the code is in the other edition."""
    if not title or not business.kbli_edition:
        return title
    found = counterpart(business.kbli_edition, business.kbli_code)
    if not found.codes:
        return title
    other = found.codes[0]
    words = {"year": other.edition, "code": other.code, "title": other.title}
    if found.how == LIKELY:
        return f"{title}. " + _("Di KBLI %(year)s mungkin %(code)s %(title)s; pastikan dulu.") % words
    return f"{title}. " + _("Di KBLI %(year)s: %(code)s.") % words


def _in_source(text: str) -> str:
    return _("Di daftar asal tertulis “%(text)s”.") % {"text": text} if text else ""


def _worker_parts(business: Business) -> str:
    """ "Dibayar, perempuan 2; Tidak dibayar, laki-laki 1": those that are known."""
    parts = [(FIELD_NAMES[name], getattr(business, name)) for name in (*WORKER_PARTS, *DISABLED_PARTS)]
    return "; ".join(f"{name} {count}" for name, count in parts if count is not None)


def _amount(amount_rp: int | None, bands: Any, band: str) -> tuple[str, str]:
    words = {one.slug: str(one.name) for one in bands}
    if amount_rp is not None:
        return show_rupiah(amount_rp), words.get(band, "")
    return words.get(band, ""), ""


def _word(choices: list[Any], value: str) -> str:
    """The word of a choice; "" for unknown."""
    return "" if value == UNKNOWN else str(dict(choices).get(value, value))


def _licence(one: Licence, today: date) -> LicenceShown:
    expires = one.expires_on
    return LicenceShown(
        id=one.pk,
        kind=str(one.get_kind_display()),
        status=str(one.get_status_display()),
        status_slug=one.status,
        number=one.number,
        issuer=one.issuer,
        issued_on=one.issued_on,
        expires_on=expires,
        has_scan=bool(one.scan),
        check_state=one.check_state,
        check_label=str(one.get_check_state_display()),
        hint=licence_hint(one.kind, one.number),
        is_expired=expires is not None and expires < today,
        expires_soon=expires is not None and today <= expires <= today + EXPIRES_SOON,
    )


def _consent(what: str, label: str | Promise, row: PublicConsent | None) -> ConsentShown:
    return ConsentShown(
        what=what,
        label=label,
        is_given=row is not None,
        given_at=row.given_at if row else None,
        how=HOW_CONSENTED.get(row.how, row.how) if row else "",
        text_version=row.text_version if row else "",
        asks_anew=row is not None and is_outgrown(what, row.text_version),
    )
