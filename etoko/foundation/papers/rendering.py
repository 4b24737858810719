import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst
from django.http import HttpResponse
from django.utils.translation import get_language

ROOT = Path(__file__).resolve().parent.parent.parent
"""The package `etoko/`: what a template imports by "/…"."""


def render_paper(template: str, facts: Mapping[str, Any]) -> bytes:
    """A PDF, tagged and the same for the same facts. `template` is a path below `etoko/`
    ("payments/papers/kwitansi.typ"); `facts` must go into JSON. Some ten milliseconds."""
    made = typst.compile(
        ROOT / template,
        root=ROOT,
        font_paths=_fonts(),
        sys_inputs={"facts": json.dumps({"language": (get_language() or "id")[:2], **facts})},
        timestamp=0,
        format="pdf",
    )
    assert isinstance(made, bytes)
    return made


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """`name` is the name of the file without its ending; the browser shows it and may keep it."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@functools.cache
def _fonts() -> typst.Fonts:
    """Typst's own: a paper looks alike on every machine."""
    return typst.Fonts(include_system_fonts=False)
