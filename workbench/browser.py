"""Where the browser for the journey tests is, and what to say when there is none."""

import os
import shutil

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """ETOKO_CHROMIUM, or the first Chromium on the path."""
    if chosen := os.environ.get("ETOKO_CHROMIUM"):
        return shutil.which(chosen)
    return next((found for name in CHROMIUM_NAMES if (found := shutil.which(name))), None)


def journeys_are_required() -> bool:
    return os.environ.get("ETOKO_JOURNEYS") == "required"


def loud_warning() -> str:
    lines = (
        "THE JOURNEYS WERE NOT TESTED: no Chromium was found, so every test in a real browser was skipped.",
        "Install one (Debian: apt install chromium) or name it in ETOKO_CHROMIUM, and test again.",
    )
    return "\n".join(("!" * 100, *(f"!!  {line}" for line in lines), "!" * 100))
