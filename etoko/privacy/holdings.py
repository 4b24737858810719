"""What is kept about a person, kind by kind: the register of processing (UU 27/2022 art. 31) as code.

The page "Data saya" and the file that she takes away come from this table, and `docs/privacy.md` says the
same. Columns that point at a person need no entry: the account they point at loses its name.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from etoko.audit.models import AuditEntry
from etoko.audit.words import deed_words
from etoko.catalog.models import PaymentOption, Product, Shop
from etoko.census.models import Sheet, SheetPhoto
from etoko.groups.models import Member
from etoko.groups.models_books import Loan, Slip
from etoko.notices.models import Notice, PushDevice, Reach
from etoko.ordering.access import groups_bought_by
from etoko.ordering.models import ComplaintPost, Order, OrderLine
from etoko.partners.models import Interest, Mandate
from etoko.payments.models import Payment, PaymentProof
from etoko.people.models import ApiToken, Passkey, Person, PlaceRole
from etoko.privacy import growth
from etoko.privacy.readers import readers_of
from etoko.privacy.rows import Row, plain, rows
from etoko.registry.access import businesses_of
from etoko.registry.models import (
    Business,
    BusinessRole,
    ImportRow,
    Licence,
    Owner,
    OwnerDetails,
    PublicConsent,
)
from etoko.reviews.models import Review

Find = Callable[[Person], Iterable[Row]]


@dataclass(frozen=True)
class Holding:
    """One kind of data about somebody: why and how long it is kept, and all of it that is hers."""

    slug: str
    name: Promise
    purpose: Promise
    basis: Promise
    """Of UU 27/2022 art. 20."""
    kept: Promise
    rows_of: Find


def _account(person: Person) -> list[Row]:
    fields = "name", "phone", "phone_verified_at", "home_area__name", "language", "created_at", "last_login"
    return rows(Person.objects.filter(pk=person.pk), *fields)


def _roles(person: Person) -> list[Row]:
    held = PlaceRole.objects.filter(person=person)
    return rows(held, "role", "area__name", "starts_on", "ends_on", "ended_at") + rows(
        BusinessRole.objects.filter(person=person), "role", "business__name", "starts_on", "ends_on"
    )


_PARTNER = tuple(f"organisation__{one}name" for one in ("", "business__", "group__", "cooperative__"))


def _mandates(person: Person) -> list[Row]:
    held = Mandate.objects.filter(person=person)
    declared = Interest.objects.filter(person=person)
    return rows(held, *_PARTNER, "role", "decree_number", "starts_on", "ends_on", "ended_at") + rows(
        declared, *_PARTNER, "business__name", "kind", "note", "declared_at", "ended_at"
    )


def _keys(person: Person) -> list[Row]:
    return (
        rows(Passkey.objects.filter(person=person), "name", "created_at", "last_used_at")
        + rows(ApiToken.objects.filter(person=person), "name", "created_at", "expires_at", "last_used_at")
        + rows(PushDevice.objects.filter(person=person), "name", "created_at")
        + rows(Reach.objects.filter(person=person), "mail_address", "push", "mail", "whatsapp")
    )


_DETAILS = [field.name for field in OwnerDetails._meta.concrete_fields if field.name not in ("id", "owner")]


def _businesses(person: Person) -> list[Row]:
    """Whole records, but for the NIK, which is never shown whole. Birth and home are hers alone: who works
    for her, or owns the business with her, does not take them along."""
    hidden = {"id", "search_name", "verified_by", "updated_at"}
    columns = [field.name for field in Business._meta.concrete_fields if field.name not in hidden]
    hers = businesses_of(person)
    owners = Owner.objects.filter(business__in=hers)
    return (
        rows(Business.objects.filter(pk__in=[one.pk for one in hers]), *columns)
        + rows(owners, "business__name", "name", "gender")
        + rows(OwnerDetails.objects.filter(owner__in=owners.filter(person=person)), *_DETAILS)
        + rows(Licence.objects.filter(business__in=hers), "business__name", "kind", "number", "expires_on")
    )


def _visits(person: Person) -> list[Row]:
    """Without the name of the kader: that is hers."""
    came = Sheet.objects.filter(business__in=businesses_of(person))
    photos = SheetPhoto.objects.filter(sheet__in=came)
    return rows(came, "business__name", "kind", "received_at", "changed", "consent_version") + rows(
        photos, "sheet__business__name", "arrived_at"
    )


def _imported(person: Person) -> list[Row]:
    """What files said of her own businesses: who only works there does not take it along."""
    hers = Owner.objects.filter(person=person).values("business")
    found = ImportRow.objects.filter(business__in=hers).exclude(raw=[])
    return rows(found, "batch__file_name", "batch__committed_at", "raw")


def _consents(person: Person) -> list[Row]:
    given = PublicConsent.objects.filter(business__in=businesses_of(person))
    return rows(given, "business__name", "what", "given_at", "how", "text_version", "withdrawn_at")


def _shops(person: Person) -> list[Row]:
    shops = Shop.objects.filter(business__in=businesses_of(person))
    ways = PaymentOption.objects.filter(shop__in=shops)
    goods = Product.objects.filter(shop__in=shops)
    return (
        rows(shops, "name", "story", "whatsapp", "status", "opened_at")
        + rows(ways, "kind", "bank", "account_number", "account_name")
        + rows(goods, "name", "description", "price_from_rp", "status", "created_at")
    )


def _orders(person: Person) -> list[Row]:
    groups = groups_bought_by(person)
    orders = Order.objects.filter(group__in=groups)
    lines = OrderLine.objects.filter(order__in=orders)
    return (
        rows(
            orders,
            *("number", "shop__name", "state", "placed_at", "total_rp", "paid_rp", "note"),
            *("group__name", "group__phone", "group__village", "group__street", "group__landmark"),
        )
        + rows(lines, "order__number", "product_name", "quantity", "line_rp")
        + rows(ComplaintPost.objects.filter(by=person), "complaint__order__number", "text", "at")
    )


def _payments(person: Person) -> list[Row]:
    orders = Order.objects.filter(group__in=groups_bought_by(person))
    paid = Payment.objects.filter(order__in=orders)
    proofs = PaymentProof.objects.filter(order__in=orders)
    return rows(paid, "order__number", "kind", "method", "amount_rp", "received_on") + rows(
        proofs, "order__number", "told_rp", "told_on", "sent_at"
    )


def _groups(person: Person) -> list[Row]:
    """Found as the group's own page finds her: by her proven number."""
    hers = Member.objects.filter(phone=person.phone) if person.phone_verified_at else Member.objects.none()
    saved = "principal_rp", "mandatory_rp", "voluntary_rp"
    slips, loans = Slip.objects.filter(member__in=hers), Loan.objects.filter(member__in=hers)
    return (
        rows(hers, "group__name", "name", "joined_on", "left_on", *saved)
        + rows(loans, "group__name", "purpose", "lent_on", "amount_rp", "repaid_rp")
        + rows(slips, "group__name", "on", "text", "total_rp")
    )


