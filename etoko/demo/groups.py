"""Four sample groups with a year of books, meetings and coaching, two cooperatives, and what was typed into
the PKK's forms. Written in bulk, always the same; the nightly check finds nothing amiss (a test)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from etoko.catalog.models import Product, Shop
from etoko.demo.group_books import DUES_RP, SAVING_RP, Books
from etoko.demo.names import FAMILY, HAMLETS, WOMEN
from etoko.groups.models import (
    MADYA,
    MANDIRI,
    PEMULA,
    UTAMA,
    Attendance,
    Group,
    LevelChange,
    Meeting,
    Member,
    Office,
)
from etoko.groups.models_coaching import Action, Visit
from etoko.groups.models_cooperatives import Cooperative, Permission, YearlyMeeting
from etoko.groups.models_forms import FormRow
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.access import businesses_of
from etoko.registry.names import business_search_name


@dataclass(frozen=True)
class Sample:
    name: str
    village: str
    kind: str
    level: str
    members: int
    known: str = ""
    """A person of the cast who is in it."""
    office: str = ""
    visits_days_ago: tuple[int, ...] = ()
    next_visit_in: int = 0
    """Days; less than nought: it was missed."""
    sells: bool = False


SAMPLES = (
    Sample(
        "Poksus Melati", "Taban", Group.POKSUS, MADYA, 8, "Rahma", Office.TREASURER, (20, 70, 130), 25, True
    ),
    Sample("Poksus Anggrek", "Kutruk", Group.POKSUS, PEMULA, 7, "Herman", Office.CHAIR, (95,), -12),
    Sample("Poksus Mawar", "Jambe", Group.POKSUS, UTAMA, 10, "", "", (40, 100, 160, 220), 20, True),
    Sample("Poklak Teratai", "Daru", Group.POKLAK, MANDIRI, 8, "", "", (60, 150), 30),
)


def gather_groups(*, people: Mapping[str, Person], shops: list[Shop], now: datetime) -> int:
    """Returns how many slips their books hold."""
    villages = {area.name: area for area in Area.objects.filter(parent_id="36.03.04")}
    random = Random(22)
    slips = sum(
        _Life(sample, villages[sample.village], people, now, random).lead(shops) for sample in SAMPLES
    )
    _cooperatives(villages, people, shops, now)
    _typed(villages, people["Ratna"], now)
    return slips


class _Life:
    """One group from its founding to today."""

    def __init__(
        self, sample: Sample, area: Area, people: Mapping[str, Person], now: datetime, random: Random
    ) -> None:
        self.sample, self.area, self.people, self.now, self.random = sample, area, people, now, random
        self.today = timezone.localdate(now)
        self.kader = next(
            person
            for person in people.values()
            if person.home_area_id == area.pk and person.phone.startswith("+62812100001")
        )

    def lead(self, shops: list[Shop]) -> int:
        self._found(shops)
        self._join()
        self._meet()
        self._visit()
        return Books(
            self.group,
            self.members,
            by=self.keeper,
            for_name=self.for_name,
            months=self.months(12),
            now=self.now,
        ).keep()

    def _found(self, shops: list[Shop]) -> None:
        sample = self.sample
        seller = next((s for s in shops[2:] if s.area_id == self.area.pk), None) if sample.sells else None
        self.group = Group.objects.create(
            name=sample.name,
            search_name=business_search_name(sample.name),
            kind=sample.kind,
            area=self.area,
            hamlet=self.random.choice(HAMLETS),
            founded_on=self.today.replace(year=self.today.year - 3, month=2, day=14),
            business=seller.business if seller else None,
            level=sample.level,
            monthly_saving_rp=SAVING_RP,
            monthly_dues_rp=DUES_RP,
            charge_percent=Decimal("1.5"),
            next_visit_on=self.today + timedelta(days=sample.next_visit_in),
            created_at=self.now - timedelta(days=700),
        )
        steps = (PEMULA, MADYA, UTAMA, MANDIRI)
        reached = steps[: steps.index(sample.level) + 1]
        LevelChange.objects.bulk_create(
            LevelChange(
                group=self.group,
                level=level,
                from_on=self.today - timedelta(days=700 - 200 * number),
                reason="Tingkat saat didaftarkan" if number == 0 else "Hasil penilaian Pokja II",
                by=self.people["Ratna"],
                at=self.now - timedelta(days=700 - 200 * number),
            )
            for number, level in enumerate(reached)
        )

    def _join(self) -> None:
        known = self.people.get(self.sample.known)
        names = self.random.sample(WOMEN[2:], self.sample.members)
        self.members = [
            Member(
                group=self.group,
                number=number,
                name=f"{name} {self.random.choice(FAMILY)}",
                joined_on=self.today - timedelta(days=690),
            )
            for number, name in enumerate(names, 1)
        ]
        officers = {Office.CHAIR: 0, Office.SECRETARY: 1, Office.TREASURER: 2}
        if known:
            place = officers[self.sample.office]
            self.members[place].name, self.members[place].phone = known.name, known.phone
            self.members[place].gender = "male" if known.name == "Herman" else "female"
            (self.members[place].business,) = businesses_of(known)
        Member.objects.bulk_create(self.members)
        Office.objects.bulk_create(
            Office(
                group=self.group,
                member=self.members[place],
                office=office,
                starts_on=self.today - timedelta(days=690),
            )
            for office, place in officers.items()
        )
        self.keeper = known if known and self.sample.office == Office.TREASURER else self.kader
        self.for_name = "" if self.keeper is known else self.group.name

    def _meet(self) -> None:
        meetings = [
            Meeting(
                group=self.group,
                held_on=day,
                place=f"Rumah {self.members[0].name}",
                agenda="Rapat bulanan",
                notes="Membahas simpanan, angsuran, dan pesanan bulan ini.",
                decisions="Setoran paling lambat tanggal 10." if day.month % 3 == 0 else "",
                expected=len(self.members),
                present=len(self.members) - day.month % 3,
                by=self.kader,
                for_name=self.group.name,
                at=self.now,
            )
            for day in self.months(12)
            if self.sample.level != PEMULA or day.month % 2
        ]
        Meeting.objects.bulk_create(meetings)
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, member=member)
            for meeting in meetings
            for member in self.members[: meeting.present]
        )

    def _visit(self) -> None:
        coaches = [self.kader, self.people["Ratna"]]
        visits = [
            Visit(
                group=self.group,
                visited_on=self.today - timedelta(days=ago),
                minutes=45 + 15 * (number % 3),
                findings=(
                    "Buku kas sudah ditulis sampai bulan lalu.\nDaftar hadir rapat belum lengkap."
                    if number % 2
                    else "Simpanan rutin; dua anggota belum punya NIB."
                ),
                next_on=self.today - timedelta(days=ago - 45),
                coach=coaches[number % 2],
                at=self.now - timedelta(days=ago),
            )
            for number, ago in enumerate(sorted(self.sample.visits_days_ago, reverse=True))
        ]
        Visit.objects.bulk_create(visits)
        Action.objects.bulk_create(
            Action(
                visit=visit,
                what="Lengkapi daftar hadir" if number % 2 else "Bantu dua anggota mengurus NIB",
                who=self.members[1].name if number % 2 else f"Kader {self.kader.name}",
                until_on=visit.visited_on + timedelta(days=21),
                done_on=visit.visited_on + timedelta(days=18) if visit is not visits[-1] else None,
                done_by=self.kader if visit is not visits[-1] else None,
            )
            for number, visit in enumerate(visits)
        )

    def months(self, number: int) -> list[date]:
        """The tenth of the last months that are over, the oldest first."""
        days = [self.today.replace(day=1)]
        while len(days) <= number:
            days.insert(0, (days[0] - timedelta(days=1)).replace(day=1))
        return [day.replace(day=10) for day in days[:-1]]


def _cooperatives(
    villages: Mapping[str, Area], people: Mapping[str, Person], shops: list[Shop], now: datetime
) -> None:
    today = timezone.localdate(now)
    taken = set(Group.objects.exclude(business=None).values_list("business_id", flat=True))
    free = [shop for shop in shops[2:] if shop.business_id not in taken]
    shop = next((shop for shop in free if shop.area_id == villages["Taban"].pk), free[-1])
    taban = Cooperative.objects.create(
        name="Koperasi Desa Merah Putih Taban",
        search_name="koperasidesamerahputihtaban",
        kind=Cooperative.MERAH_PUTIH,
        area=villages["Taban"],
        business=shop.business,
        trade="Sembako, simpan pinjam, pemasaran",
        services=["staples", "savings", "marketing"],
        legal=Cooperative.REGISTERED,
        legal_number="AHU-0001234.AH.01.29",
        founded_on=date(2025, 5, 27),
        women=48,
        men=37,
        created_at=now - timedelta(days=300),
    )
    Cooperative.objects.create(
        name="Koperasi Wanita Mawar",
        search_name="koperasiwanitamawar",
        area=villages["Jambe"],
        trade="Simpan pinjam",
        services=["savings"],
        women=26,
        men=0,
        created_at=now - timedelta(days=200),
    )
    YearlyMeeting.objects.bulk_create(
        YearlyMeeting(
            cooperative=taban,
            about_year=year,
            held_on=date(year + 1, 3, 15),
            present=61,
            turnover_rp=turnover_rp,
            surplus_rp=turnover_rp // 12,
            by=people["Ratna"],
            at=now,
        )
        for year, turnover_rp in ((today.year - 2, 96_000_000), (today.year - 1, 138_500_000))
    )
    (hers,) = businesses_of(people["Rahma"])
    product = Product.objects.filter(shop=shop).order_by("pk").first()
    assert product is not None
    Permission.objects.create(
        cooperative=taban,
        product=product,
        business=hers,
        member_rp=9_500,
        sees=Permission.DAYS,
        edits=Permission.STOCK,
        note="Dibayar tiap tanggal 5.",
        proposed_by=people["Ratna"],
        proposed_at=now - timedelta(days=2),
    )


def _typed(villages: Mapping[str, Area], by: Person, now: datetime) -> None:
    year = timezone.localdate(now).year
    FormRow.objects.bulk_create(
        FormRow(
            area=villages[village],
            form="4.22",
            year=year,
            position=0,
            cells={str(column): str(number) for column, number in cells.items()},
            by=by,
            at=now,
        )
        for village, cells in (
            ("Taban", {3: 12, 10: 1, 11: 15, 12: 3, 13: 1, 14: 2, 15: 38, 16: 2, 19: 6, 20: 5, 23: 2}),
            ("Jambe", {3: 9, 8: 1, 9: 20, 12: 4, 13: 2, 14: 3, 15: 51, 16: 3, 19: 8, 20: 7, 22: 1, 23: 3}),
        )
    )
