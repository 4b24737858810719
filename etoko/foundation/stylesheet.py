"""Puts the chapters of the style sheet (`styles/`) together into the one file that pages load.

    python -m etoko.foundation.stylesheet

The result is kept in the repository so that a fresh copy runs without a build; a test holds both in step.
One rule a line: two people who change different rules then do not meet in a merge.
"""

import re
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHAPTERS = HERE / "styles"
SHEET = HERE / "static" / "etoko" / "etoko.css"


def build_stylesheet() -> str:
    """The chapters in order, without comments and spare spaces."""
    css = "\n".join(chapter.read_text() for chapter in sorted(CHAPTERS.glob("*.css")))
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,]) ?", r"\1", css)
    # A space before a colon can be a descendant (`a :hover`), so only the one after it goes.
    css = re.sub(r"([a-z-]): ", r"\1:", css)
    css = css.replace(";}", "}").strip()
    return css.replace("}", "}\n")


if __name__ == "__main__":
    SHEET.write_text(build_stylesheet())
    print(f"{SHEET.relative_to(HERE)}: {SHEET.stat().st_size} bytes")
