"""Where the browser for the journey tests is, and what to say when there is none."""

import os
import shutil

# Draws the same pages for half the work; what Chromium has around its pages it lacks: news from afar.
SHELL = "chromium-headless-shell"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium(*, with_push: bool = False) -> str | None:
    """ETOKO_CHROMIUM, or the first Chromium on the path; the shell before all others where it suffices."""
    chosen = os.environ.get("ETOKO_CHROMIUM", "")
    if chosen and not (with_push and chosen.endswith(SHELL)):
        return shutil.which(chosen)
    names = CHROMIUM_NAMES if with_push else (SHELL, *CHROMIUM_NAMES)
    return next((found for name in names if (found := shutil.which(name))), None)


def journeys_are_required() -> bool:
    return os.environ.get("ETOKO_JOURNEYS") == "required"


def loud_warning() -> str:
    lines = (
        "THE JOURNEYS WERE NOT TESTED: no Chromium was found, so every test in a real browser was skipped.",
        "Install one (Debian: apt install chromium chromium-headless-shell) or name it in ETOKO_CHROMIUM.",
    )
    return "\n".join(("!" * 100, *(f"!!  {line}" for line in lines), "!" * 100))
