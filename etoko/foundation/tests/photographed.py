"""Photos as phones take them, made for tests: a printed code on a table, askew, dim, blurred, grainy."""

from io import BytesIO

import segno
from PIL import Image, ImageEnhance, ImageFilter

TWELVE_MEGAPIXELS = (4000, 3000)


def printed(text: str, *, wide: int = 600) -> Image.Image:
    """A code on white paper, `wide` pixels wide with its quiet zone."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=8, border=4)
    return Image.open(out).convert("RGB").resize((wide, wide), Image.Resampling.LANCZOS)


def photographed(
    *texts: str,
    size: tuple[int, int] = (1600, 1200),
    wide: int = 600,
    turned: float = 0,
    leaning: float = 0,
    blurred: float = 0,
    light: float = 1,
    grain: float = 0,
    exif_turn: int = 1,
    kind: str = "JPEG",
) -> BytesIO:
    """The codes side by side on a table. `leaning` is how much narrower the far edge looks (0.2: a fifth)."""
    table = Image.effect_noise((size[0] // 8, size[1] // 8), 40).resize(size).convert("RGB")
    table = Image.blend(Image.new("RGB", size, (170, 140, 110)), table, 0.3)
    for place, text in enumerate(texts):
        paper = _leaning(printed(text, wide=wide).convert("RGBA"), leaning)
        paper = paper.rotate(turned, expand=True, resample=Image.Resampling.BICUBIC)
        middle = size[0] * (2 * place + 1) // (2 * len(texts))
        table.paste(paper, (middle - paper.width // 2, (size[1] - paper.height) // 2), paper)
    picture = ImageEnhance.Brightness(table.filter(ImageFilter.GaussianBlur(blurred))).enhance(light)
    if grain:
        picture = Image.blend(picture, Image.effect_noise(size, grain).convert("RGB"), 0.25)
    exif = Image.Exif()
    exif[0x0112] = exif_turn
    out = BytesIO()
    picture.save(out, kind, quality=75, exif=exif)
    out.seek(0)
    return out


def _leaning(paper: Image.Image, leaning: float) -> Image.Image:
    if not leaning:
        return paper
    # Seen from below: the upper edge is shorter by `leaning`, the lower one as long as it was.
    side, near = paper.width, 1 / (1 - leaning)
    half = leaning / 2 * near
    return paper.transform(
        (side, side),
        Image.Transform.PERSPECTIVE,
        (near, half, -side * half, 0, near, 0, 0, leaning * near / side),
        Image.Resampling.BICUBIC,
    )
