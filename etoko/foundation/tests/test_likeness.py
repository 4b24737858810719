"""The same picture sent again is noticed; another one with the same layout is another."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from etoko.foundation.likeness import ALIKE_FROM_AFAR, bits_apart, fingerprint, share_that_differs


def sheet(*lines: str) -> Image.Image:
    picture = Image.new("RGB", (720, 1280), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 720, 300), fill="#00529c")
    for place, line in enumerate(lines):
        draw.text((60, 400 + 90 * place), line, fill="black", font_size=36)
    return picture


FIRST = sheet("Rp29.873", "24 Nov 2026 10:15", "KERUPUK RAHMA", "Ref 9912 4471 0035")


def saved_anew(picture: Image.Image, quality: int) -> Image.Image:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return Image.open(out)


def with_clock(picture: Image.Image) -> Image.Image:
    changed = picture.copy()
    ImageDraw.Draw(changed).text((20, 10), "10:16", fill="white", font_size=26)
    return changed


@pytest.mark.parametrize(
    "again",
    [
        saved_anew(FIRST, 30),
        FIRST.resize((360, 640)),
        saved_anew(FIRST.resize((591, 1051)), 50),
        with_clock(FIRST),
    ],
    ids=["saved badly", "half as large", "through WhatsApp", "another clock"],
)
def test_the_same_picture(again: Image.Image) -> None:
    assert bits_apart(fingerprint(FIRST), fingerprint(again)) <= ALIKE_FROM_AFAR
    assert share_that_differs(FIRST, again) <= 0.05


@pytest.mark.parametrize(
    "other",
    [
        sheet("Rp1.250.000", "25 Nov 2026 19:05", "KERUPUK RAHMA", "Ref 1180 2265 7719"),
        sheet("Rp15.000", "20 Nov 2026 08:41", "TOPI BAMBU HERMAN", "Ref 5502 0013 4488"),
        FIRST.crop((0, 100, 720, 1280)),
        Image.new("RGB", (720, 1280), "grey"),
    ],
    ids=["another payment", "to somebody else", "cut off", "nothing"],
)
def test_another_picture(other: Image.Image) -> None:
    assert share_that_differs(FIRST, other) > 0.05


def test_a_fingerprint_is_sixteen_digits_and_has_a_distance() -> None:
    mark = fingerprint(FIRST)
    assert len(mark) == 16 and bits_apart(mark, mark) == 0
    assert bits_apart("0" * 16, "f" * 16) == 64
    assert bits_apart(mark, fingerprint(FIRST.rotate(180))) > ALIKE_FROM_AFAR
