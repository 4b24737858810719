"""Files that are written whole or not at all."""

import os
from collections.abc import Iterable
from pathlib import Path


def write_aside(path: Path, chunks: Iterable[bytes]) -> None:
    """Aside and renamed: a disk that fills half way leaves no half file, and not the loss of an old one.
    Raises OSError."""
    if path.exists() and not path.is_file():
        with path.open("wb") as file:  # a device or a pipe
            file.writelines(chunks)
        return
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with aside.open("wb") as file:
            file.writelines(chunks)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
