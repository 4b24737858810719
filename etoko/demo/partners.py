"""Sample partners of the five helices, and who speaks for them: all of it invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from etoko.groups.models import Group
from etoko.groups.models_cooperatives import Cooperative
from etoko.partners import helices as h
from etoko.partners.access import Keeping
from etoko.partners.models import Interest, Mandate, Organisation, Record
from etoko.partners.operations import (
    MandateFacts,
    OrganisationFacts,
    declare_interest,
    give_mandate,
    register_organisation,
)
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.access import businesses_of

DISTRICT, TABAN, KUTRUK = "36.03.04", "36.03.04.2004", "36.03.04.2006"


@dataclass(frozen=True)
class Partner:
    name: str
    helix: str
    kind: str
    reach: str
    offers: str
    wants: str
    speakers: tuple[tuple[str, str, str], ...] = ()
    """(name in the cast, kind of mandate, role)."""
    area: str = DISTRICT
    about: str = ""


_L, _S, _G = Mandate.LEAD, Mandate.SPEAKER, Mandate.GUEST
_PARTNERS = (
    Partner(
        "Kantor Kecamatan Jambe",
        h.GOVERNMENT,
        "Kantor kecamatan",
        h.OF_DISTRICT,
        "Aula untuk pelatihan, surat keterangan, jadwal forum tiga bulanan.",
        "Usulan dari desa sebelum Musrenbang; laporan yang jujur tentang yang belum jalan.",
        (("Hendra", _L, "Camat Jambe"), ("Dedi", _S, "Kepala Seksi Pemberdayaan Masyarakat")),
        about="Mempertemukan para mitra, mencatat janjinya, dan menagihnya.",
    ),
    Partner(
        "Pemerintah Desa Taban",
        h.GOVERNMENT,
        "Pemerintah desa",
        h.OF_VILLAGE,
        "Balai desa untuk rumah kemasan bersama.",
        "Pembeli tetap untuk kerupuk warga.",
        (("Sarip", _L, "Kepala Desa Taban"),),
        area=TABAN,
    ),
    Partner(
        "Dinas Koperasi dan Usaha Mikro Kabupaten",
        h.GOVERNMENT,
        "Dinas",
        h.OF_REGENCY,
        "Pendampingan izin P-IRT dan halal, kurasi produk untuk pameran.",
        "Data usaha mikro yang terverifikasi.",
        (("Yusuf", _L, "Kepala Bidang Usaha Mikro"),),
    ),
    Partner(
        "Direktorat Pemasaran Kementerian Pariwisata",
        h.GOVERNMENT,
        "Kementerian",
        h.NATIONAL,
        "Penilaian desa wisata, promosi di kanal nasional.",
        "Angka dan cerita yang bisa diperiksa.",
        (("Intan", _G, "Tim penilai kunjungan"),),
    ),
    Partner(
        "Universitas Cisadane Raya",
        h.ACADEMIA,
        "Perguruan tinggi",
        h.OF_REGENCY,
        "Klinik kemasan dan harga pokok setiap bulan, mahasiswa KKN tematik.",
        "Usaha yang bersedia didampingi satu semester; pertanyaan yang layak diteliti.",
        (("Nia", _L, "Ketua Lembaga Pengabdian Masyarakat"),),
    ),
    Partner(
        "SMK Bina Anyam",
        h.ACADEMIA,
        "Sekolah menengah kejuruan",
        h.OF_DISTRICT,
        "Foto produk dan katalog oleh siswa tata busana dan multimedia.",
        "Tempat magang bagi 30 siswa.",
        (("Tatang", _L, "Wakil kepala sekolah bidang hubungan industri"),),
    ),
    Partner(
        "Hotel Anyelir",
        h.BUSINESS,
        "Hotel",
        h.OF_REGENCY,
        "Pesanan bulanan topi bambu dan kue kotak; rak oleh-oleh di lobi.",
        "Pemasok yang sanggup 200 kotak seminggu dengan label lengkap.",
        (("Kevin", _L, "Manajer pengadaan"),),
    ),
    Partner(
        "BPR Tirta Jambe",
        h.BUSINESS,
        "Bank perkreditan rakyat",
        h.OF_DISTRICT,
        "Kredit mikro tanpa agunan sampai Rp10 juta, penyuluhan keuangan.",
        "Kelompok dengan buku kas yang rapi enam bulan.",
        (("Sinta", _L, "Kepala kredit mikro"),),
    ),
    Partner(
        "TP-PKK Kecamatan Jambe",
        h.COMMUNITY,
        "Tim Penggerak PKK",
        h.OF_DISTRICT,
        "Kader di sepuluh desa, kelompok UP2K, pembinaan rutin.",
        "Pelatih, alat, dan pembeli untuk kelompok.",
        (("Camelia", _L, "Ketua TP-PKK Kecamatan"), ("Ratna", _S, "Ketua Pokja II")),
    ),
    Partner(
        "Karang Taruna Kutruk",
        h.COMMUNITY,
        "Karang taruna",
        h.OF_VILLAGE,
        "Tenaga muda untuk antar barang dan siaran langsung jualan.",
        "Pelatihan pemasaran digital.",
        (("Agus", _L, "Ketua"),),
        area=KUTRUK,
    ),
    Partner(
        "Radio Suara Jambe",
        h.MEDIA,
        "Radio komunitas",
        h.OF_DISTRICT,
        "Siaran UMKM setiap Sabtu pagi, iklan layanan gratis.",
        "Cerita pembuat barang, bukan siaran pers.",
        (("Lestari", _L, "Pemimpin redaksi"),),
    ),
    Partner(
        "Kabar Tangerang Raya",
        h.MEDIA,
        "Media daring",
        h.OF_REGENCY,
        "Liputan berimbang, foto yang boleh dipakai lagi.",
        "Angka terbuka dan narasumber yang cepat menjawab.",
        (("Bima", _L, "Redaktur ekonomi"),),
    ),
)


def gather_partners(*, people: Mapping[str, Person], now: datetime) -> int:
    """Returns how many partners there are."""
    officer, today = people["Dedi"], timezone.localdate(now)
    at = now - timedelta(days=240)
    areas = Area.objects.in_bulk({one.area for one in _PARTNERS})
    for number, one in enumerate(_PARTNERS, start=1):
        facts = OrganisationFacts(
            one.name,
            one.helix,
            one.kind,
            one.reach,
            about=one.about,
            offers=one.offers,
            wants=one.wants,
            phone=f"+62812100005{number:02}",
        )
        # Nobody gives a mandate to herself: that of the officer comes from the superuser.
        by = people["Admin"] if number == 1 else officer
        organisation = register_organisation(facts=facts, area=areas[one.area], by=by, at=at)
        keeping = Keeping(organisation, by, is_own=False, is_officer=True)
        for name, kind, role in one.speakers:
            ends_on = today + timedelta(days=20) if kind == Mandate.GUEST else None
            mandate = MandateFacts(
                kind, role, f"{number:03}/SK/{today.year}", today - timedelta(days=200), ends_on
            )
            give_mandate(keeping=keeping, person=people[name], facts=mandate, at=at)
    records: list[tuple[Record, str, str, str]] = [
        (Group.objects.get(name="Poksus Melati"), h.COMMUNITY, "Kelompok UP2K", "Kerupuk dan keripik."),
        (
            Cooperative.objects.get(kind=Cooperative.MERAH_PUTIH),
            h.BUSINESS,
            "Koperasi",
            "Menjualkan barang anggota, gudang bahan baku.",
        ),
        (businesses_of(people["Herman"])[0], h.BUSINESS, "UMKM", "Topi bambu, 60 buah seminggu."),
    ]
    for record, helix, kind, offers in records:
        facts = OrganisationFacts("", helix, kind, h.OF_VILLAGE, offers=offers)
        register_organisation(facts=facts, area=record.area, record=record, by=officer, at=at)
    declare_interest(
        person=people["Kevin"],
        kind=Interest.KIN,
        towards=Organisation.objects.get(name="BPR Tirta Jambe"),
        note="Kakak saya kepala cabangnya.",
        at=at,
    )
    return len(_PARTNERS) + len(records)
