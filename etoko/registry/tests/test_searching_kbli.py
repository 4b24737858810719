import pytest

from etoko.registry.kbli import EDITIONS, editions_of, kbli_title, search_kbli
from etoko.registry.kbli_editions import GONE, LIKELY, MOVED, SAME, counterpart


@pytest.mark.parametrize(
    ("said", "edition", "code"),
    [
        ("bikin kerupuk", 2020, "10794"),
        ("krupukk", 2025, "10794"),
        ("topi bambu", 2020, "16291"),
        ("batik", 2020, "13134"),
        ("batik", 2025, "13133"),
        ("bikin tempe", 2020, "10391"),
        ("bikin tempe", 2025, "10307"),
        ("warung sembako", 2020, "47112"),
        ("warung nasi", 2020, "56102"),
        ("bengkel motor", 2020, "45407"),
        ("jahit baju", 2020, "14120"),
        ("jual baju", 2020, "47711"),
        ("bikin keripik singkong", 2020, "10794"),
        ("jual keripik", 2020, "47249"),
        ("bikin kue kering", 2025, "10710"),
        ("kue basah", 2020, "10792"),
        ("bikin roti", 2020, "10710"),
        ("bikin tahu", 2020, "10392"),
        ("bikin tahu", 2025, "10308"),
        ("bikin sambal", 2020, "10772"),
        ("bikin emping", 2020, "10794"),
        ("bikin mie", 2020, "10740"),
        ("kopi bubuk", 2020, "10761"),
        ("gula aren", 2025, "10722"),
        ("bikin jamu", 2020, "21022"),
        ("jualan es teh", 2020, "56304"),
        ("warung kopi", 2025, "56304"),
        ("nasi uduk", 2025, "56102"),
        ("katering", 2020, "56290"),
        ("warung kelontong", 2025, "47112"),
        ("jual sayur", 2020, "47213"),
        ("jual ikan", 2020, "47215"),
        ("jual pulsa", 2025, "61201"),
        ("jual gas", 2025, "47772"),
        ("jual beras", 2020, "47241"),
        ("anyaman bambu", 2025, "16291"),
        ("mebel kayu", 2025, "31011"),
        ("bikin batu bata", 2025, "23921"),
        ("las pagar", 2020, "25111"),
        ("bengkel motor", 2025, "95320"),
        ("servis hp", 2020, "95120"),
        ("laundry", 2025, "96100"),
        ("potong rambut", 2025, "96210"),
        ("rias pengantin", 2025, "96220"),
        ("sewa tenda", 2020, "77291"),
        ("ternak ayam", 2020, "01464"),
        ("ternak kambing", 2020, "01442"),
        ("tanam cabai", 2025, "01138"),
        ("budidaya jamur", 2020, "01136"),
        ("ikan asin", 2020, "10211"),
        ("telur asin", 2020, "10799"),
        ("bikin abon", 2020, "10130"),
        ("pijat", 2025, "86995"),
        ("bimbel", 2020, "85495"),
        ("ojek", 2025, "49296"),
        ("isi ulang galon", 2025, "11052"),
    ],
)
def test_finds_the_code_for_what_a_person_says(said: str, edition: int, code: str) -> None:
    assert search_kbli(said, edition=edition)[0].code == code


def test_finds_by_the_beginning_of_a_code_in_both_editions() -> None:
    found = search_kbli("10794")
    assert [(entry.edition, entry.code) for entry in found] == [(2020, "10794"), (2025, "10794")]


def test_says_nothing_to_words_that_mean_nothing() -> None:
    assert search_kbli("") == []
    assert search_kbli("xyzzy") == []
    assert search_kbli("<script>") == []


def test_knows_that_a_code_lives_in_one_edition_or_in_both() -> None:
    assert editions_of("10794") == [2020, 2025]
    assert editions_of("13134") == [2020]
    assert editions_of("10307") == [2025]
    assert editions_of("00000") == []


def test_the_same_code_may_mean_another_thing_in_the_other_edition() -> None:
    assert kbli_title(2020, "10772") == "Industri Bumbu Masak Dan Penyedap Masakan"
    assert kbli_title(2025, "10772") == "Industri garam konsumsi beryodium"
    assert kbli_title(None, "10794") == ""


def test_every_phrase_of_the_dictionary_leads_to_a_code_of_each_edition() -> None:
    from etoko.registry.kbli import _phrases

    for said, codes in _phrases().items():
        for edition, code in zip(EDITIONS, codes, strict=True):
            assert kbli_title(edition, code), f"{said}: {code} is not in KBLI {edition}"


@pytest.mark.parametrize(
    ("edition", "code", "how", "other"),
    [
        (2020, "10794", SAME, "10794"),
        (2025, "10794", SAME, "10794"),
        (2020, "13134", LIKELY, "13133"),
        (2020, "10391", MOVED, "10307"),
        (2025, "10307", MOVED, "10391"),
        (2020, "56304", SAME, "56304"),
        (2020, "96200", GONE, ""),
        (2020, "00000", GONE, ""),
    ],
)
def test_says_what_became_of_a_code(edition: int, code: str, how: str, other: str) -> None:
    found = counterpart(edition, code)
    assert found.how == how
    assert [entry.code for entry in found.codes][:1] == ([other] if other else [])


def test_a_title_much_alike_is_only_a_proposal() -> None:
    found = counterpart(2020, "10211")
    assert found.how in (LIKELY, GONE)
    assert all(entry.edition == 2025 for entry in found.codes)
