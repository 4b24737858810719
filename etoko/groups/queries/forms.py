"""The PKK's forms, filled: rows from what the platform knows, then those that somebody typed."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from itertools import zip_longest

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractMonth

from etoko.foundation.days import INDONESIAN_MONTHS
from etoko.groups.models import LevelChange, Meeting, Member
from etoko.groups.models_books import Slip
from etoko.groups.models_coaching import Visit
from etoko.groups.models_cooperatives import Cooperative
from etoko.groups.models_forms import FormRow
from etoko.groups.pkk_forms import ASSETS, FORMS, LEVEL_COLUMNS, POKJA_II, FormSpec
from etoko.groups.sheets import Cell, Sheet, Signature
from etoko.people.access import roles_in_force
from etoko.people.roles import KADER, PKK_CHAIR
from etoko.people.roles import POKJA_II as POKJA_II_ROLE
from etoko.places.models import DISTRICT, VILLAGE, Area
from etoko.registry.kbli import kbli_title
from etoko.registry.kinds import kind_name
from etoko.registry.models import ACTIVE, Business
from etoko.registry.states import VERIFIED

Row = tuple[Cell, ...]


def form_sheet(form: str, area: Area, year: int, *, today: date, names_owners: bool = False) -> Sheet:
    """Of a village, or of a wider area with the rows of all its villages, as it stood at the end of the year
    or stands today. `names_owners`: who reads it may know whose a business is."""
    spec = FORMS[form]
    villages = villages_of(area)
    on = min(today, date(year, 12, 31))
    if form == POKJA_II:
        rows = pokja_ii_rows(villages, year, on)
        totals: tuple[Row, ...] = (_total(spec, rows),) if area.level != VILLAGE else ()
    else:
        rows = _listed(spec, villages if area.level == VILLAGE else [area, *villages], year, on)
        if form == ASSETS and not names_owners:
            rows = [(*row[:2], "", *row[3:]) for row in rows]
        totals = _sums_of_money(rows) if form == "4.11" else ()
    place = f"{'DESA' if area.level == VILLAGE else area.kind.upper()} {area.name.upper()}"
    return Sheet(
        name=f"lampiran-{form}-{area.name.lower().replace(' ', '-')}-{year}",
        titles=tuple(text for text in (f"LAMPIRAN {spec.number}", spec.title, spec.subtitle) if text),
        facts=(("TP PKK", place), ("Tahun", str(year))),
        heads=spec.heads,
        rows=tuple(rows),
        totals=totals,
        widths=spec.widths,
        paper=spec.paper,
        points=spec.points,
        signatures=_signatures(area),
        place_day=f"{area.name}, {on.day} {INDONESIAN_MONTHS[on.month - 1]} {on.year}",
    )


def villages_of(area: Area) -> list[Area]:
    if area.level == VILLAGE:
        return [area]
    return list(Area.objects.filter(code__startswith=f"{area.code}.", level=VILLAGE).order_by("code"))


def typed_rows(form: str, areas: Sequence[Area], year: int) -> dict[str, list[FormRow]]:
    """By the code of the area."""
    found: dict[str, list[FormRow]] = {}
    for row in FormRow.objects.filter(form=form, area__in=areas, year=year):
        found.setdefault(row.area_id, []).append(row)
    return found


# ---------------------------------------------------------------------------------------- 4.22


def pokja_ii_rows(villages: Sequence[Area], year: int, on: date) -> list[Row]:
    spec = FORMS[POKJA_II]
    typed = typed_rows(POKJA_II, villages, year)
    groups, cooperatives = count_groups(villages, on), count_cooperatives(villages)
    rows = []
    for number, village in enumerate(villages, 1):
        cells: list[Cell] = [number, village.name, *[""] * 34]
        for row in typed.get(village.pk, [])[:1]:
            for column, text in row.cells.items():
                cells[int(column) - 1] = int(text) if int(column) in spec.figures else text
        for level, column in LEVEL_COLUMNS.items():
            cells[column - 1], cells[column] = groups[village.pk, level]
        cells[33], cells[34] = cooperatives[village.pk]
        rows.append(tuple(cells))
    return rows


def count_groups(villages: Sequence[Area], on: date) -> dict[tuple[str, str], tuple[int, int]]:
    """(groups, members) by village and level, as on that day. Two questions."""
    levels: dict[int, tuple[str, str]] = {}
    changes = LevelChange.objects.filter(group__area__in=villages, from_on__lte=on)
    still = changes.filter(Q(group__ended_on__isnull=True) | Q(group__ended_on__gt=on))
    for group_id, area_id, level in still.order_by("id").values_list("group_id", "group__area_id", "level"):
        levels[group_id] = (area_id, level)
    members = Counter(
        Member.objects.filter(Q(left_on__isnull=True) | Q(left_on__gte=on), joined_on__lte=on)
        .filter(group__in=list(levels))
        .values_list("group_id", flat=True)
    )
    counted = {(village.pk, level): (0, 0) for village in villages for level in LEVEL_COLUMNS}
    for group_id, place in levels.items():
        number, people = counted[place]
        counted[place] = (number + 1, people + members[group_id])
    return counted


def count_cooperatives(villages: Sequence[Area]) -> dict[str, tuple[int, Cell]]:
    """(those with a legal body, their members) by village; unknown numbers leave the cell empty."""
    counted: dict[str, tuple[int, Cell]] = {village.pk: (0, 0) for village in villages}
    found = Cooperative.objects.filter(area__in=villages, legal=Cooperative.REGISTERED)
    for area_id, women, men in found.values_list("area_id", "women", "men"):
        number, people = counted[area_id]
        known = isinstance(people, int) and (women is not None or men is not None)
        counted[area_id] = (number + 1, int(people) + (women or 0) + (men or 0) if known else "")
    return counted


def _total(spec: FormSpec, rows: Sequence[Row]) -> Row:
    cells: list[Cell] = ["", "JUMLAH"]
    for at in range(2, spec.columns - 1):
        figures = [cell for row in rows if isinstance(cell := row[at], int)]
        cells.append(sum(figures) if figures else "")
    return (*cells, "")


# --------------------------------------------------------------------------------------- lists


def _listed(spec: FormSpec, areas: Sequence[Area], year: int, on: date) -> list[Row]:
    known = _KNOWN[spec.number]([area for area in areas if area.level == VILLAGE], year, on)
    typed = typed_rows(spec.number, areas, year)
    rows: list[Row] = []
    for area in areas:
        rows += known.get(area.pk, [])
        for row in typed.get(area.pk, []):
            cells: list[Cell] = [""] * spec.columns
            for column, text in row.cells.items():
                cells[int(column) - 1] = int(text) if int(column) in spec.figures else text
            rows.append(tuple(cells))
    return [_numbered(spec, row, number) for number, row in enumerate(rows, 1)]


def _numbered(spec: FormSpec, row: Row, number: int) -> Row:
    if spec.number != "4.11":
        return (number, *row[1:])
    left = (number, *row[1:6]) if any(row[1:6]) else ("",) * 6
    right = (number, *row[7:12]) if any(row[7:12]) else ("",) * 6
    return (*left, *right)


Known = dict[str, list[Row]]


def _money(villages: Sequence[Area], year: int, _on: date) -> Known:
    """What each group took in and gave out in a month: sums, so that no member's line leaves the group."""
    slips = (
        Slip.objects.filter(group__area__in=villages, on__year=year)
        .annotate(month=ExtractMonth("on"))
        .values("group__area_id", "group__name", "month")
        .annotate(
            came=Sum("total_rp", filter=Q(total_rp__gt=0)), went=Sum("total_rp", filter=Q(total_rp__lt=0))
        )
        .order_by("group__area_id", "month", "group__name")
    )
    sides: dict[str, tuple[list[Row], list[Row]]] = {}
    for row in slips:
        out, in_ = sides.setdefault(row["group__area_id"], ([], []))
        name, month = row["group__name"], f"{INDONESIAN_MONTHS[row['month'] - 1]} {year}"
        if row["went"]:
            out.append((month, name, "Pengeluaran kas kelompok", "", -row["went"]))
        if row["came"]:
            in_.append((month, name, "Penerimaan kas kelompok", "", row["came"]))
    empty: Row = ("",) * 5
    return {
        code: [("", *left, "", *right) for left, right in zip_longest(out, in_, fillvalue=empty)]
        for code, (out, in_) in sides.items()
    }