def _reviews(person: Person) -> list[Row]:
    written = Review.objects.filter(order__group__in=groups_bought_by(person))
    return rows(written, "shop__name", "stars", "text", "author_name", "author_village", "created_at")


def _notices(person: Person) -> list[Row]:
    hers = Q(recipient=person)
    if person.phone_verified_at:  # or whoever joined with somebody else's number would take her news along
        hers |= Q(recipient=None, phone=person.phone)
    sent = Notice.objects.filter(hers)
    return rows(sent, "title", "text", "created_at", "read_at")


def _traces(person: Person) -> list[Row]:
    entries = AuditEntry.objects.filter(by_id=person.pk).order_by("-at")
    return [
        {"deed": deed_words(entry.deed), "subject": entry.subject_name, "at": plain(entry.at)}
        for entry in entries
    ]


def _readers(person: Person) -> list[Row]:
    return [
        {"by": one.by, "subject": one.subject, "last_at": plain(one.last_at), "times": one.times}
        for one in readers_of(businesses_of(person), most=10_000)
    ]


_CONTRACT = _(
    "Perjanjian: tanpa ini Anda tidak bisa masuk, berjualan, atau memesan (pasal 20 ayat 2 huruf b)"
)
_DUTY = _("Kewajiban hukum (pasal 20 ayat 2 huruf c)")
_OFFICE = _("Tugas pelayanan umum kecamatan (pasal 20 ayat 2 huruf e)")
_CONSENT = _("Persetujuan Anda, bisa ditarik kapan saja (pasal 20 ayat 2 huruf a)")
_TEN_YEARS = _("10 tahun, seperti diminta PP 80/2019; tanpa nama Anda sejak akun ditutup")

