"""Numbers as Indonesians say them, for receipts ("terbilang")."""

_ONES = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
_SIZES = ((10**15, "kuadriliun"), (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1_000, "ribu"))
MOST = 10**18 - 1


def number_in_words(number: int) -> str:
    """21500 → "dua puluh satu ribu lima ratus". From nought to MOST; ValueError outside.

    Spelled as KBBI does: sebelas, belas, puluh, seratus, seribu, but satu juta.
    """
    if not 0 <= number <= MOST:
        raise ValueError(f"{number} has no words here")
    if number < 1_000:
        return _below_thousand(number)
    words: list[str] = []
    for size, word in _SIZES:
        many, number = divmod(number, size)
        if many == 1 and word == "ribu":
            words.append("seribu")
        elif many:
            words += [_below_thousand(many), word]
    if number:
        words.append(_below_thousand(number))
    return " ".join(words)


def rupiah_in_words(amount_rp: int) -> str:
    """15000 → "Lima belas ribu rupiah", as it stands on a kwitansi."""
    return f"{number_in_words(amount_rp)} rupiah".capitalize()


def _below_thousand(number: int) -> str:
    if number < 12:
        return _ONES[number]
    if number < 20:
        return f"{_ONES[number - 10]} belas"
    if number < 100:
        return _joined(f"{_ONES[number // 10]} puluh", number % 10)
    hundreds = "seratus" if number < 200 else f"{_ONES[number // 100]} ratus"
    return _joined(hundreds, number % 100)


def _joined(words: str, rest: int) -> str:
    return f"{words} {_below_thousand(rest)}" if rest else words