def _sums_of_money(rows: Sequence[Row]) -> tuple[Row, ...]:
    out = sum(cell for row in rows if isinstance(cell := row[5], int))
    came = sum(cell for row in rows if isinstance(cell := row[11], int))
    return (("", "", "", "JUMLAH", "", out, "", "", "", "JUMLAH", "", came),)


def _activities(villages: Sequence[Area], year: int, _on: date) -> Known:
    found: Known = {}
    visits = Visit.objects.filter(group__area__in=villages, visited_on__year=year)
    for visit in visits.select_related("group", "coach").order_by("visited_on", "id"):
        what = f"Pembinaan {visit.group.name}: {visit.findings}"[:200]
        found.setdefault(visit.group.area_id, []).append(
            ("", visit.coach.name, "Pembina", f"{visit.visited_on:%d-%m-%Y}", visit.group.hamlet, what, "")
        )
    meetings = Meeting.objects.filter(group__area__in=villages, held_on__year=year)
    for meeting in meetings.select_related("group", "by").order_by("held_on", "id"):
        what = f"{meeting.agenda}, {meeting.group.name}: {meeting.present} dari {meeting.expected} hadir"
        found.setdefault(meeting.group.area_id, []).append(
            ("", meeting.by.name, "", f"{meeting.held_on:%d-%m-%Y}", meeting.place, what, "")
        )
    return found


