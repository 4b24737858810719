"""The people of the sample data: invented, each with a role, all with one passphrase."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from etoko.people import roles
from etoko.people.models import Person, PlaceRole

PASSPHRASE = "jambe maju bersama"


@dataclass(frozen=True)
class Part:
    phone: str
    name: str
    village: str
    """Empty: she lives elsewhere."""
    role: str = ""
    place: str = ""
    """Code of the area of the role."""
    is_superuser: bool = False
    line: str = ""
    """What she does here, for the guide on the console."""


KADERS = [
    "Nurhayati",
    "Aminah",
    "Rohmah",
    "Yanti",
    "Wartini",
    "Titin",
    "Euis",
    "Lilis",
    "Komariah",
    "Rosidah",
]
"""In the order of the villages' codes; Bu Yanti is kader of Taban."""

CAST: tuple[Part, ...] = (
    Part("+6281210000001", "Rahma", "36.03.04.2004", line="penjual kerupuk di Taban: buka “Jualan”"),
    Part("+6281210000002", "Herman", "36.03.04.2006", line="perajin topi bambu di Kutruk"),
    Part("+6281210000003", "Siti", "", line="pembeli"),
    Part(
        "+6281210000005",
        "Dedi",
        "36.03.04.2002",
        roles.DISTRICT_OFFICER,
        "36.03.04",
        line="petugas kecamatan: impor data, cakupan",
    ),
    Part(
        "+6281210000006",
        "Camelia",
        "36.03.04.2002",
        roles.PKK_CHAIR,
        "36.03.04",
        line="ketua TP-PKK kecamatan",
    ),
    Part(
        "+6281210000008",
        "Ratna",
        "36.03.04.2002",
        roles.POKJA_II,
        "36.03.04",
        line="Pokja II: kelompok UP2K, pembinaan, formulir PKK",
    ),
    Part("+6281210000601", "Hendra", "36.03.04.2002", line="Camat: wakil Kantor Kecamatan Jambe"),
    Part("+6281210000602", "Sarip", "36.03.04.2004"),
    Part("+6281210000603", "Yusuf", ""),
    Part("+6281210000604", "Intan", ""),
    Part("+6281210000605", "Nia", "", line="dosen: wakil Universitas Cisadane Raya"),
    Part("+6281210000606", "Tatang", ""),
    Part("+6281210000607", "Kevin", "", line="pengadaan hotel: wakil Hotel Anyelir"),
    Part("+6281210000608", "Sinta", ""),
    Part("+6281210000609", "Agus", "36.03.04.2006"),
    Part("+6281210000610", "Lestari", "", line="wartawan: wakil Radio Suara Jambe"),
    Part("+6281210000611", "Bima", ""),
    Part("+6281210000009", "Admin", "", is_superuser=True, line="superuser: semua, dan /gaya/"),
    *(
        Part(
            f"+62812100001{i:02}",
            name,
            f"36.03.04.{2001 + i}",
            roles.KADER,
            f"36.03.04.{2001 + i}",
            line="kader PKK Taban: verifikasi, bantu penjual" if name == "Yanti" else "",
        )
        for i, name in enumerate(KADERS)
    ),
)


def let_cast_in(*, now: datetime) -> dict[str, Person]:
    """The cast by name, with their roles."""
    secret = make_password(PASSPHRASE)
    people = [
        Person(
            phone=part.phone,
            name=part.name,
            password=secret,
            phone_verified_at=now,
            is_superuser=part.is_superuser,
            home_area_id=part.village or None,
        )
        for part in CAST
    ]
    Person.objects.bulk_create(people)
    PlaceRole.objects.bulk_create(
        PlaceRole(person=person, area_id=part.place, role=part.role, starts_on=date(now.year - 2, 1, 1))
        for part, person in zip(CAST, people, strict=True)
        if part.role
    )
    return {person.name: person for person in people}


def guide() -> str:
    """What the console says about the sample people, in Indonesian."""
    shown = [part for part in CAST if part.line]
    lines = "\n".join(f"    0{part.phone[3:]}  {part.name:<8} {part.line}" for part in shown)
    return (
        f"  Orang contoh (sandi semuanya: {PASSPHRASE})\n{lines}\n\n"
        "  Coba dulu: cari “krupukk” di beranda, isi keranjang dari dua toko, pesan tanpa akun;\n"
        "  lalu masuk sebagai Rahma dan buka Jualan."
    )
