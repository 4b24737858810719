import pytest

from etoko.places.addresses import GUESS, SURE, parse_address, read_rt_rw
from etoko.places.finding import ALIAS, EXACT, SPELLING, Gazetteer, find_area
from etoko.places.models import DISTRICT, PROVINCE, REGENCY
from etoko.places.operations.loading import load_areas

JAMBE = "36.03.04"


@pytest.fixture
def banten(db: None) -> Gazetteer:
    load_areas(inside=["36"])
    return Gazetteer.around(JAMBE)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Rancabuaya", "Ranca Buaya"),
        ("tipar raya", "Tipar Raya"),
        ("Ancolpasir", "Ancol Pasir"),
        ("mekar sari", "Mekarsari"),
        ("DESA PASIR-BARAT", "Pasir Barat"),
        ("Ds. Taban", "Taban"),
        ("Antjolpasir", "Ancol Pasir"),
    ],
)
def test_a_village_is_found_in_every_spelling(banten: Gazetteer, written: str, name: str) -> None:
    found = banten.find(written, within=JAMBE)
    assert found.area is not None
    assert found.area.name == name


def test_how_it_was_found_is_said(banten: Gazetteer) -> None:
    assert banten.find("Taban", within=JAMBE).how == EXACT
    assert banten.find("Ranca Buaja", within=JAMBE).how == ALIAS
    assert banten.find("Soekamanah", within=JAMBE).how == SPELLING


def test_a_misspelt_village_is_suggested_and_never_taken(banten: Gazetteer) -> None:
    found = banten.find("Kutrok", within=JAMBE)
    assert found.area is None
    assert found.suggestions[0].code == "36.03.04.2006"


def test_the_subdistrict_s_own_villages_are_suggested_first(banten: Gazetteer) -> None:
    found = banten.find("Mekarsary", within=JAMBE)
    assert found.suggestions[0].code == "36.03.04.2008"
    assert all(row.code.startswith("36") for row in found.suggestions)


def test_a_village_of_another_subdistrict_is_named_as_such(banten: Gazetteer) -> None:
    found = banten.find("Cangkudu", within=JAMBE)
    assert found.area is None
    assert found.elsewhere is not None
    assert found.elsewhere.code == "36.03.01.2003"


def test_a_name_that_two_areas_bear_is_not_chosen_between(banten: Gazetteer) -> None:
    found = banten.find("Tangerang", levels=(REGENCY,))
    assert found.area is None
    assert {row.code for row in found.suggestions} == {"36.03", "36.71"}
    kota = banten.find("Kota Tangerang", levels=(REGENCY,)).area
    assert kota is not None
    assert kota.code == "36.71"


def test_provinces_are_found_as_people_call_them(banten: Gazetteer) -> None:
    codes = [
        getattr(banten.find(name, levels=(PROVINCE,)).area, "code", "")
        for name in ("Daerah Istimewa Yogjakarta", "jawa tengah", "DKI", "East Java", "Prov. Banten")
    ]
    assert codes == ["34", "33", "31", "35", "36"]


def test_one_question_needs_no_gazetteer(banten: Gazetteer) -> None:
    found = find_area("Kec. Jambe", within="36.03", levels=(DISTRICT,))
    assert found.area is not None
    assert found.area.full_name == "Kecamatan Jambe"


@pytest.mark.parametrize(
    "written",
    [
        "RT 7 RW. 1",
        "RT 07/RW 01",
        "RT. 07 / RW. 01",
        "RT/RW : 7/1",
        "RT/RW.7/1",
        "RT.007 RW.001",
        "Rt.:07/Rw:01",
        "rt 7/1",
        "RT07/RW I",
        "R.T. 07 R.W. 01",
        "RT No.07 RW No. 1",
        "RT/RT 7/1",
    ],
)
def test_rt_and_rw_are_read_in_twelve_spellings(written: str) -> None:
    assert read_rt_rw(f"Jl. Raya {written}, Taban")[:2] == ("007", "001")


def test_an_address_is_taken_apart(banten: Gazetteer) -> None:
    address = parse_address(
        "Kp Jambe RT 01/02 (depan masjid Al Ikhlas) Desa Ancolpasir Kec. Jambe Kab. Tangerang 15720",
        places=banten,
        within=JAMBE,
    )
    assert address.village is not None
    assert (address.village.name, address.confidence) == ("Ancol Pasir", SURE)
    assert (address.street, address.rt, address.rw) == ("Kp Jambe", "001", "002")
    assert (address.landmark, address.postal_code) == ("depan masjid Al Ikhlas", "15720")
    assert [area.code for area in address.around] == ["36.03", "36.03.04"]


def test_a_kampung_that_bears_a_village_s_name_is_only_a_guess(banten: Gazetteer) -> None:
    address = parse_address("Kp. Pasir Barat RT.003 RW.001", places=banten, within=JAMBE)
    assert address.village is not None
    assert (address.village.name, address.confidence) == ("Pasir Barat", GUESS)


def test_a_village_and_its_subdistrict_without_signs_are_told_apart(banten: Gazetteer) -> None:
    address = parse_address("Jl. Raya, Taban, Jambe", places=banten, within="36.03")
    assert address.village is not None
    assert address.village.code == "36.03.04.2004"
    assert address.street == "Jl. Raya"


def test_an_unknown_village_is_reported_with_what_it_may_be(banten: Gazetteer) -> None:
    address = parse_address("Desa Kutrok, Kec. Jambe", places=banten, within=JAMBE)
    assert address.village is None
    assert address.claimed_village == "Kutrok"
    assert address.suggestions[0].name == "Kutruk"
