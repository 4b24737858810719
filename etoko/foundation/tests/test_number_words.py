"""Numbers in words are read back by a reader that knows nothing of the writer."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from etoko.foundation.number_words import MOST, number_in_words, rupiah_in_words

DIGITS = "nol satu dua tiga empat lima enam tujuh delapan sembilan".split()
SIZES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def read_back(words: str) -> int:
    """Goes through the words from left to right with what it has heard so far."""
    total = group = digit = 0
    for said in words.split():
        one_of = {"sepuluh": "puluh", "sebelas": "belas", "seratus": "ratus", "seribu": "ribu"}.get(said)
        word, digit = (one_of, 1) if one_of else (said, digit)
        if word in DIGITS:
            digit = DIGITS.index(word)
        elif word in SIZES:
            total, group, digit = total + (group + digit) * SIZES[word], 0, 0
        else:
            group += {"belas": 10 + digit, "puluh": digit * 10, "ratus": digit * 100}[word]
            digit = 0
    return total + group + digit


@given(st.integers(0, 10**15) | st.integers(0, 2_000) | st.integers(0, MOST))
@example(10**15)
@example(1_001_000)
def test_what_is_written_is_read_back(number: int) -> None:
    assert read_back(number_in_words(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (2_011, "dua ribu sebelas"),
        (21_500, "dua puluh satu ribu lima ratus"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (10**9, "satu miliar"),
        (10**15, "satu kuadriliun"),
    ],
)
def test_as_people_say_it(number: int, words: str) -> None:
    assert number_in_words(number) == words


@given(st.integers(0, 10**15))
def test_nobody_says_one_hundred_or_one_thousand(number: int) -> None:
    words = f" {number_in_words(number)} "
    for wrong in ("satu belas", "satu puluh", "satu ratus", "nol "):
        assert wrong not in words or number == 0
    assert " satu ribu " not in words.replace("puluh satu ribu", "").replace("ratus satu ribu", "")


@pytest.mark.parametrize("number", [-1, MOST + 1])
def test_what_has_no_words_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        number_in_words(number)


def test_on_a_receipt() -> None:
    assert rupiah_in_words(15_000) == "Lima belas ribu rupiah"
