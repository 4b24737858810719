"""How words of the public directory are folded, so that spellings that sound alike are one word."""

import re
import unicodedata

MOST_WORD = 40


def fold_word(word: str) -> str:
    """ "Krupukk" → "kerupuk", "tjobek" → "cobek": what old spelling and quick thumbs do to words."""
    folded = re.sub(r"(.)\1+", r"\1", word)
    folded = folded.replace("oe", "u").replace("dj", "j").replace("tj", "c").replace("sy", "s")
    folded = folded.replace("v", "f").replace("f", "p").replace("q", "k").replace("x", "ks").replace("z", "j")
    return re.sub(r"^([kbstpcjdg])([rl])(?=[aeiou])", r"\1e\2", folded)[:MOST_WORD]


def words_of(text: str) -> list[str]:
    """The folded words of a text, each once, in order; single letters are left out."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = [fold_word(word) for word in re.findall(r"[a-z0-9]+", plain)]
    return list(dict.fromkeys(word for word in words if len(word) > 1))
