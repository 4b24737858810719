"""A photographed QRIS is read; what is none is refused with what was seen."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from etoko.foundation.pictures import UnableToReadPhoto
from etoko.foundation.qrcodes import qris_in
from etoko.foundation.qris import UnableToReadQris
from etoko.foundation.tests.photographed import TWELVE_MEGAPIXELS, photographed, printed
from etoko.foundation.tests.test_qris import code

RAHMA = code(t59="CONTOH RAHMA")
HERMAN = code(t59="CONTOH HERMAN")


@pytest.mark.parametrize("how", [
    {},
    {"turned": 17},
    {"turned": 45},
    {"turned": 180},
    {"exif_turn": 6, "turned": 90},
    {"leaning": 0.2},
    {"leaning": 0.15, "turned": 25},
    {"blurred": 3},
    {"light": 0.12},
    {"light": 0.05},
    {"grain": 120},
    {"light": 0.25, "grain": 60, "turned": 10},
    {"size": TWELVE_MEGAPIXELS, "wide": 1400},
    {"size": TWELVE_MEGAPIXELS, "wide": 240, "turned": 33},
    {"size": TWELVE_MEGAPIXELS, "wide": 800, "turned": 12, "leaning": 0.1, "blurred": 3, "light": 0.3},
    {"size": (8000, 6000), "wide": 1200},
    {"size": (240, 240), "wide": 130},
    {"kind": "PNG"},
    {"kind": "WEBP"},
], ids=str)  # fmt: skip
def test_reads_a_photographed_code(how: dict[str, Any]) -> None:
    assert qris_in(photographed(RAHMA, **how)).payload == RAHMA


def saved(picture: Image.Image, kind: str = "PNG") -> BytesIO:
    out = BytesIO()
    picture.save(out, kind)
    return out


def test_reads_white_on_black_and_on_a_transparent_ground() -> None:
    paper = printed(RAHMA).convert("L")
    assert qris_in(saved(paper.point(lambda value: 255 - value))).payload == RAHMA
    ink = Image.new("RGBA", paper.size, (0, 0, 0, 0))
    ink.paste((0, 0, 0, 255), mask=paper.point(lambda value: 255 - value))
    assert qris_in(saved(ink)).payload == RAHMA


def test_takes_the_qris_among_other_codes_and_the_same_one_twice() -> None:
    assert qris_in(photographed("https://bank.example/", RAHMA, RAHMA, wide=400)).payload == RAHMA


def test_two_different_codes_are_not_chosen_between() -> None:
    with pytest.raises(UnableToReadQris, match=r"2 QRIS yang berbeda: CONTOH (RAHMA|HERMAN), CONTOH"):
        qris_in(photographed(RAHMA, HERMAN))


def test_a_broken_code_tells_its_reason_before_the_web_address_beside_it() -> None:
    with pytest.raises(UnableToReadQris, match="rusak atau pernah diubah"):
        qris_in(photographed("https://bank.example/", RAHMA.replace("RAHMA", "TIPUU")))


@pytest.mark.parametrize(("text", "said"), [
    ("https://wa.me/6281210000001", "melainkan alamat web"),
    ("Kerupuk Bu Rahma", "Kodenya bukan QRIS. Isinya: “Kerupuk Bu Rahma”"),
    (code(t58="TH", t53="764"), "bukan QRIS Indonesia"),
])  # fmt: skip
def test_says_what_it_saw_instead(text: str, said: str) -> None:
    with pytest.raises(UnableToReadQris) as refused:
        qris_in(photographed(text))
    assert said in refused.value.sentence


def test_says_that_there_is_no_code() -> None:
    with pytest.raises(UnableToReadQris, match="Tidak terlihat kode QR"):
        qris_in(photographed(size=TWELVE_MEGAPIXELS))


def test_says_that_a_code_is_there_but_covered() -> None:
    paper = printed(RAHMA, wide=600)
    paper.paste((90, 90, 90), (250, 250, 600, 440))
    with pytest.raises(UnableToReadQris, match="terlalu buram atau terpotong"):
        qris_in(saved(paper))


@pytest.mark.parametrize(("sent", "said"), [
    (b"", "kosong"),
    (b"%PDF-1.4", "bukan foto yang bisa dibaca"),
    (photographed(RAHMA).getvalue()[:20_000], "tidak utuh"),
    (saved(Image.new("L", (9000, 9000))).getvalue(), "terlalu besar"),
])  # fmt: skip
def test_refuses_what_is_no_picture_or_a_bomb(sent: bytes, said: str) -> None:
    with pytest.raises(UnableToReadPhoto, match=said):
        qris_in(BytesIO(sent))
