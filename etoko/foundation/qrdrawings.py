"""QR codes drawn: in the page as SVG, to be kept as PNG. Dark on white in both colour schemes, or no
phone reads them."""

from io import BytesIO
from typing import Any

from markupsafe import Markup

_DARK = "#1e2a24"


def qr_svg(text: str, *, title: str = "") -> Markup:
    """For a page; it grows with the box it stands in. `title` is what a screen reader says."""
    drawing = _code(text).svg_inline(
        scale=4, border=2, dark=_DARK, light="#ffffff", omitsize=True, title=title or None
    )
    return Markup(drawing)


def qr_png(text: str) -> bytes:
    """For the gallery of a phone: some 600 pixels wide, with the quiet zone that banks' readers want."""
    out = BytesIO()
    code = _code(text)
    code.save(out, kind="png", scale=max(4, 640 // code.symbol_size()[0]), border=4)
    return out.getvalue()


def _code(text: str) -> Any:
    import segno  # only who draws one loads it: 30 ms of the start of a worker

    return segno.make(text, error="m", micro=False)
