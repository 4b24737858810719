from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from etoko.catalog.tests.stall import business, draft_shop, open_shop, product

__all__ = ["business", "draft_shop", "open_shop", "product"]


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path / "media"
    yield
