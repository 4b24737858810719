"""Whether two pictures are the same one, sent again: smaller, saved anew, with another clock at its top.

Two steps, because screenshots of one bank app all have the same layout: a fingerprint (difference hash) finds
pictures that look alike from afar; `share_that_differs` then looks at the letters. Measured on receipts:
the same one saved anew 0.00–0.01, another payment in the same app from 0.1 on (docs/decisions/proofs.md).
"""

from PIL import Image, ImageChops, ImageFilter

SIDE = 8
ALIKE_FROM_AFAR = 8
"""Bits of 64 that may differ."""
_WIDTH = 360
_BLOCK = 12
_INK, _OTHER = 40, 28


def fingerprint(image: Image.Image) -> str:
    """64 bits in sixteen hexadecimal digits: for each of 8 × 8 places, whether it is lighter to the left."""
    small = image.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.LANCZOS, reducing_gap=3.0).tobytes()
    bits = 0
    for row in range(SIDE):
        for column in range(SIDE):
            at = row * (SIDE + 1) + column
            bits = bits << 1 | (small[at] > small[at + 1])
    return f"{bits:016x}"


def bits_apart(one: str, other: str) -> int:
    return (int(one, 16) ^ int(other, 16)).bit_count()


def share_that_differs(one: Image.Image, other: Image.Image) -> float:
    """Of the places where something is written or drawn, how many are not the same: 0 to 1."""
    first, second = _in_grey(one), _in_grey(other)
    if abs(first.height - second.height) > first.height * 0.02:
        return 1.0
    second = second.resize(first.size)
    blocks = (max(1, first.width // _BLOCK), max(1, first.height // _BLOCK))
    differing = ImageChops.difference(first, second).resize(blocks, Image.Resampling.BOX).tobytes()
    written = ImageChops.lighter(_edges(first), _edges(second)).resize(blocks, Image.Resampling.BOX).tobytes()
    places = sum(value > _INK for value in written)
    return min(1.0, sum(value > _OTHER for value in differing) / max(1, places))


def _in_grey(image: Image.Image) -> Image.Image:
    height = max(1, round(image.height * _WIDTH / image.width))
    return image.convert("L").resize((_WIDTH, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _edges(grey: Image.Image) -> Image.Image:
    return ImageChops.difference(grey.filter(ImageFilter.MaxFilter(5)), grey.filter(ImageFilter.MinFilter(5)))
