import pytest

from etoko.registry.kbli import editions_of, kbli_title, search_kbli


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