def _industry(villages: Sequence[Area], _year: int, _on: date) -> Known:
    businesses = (
        Business.objects.filter(area__in=villages, status=ACTIVE)
        .values("area_id", "kind", "kbli_edition", "kbli_code")
        .annotate(number=Count("pk"))
        .order_by("area_id", "kind", "-number", "kbli_code")
    )
    found: Known = {}
    for row in businesses:
        what = kbli_title(row["kbli_edition"], row["kbli_code"]) or "belum diketahui"
        found.setdefault(row["area_id"], []).append(("", str(kind_name(row["kind"])), what, row["number"]))
    return found


def _kaders(villages: Sequence[Area], _year: int, on: date) -> Known:
    found: Known = {}
    held = roles_in_force(on).filter(role=KADER, area__in=villages).select_related("person")
    for role in held.order_by("area_id", "person__name"):
        cells = ("", "", role.person.name, f"{role.starts_on:%d-%m-%Y}", "Kader PKK", *[""] * 6)
        found.setdefault(role.area_id, []).append(cells)
    return found


def _assets(villages: Sequence[Area], _year: int, _on: date) -> Known:
    shops = Business.objects.filter(
        area__in=villages, status=ACTIVE, verification=VERIFIED, kind__in=_SHOP_KINDS
    )
    found: Known = {}
    for shop in shops.prefetch_related("owners").order_by("area_id", "name"):
        owners = ", ".join(owner.name for owner in shop.owners.all())
        cells = ("", shop.name, owners, shop.products_text, str(kind_name(shop.kind)), 1)
        found.setdefault(shop.area_id, []).append(cells)
    return found


_SHOP_KINDS = ("warung",)


def _cooperatives(villages: Sequence[Area], _year: int, on: date) -> Known:
    found: Known = {}
    known = Cooperative.objects.filter(area__in=villages).exclude(founded_on__gt=on)
    for one in known.order_by("area_id", "name"):
        registered = one.legal == Cooperative.REGISTERED
        cells: Row = (
            "",
            one.name,
            one.trade,
            "✓" if registered else "",
            "" if registered else "✓",
            "" if one.men is None else one.men,
            "" if one.women is None else one.women,
        )
        found.setdefault(one.area_id, []).append(cells)
    return found


_KNOWN: dict[str, Callable[[Sequence[Area], int, date], Known]] = {
    "4.11": _money,
    "4.13": _activities,
    "4.14.2c": _industry,
    "4.14.3": _kaders,
    "4.14.4a": _assets,
    "4.14.4c": _cooperatives,
}


def _signatures(area: Area) -> tuple[Signature, ...]:
    held = roles_in_force().filter(area=area, role__in=(PKK_CHAIR, POKJA_II_ROLE)).select_related("person")
    names = {role.role: role.person.name for role in held.order_by("-starts_on")}
    place = f"Desa {area.name}" if area.level == VILLAGE else f"{area.kind.capitalize()} {area.name}"
    return (
        Signature("Mengetahui", f"Ketua TP PKK {place}", names.get(PKK_CHAIR, "")),
        Signature("", f"Ketua Pokja II {place}", names.get(POKJA_II_ROLE, "")),
    )


def areas_of_forms(codes: Sequence[str]) -> list[Area]:
    """The areas somebody works in, each with its villages; everywhere means the home area."""
    found: dict[str, Area] = {}
    for code in codes:
        area = Area.objects.get(code=code or settings.HOME_AREA)
        found[area.code] = area
        if area.level in (DISTRICT, VILLAGE):
            found |= {village.code: village for village in villages_of(area)}
    return list(found.values())
