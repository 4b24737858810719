"""Icons of the `lucide` package, set inside the page: no request, and they take the colour of the text."""

import re
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from zipfile import ZipFile

from markupsafe import Markup

# Lucide carries no brand marks. People look for "the green one with the telephone", so a speech bubble
# with a handset, put together from two Lucide drawings, stands for WhatsApp.
OWN = {
    "whatsapp": (
        '<path d="M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 '
        '1.099.092 10 10 0 1 0-4.777-4.719"/>'
        '<path d="M13 13.3a.5.5 0 0 0 .6-.15l.2-.25a1 1 0 0 1 .8-.4H16a1 1 0 0 1 1 1V15a1 1 0 0 1-1 1 '
        "9 9 0 0 1-8-8 1 1 0 0 1 1-1h1.5a1 1 0 0 1 1 1v1.4a1 1 0 0 1-.4.8l-.25.2a.5.5 0 0 0-.13.6"
        'A7 7 0 0 0 13 13.3"/>'
    ),
}


class UnknownIcon(LookupError):
    """A template asks for an icon that Lucide does not have: a slip of the author, to be seen at once."""


@lru_cache(maxsize=1024)
def icon(name: str, size: int | None = None, label: str = "", class_: str = "") -> Markup:
    """An icon as SVG; decoration unless a label is given, because icons always stand beside words."""
    classes = f"icon {class_}".strip()
    attributes = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    measure = Markup(' width="{0}" height="{0}"').format(size) if size else Markup("")
    return Markup('<svg class="{}" {} viewBox="0 0 24 24"{}>{}</svg>').format(
        classes, attributes, measure, _strokes(name)
    )


@lru_cache(maxsize=1)
def _archive() -> ZipFile:
    return ZipFile(BytesIO(resources.files("lucide").joinpath("lucide.zip").read_bytes()))


@cache
def _strokes(name: str) -> Markup:
    if name in OWN:
        return Markup(OWN[name])
    try:
        drawing = _archive().read(f"{name}.svg").decode()
    except KeyError:
        raise UnknownIcon(name) from None
    inside = re.sub(r"^.*?<svg[^>]*>|</svg>\s*$", "", drawing, flags=re.DOTALL)
    tight = re.sub(r"\s*/>", "/>", re.sub(r">\s+<", "><", " ".join(inside.split())))
    return Markup(tight.strip())
