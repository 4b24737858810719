import pytest

from etoko.registry.kinds import KINDS, kind_name, recognise_kind


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Makanan", "makanan"),
        ("KERUPUK", "makanan"),
        ("bikin krupukk", "makanan"),
        ("Kulier", "kuliner"),
        ("Kulener", "kuliner"),
        ("warung nasi Bu Ani", "kuliner"),
        ("Perdangan", "warung"),
        ("Toko Sembako", "warung"),
        ("Warung", "warung"),
        ("topi anyaman bambu", "anyaman"),
        ("Kerajinan tangan", "kerajinan"),
        ("jasa jahit", "konveksi"),
        ("Batik tulis", "batik"),
        ("Jasa service motor", "bengkel"),
        ("Jasa (Barbershop)", "kecantikan"),
        ("jasa", "jasa"),
        ("AGRIBISNIS", "pertanian"),
        ("ternak lele", "perikanan"),
        ("ANEKA OLAHAN IKAN", "perikanan"),
        ("depot air isi ulang", "minuman"),
    ],
)
def test_recognises_what_registers_write(text: str, slug: str) -> None:
    assert recognise_kind(text) == slug


@pytest.mark.parametrize("text", ["", " - ", "NULL", "Usaha Mikro", "85643374517", "Sulastri", "🙂"])
def test_says_unknown_rather_than_guess(text: str) -> None:
    assert recognise_kind(text) == "unknown"


def test_a_strong_word_wins_over_a_weak_one_wherever_it_stands() -> None:
    assert recognise_kind("toko jual batik") == "batik"
    assert recognise_kind("warung yang juga menjahit") == "konveksi"


def test_of_equal_words_the_first_wins() -> None:
    assert recognise_kind("keripik dan bengkel") == "makanan"
    assert recognise_kind("bengkel dan keripik") == "bengkel"


def test_every_kind_is_found_by_its_own_phrases_and_words() -> None:
    seen: set[str] = set()
    for kind in KINDS:
        for text in [phrase.strip() for phrase in kind.phrases.split(",")] + kind.words.split():
            # A word may stand under two kinds; the first of them owns it.
            if text and text not in seen:
                seen.add(text)
                assert recognise_kind(text) == kind.slug, text


def test_a_kind_that_is_not_known_has_a_word_of_its_own() -> None:
    assert str(kind_name("unknown")) == "Tidak diketahui"
    assert str(kind_name("anyaman")) == "Anyaman"