HOLDINGS: Mapping[str, Holding] = {
    one.slug: one
    for one in (
        Holding(
            "akun",
            _("Akun"),
            _("Supaya Anda bisa masuk dan orang tahu siapa yang mereka hadapi"),
            _CONTRACT,
            _("Sampai akun ditutup"),
            _account,
        ),
        Holding(
            "peran",
            _("Peran"),
            _("Siapa boleh melakukan apa"),
            _OFFICE,
            _("Sampai akun ditutup; siapa yang memberi peran tetap tercatat di jejak"),
            _roles,
        ),
        Holding(
            "mandat",
            _("Mandat dan kepentingan yang Anda nyatakan"),
            _("Siapa bicara atas nama siapa, dan siapa yang tidak ikut menilai"),
            _OFFICE,
            _("Mandat tetap, tanpa nama Anda sejak akun ditutup; keterangan kepentingan dihapus saat itu"),
            _mandates,
        ),
        Holding(
            "kunci",
            _("Kunci masuk dan cara dikabari"),
            _("Masuk dengan aman, dan kabar sampai ke HP Anda"),
            _CONTRACT,
            _("Sampai Anda menghapusnya atau akun ditutup"),
            _keys,
        ),
        Holding(
            "usaha",
            _("Data usaha dan izin"),
            _("Pendataan UMKM, pendampingan, dan bantuan"),
            _OFFICE,
            _("Selama usaha terdata; nama dan nomor Anda bisa dihapus saat akun ditutup"),
            _businesses,
        ),
        Holding(
            "kunjungan",
            _("Kunjungan kader dan fotonya"),
            _("Data usaha tetap benar, juga tanpa Anda datang ke kantor"),
            _OFFICE,
            _("Foto 2 tahun; bahwa ada kunjungan, selama usaha terdata"),
            _visits,
        ),
        Holding(
            "impor",
            _("Baris berkas yang dimasukkan petugas"),
            _("Impor yang keliru bisa dibatalkan dan laporannya dibaca lagi"),
            _OFFICE,
            _("Setahun setelah berkas masuk"),
            _imported,
        ),
        Holding(
            "persetujuan",
            _("Persetujuan"),
            _("Bukti apa yang boleh dilihat umum"),
            _DUTY,
            _("Selama usaha terdata"),
            _consents,
        ),
        Holding(
            "toko",
            _("Toko dan produk"),
            _("Berjualan di sini"),
            _CONSENT,
            _("Sampai toko ditutup; lalu tidak dilihat umum lagi"),
            _shops,
        ),
        Holding(
            "pesanan",
            _("Pesanan dan keluhan"),
            _("Barang sampai kepada Anda, dan bukti jual beli"),
            _CONTRACT,
            _TEN_YEARS,
            _orders,
        ),
        Holding("pembayaran", _("Pembayaran"), _("Bukti uang"), _DUTY, _TEN_YEARS, _payments),
        Holding(
            "kelompok",
            _("Kelompok UP2K"),
            _("Buku kelompok: simpanan, pinjaman, dan iuran Anda"),
            _OFFICE,
            _("Selama buku kelompok disimpan; nomor Anda dihapus saat akun ditutup"),
            _groups,
        ),
        Holding(
            "kebutuhan",
            _("Kebutuhan usaha"),
            _("Kader dan kecamatan tahu apa yang kurang, dan mencarikan jalannya"),
            _OFFICE,
            _("Selama usaha atau kelompok terdata; yang mencatat tidak bernama lagi sejak akunnya ditutup"),
            growth.needs,
        ),
        Holding(
            "kemajuan",
            _("Tahap digital dan penilaian kemampuan"),
            _("Pendampingan yang cocok dengan keadaan usahanya"),
            _OFFICE,
            _("Selama usaha atau kelompok terdata; yang menilai tidak bernama lagi sejak akunnya ditutup"),
            growth.progress,
        ),
        Holding(
            "ulasan",
            _("Ulasan"),
            _("Pembeli lain tahu mutu barang"),
            _CONSENT,
            _("Tetap, tanpa nama Anda sejak akun ditutup"),
            _reviews,
        ),
        Holding(
            "diskusi",
            _("Ruang diskusi"),
            _("Pelaku usaha saling bertanya dan menjawab"),
            _CONSENT,
            _("Tetap, tanpa nama Anda sejak akun ditutup; yang Anda tarik tidak dilihat orang lagi"),
            growth.discussion,
        ),
        Holding(
            "kabar",
            _("Kabar"),
            _("Anda tahu apa yang terjadi dengan pesanan dan usaha Anda"),
            _CONTRACT,
            _("Setahun sesudah dibaca, paling lama sampai akun ditutup"),
            _notices,
        ),
        Holding(
            "jejak",
            _("Jejak perbuatan Anda"),
            _("Siapa mengubah apa, kalau ada yang dipersoalkan"),
            _DUTY,
            _("Tetap; ini bukti bagi semua pihak"),
            _traces,
        ),
        Holding(
            "pembaca",
            _("Siapa yang membuka data usaha Anda"),
            _("Anda bisa mengawasi petugas"),
            _DUTY,
            _("5 tahun"),
            _readers,
        ),
    )
}
