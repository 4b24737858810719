"""A paper is a tagged PDF, alike for the same facts, from nothing but typst's own fonts."""

from pathlib import Path

import pytest
from typst import TypstError

from etoko.foundation.papers import pdf_response, render_paper, rendering
from etoko.foundation.qrdrawings import qr_svg

TEMPLATE = """#import "/foundation/papers/style.typ": *
#show: paper.with(size: "a5")
#letterhead("Nota", "N-1", day: "24 November 2026")
#pairs((("Untuk", facts.buyer),))
#lines(("Barang", "Jumlah"), facts.rows, right: (1,))
#sums((("Ongkir", "Rp0"), ("Jumlah", "Rp15.000")))
#qr(facts.qr, said: "QR")
#signature("Jambe", facts.shop)
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    (tmp_path / "foundation").symlink_to(rendering.ROOT / "foundation")
    (tmp_path / "nota.typ").write_text(TEMPLATE)
    monkeypatch.setattr(rendering, "ROOT", tmp_path)
    return "nota.typ"


def facts(buyer: str = "Siti") -> dict[str, object]:
    return {
        "title": "Nota N-1",
        "shop": "Kerupuk Bu Rahma",
        "shop_lines": ["Desa Taban"],
        "buyer": buyer,
        "rows": [["Kerupuk Kulit", "Rp15.000"]] * 60,
        "qr": qr_svg("https://toko.example/", title="QR"),
    }


def test_the_same_facts_make_the_same_paper(template: str) -> None:
    first, second = render_paper(template, facts()), render_paper(template, facts())
    assert first.startswith(b"%PDF") and first == second
    assert b"/StructTreeRoot" in first
    assert render_paper(template, facts("Ani")) != first


def test_what_people_typed_is_text_and_never_a_command(template: str) -> None:
    """Names with the signs of typst, and a way out of the folder, are only shown."""
    assert render_paper(template, facts('#read("/etc/passwd") $x$ *b* \\ "')).startswith(b"%PDF")


def test_a_template_that_reads_outside_is_refused(template: str, tmp_path: Path) -> None:
    (tmp_path / "nota.typ").write_text('#read("/../../../../etc/passwd")')
    with pytest.raises(TypstError):
        render_paper(template, facts())


def test_it_is_answered_as_a_file() -> None:
    response = pdf_response(b"%PDF", "nota-K7M-2QX")
    assert response["Content-Type"] == "application/pdf"
    assert "nota-K7M-2QX.pdf" in response["Content-Disposition"]
