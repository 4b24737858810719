"""Tables on their way to somebody's browser, without ever being whole in memory."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from django.http import HttpResponseBase, StreamingHttpResponse

from etoko.foundation.long_reads import long_read

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_AT_ONCE = 1 << 14


def send_chunks(chunks: Iterable[bytes], *, name: str) -> HttpResponseBase:
    """The end of the name says what it is."""
    return _named(StreamingHttpResponse(_blocks(chunks), content_type=_type(name)), name)


def send_written(write: Callable[[IO[bytes]], None], *, name: str) -> HttpResponseBase:
    """For what can only be written whole: on disk first, in a file that nobody else sees."""
    return send_chunks(written(write), name=name)


def written(write: Callable[[IO[bytes]], None]) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as file:
        write(file)
        file.seek(0)
        yield from iter(lambda: file.read(_AT_ONCE), b"")


def _blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Lines are small, and a server is asked for each piece."""
    held, size = list[bytes](), 0
    with long_read():
        for chunk in chunks:
            held.append(chunk)
            size += len(chunk)
            if size >= _AT_ONCE:
                yield b"".join(held)
                held, size = [], 0
    yield b"".join(held)


def _named(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _type(name: str) -> str:
    return TYPES[name.rpartition(".")[2]]
