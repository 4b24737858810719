import gzip
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse, StreamingHttpResponse

from etoko.foundation.generation import Generation
from etoko.foundation.pagecache import HEADER, PageCache

Answer = tuple[str, dict[str, str], bytes]


class Site:
    """A site of one page: counts how often the application was really asked."""

    def __init__(self, generation: Generation, **options: Any) -> None:
        self.generation = generation
        self.asked: list[str] = []
        self.words = "kerupuk " * 200
        self.headers: dict[str, str] = {HEADER: "60", "Content-Type": "text/html; charset=utf-8"}
        self.status = 200
        self.meanwhile: Callable[[], None] = lambda: None
        self.cache = PageCache(self._application, generation=generation, **options)

    def _application(self, environ: dict[str, Any], start_response: Any) -> HttpResponse:
        self.asked.append(environ["QUERY_STRING"])
        response = HttpResponse(self.words, status=self.status, headers=self.headers)
        self.meanwhile()
        start_response(f"{self.status} X", list(response.items()))
        return response

    def get(self, address: str = "/", method: str = "GET", **headers: str) -> Answer:
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_HOST": "toko",
            "wsgi.input": BytesIO(),
            **headers,
        }
        said: list[Any] = []
        body = b"".join(self.cache(environ, lambda status, heads: said.extend((status, heads))))
        assert len({name.lower() for name, _value in said[1]}) == len(said[1])
        return said[0], dict(said[1]), body


@pytest.fixture(autouse=True)
def _no_database() -> Iterator[None]:
    """A finished answer makes Django look after its connections: another test may have left one, and
    here is none to look at."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(Generation(tmp_path / "g"))


def test_the_second_reader_gets_the_page_without_the_application(site: Site) -> None:
    first, second = site.get(), site.get()
    assert first == second
    assert site.asked == [""]
    assert second[0] == "200 OK"
    assert second[2].decode() == site.words
    assert HEADER not in second[1]
    assert "Cookie" in second[1]["Vary"]


def test_a_change_of_anything_public_outdates_it(site: Site) -> None:
    site.get()
    site.words = "harga baru"
    site.generation.change()
    assert site.get()[2] == b"harga baru"


def test_a_change_while_the_page_is_made_outdates_it(site: Site) -> None:
    site.meanwhile = site.generation.change
    site.get()
    site.get()
    assert len(site.asked) == 2


def test_the_seconds_are_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.get()
    now = [0.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    site.generation.change()
    site.get()
    now[0] = 59
    site.get()
    assert len(site.asked) == 2
    now[0] = 61
    site.get()
    assert len(site.asked) == 3


@pytest.mark.parametrize(
    ("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)]
)
def test_each_reader_gets_it_packed_as_she_can_unpack_it(
    site: Site, encoding: str, unpack: Callable[[bytes], bytes]
) -> None:
    site.get(HTTP_ACCEPT_ENCODING="br")
    _status, headers, body = site.get(HTTP_ACCEPT_ENCODING=encoding)
    assert headers.get("Content-Encoding", "") == encoding
    assert int(headers["Content-Length"]) == len(body)
    assert unpack(body).decode() == site.words
    assert len(site.asked) == 1


def test_an_encoding_with_weight_nought_is_not_used(site: Site) -> None:
    assert site.get(HTTP_ACCEPT_ENCODING="br;q=0, gzip")[1]["Content-Encoding"] == "gzip"


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site) -> None:
    etag = site.get(HTTP_ACCEPT_ENCODING="br")[1]["ETag"]
    status, headers, body = site.get(HTTP_IF_NONE_MATCH=f'"x", {etag}')
    assert (status, headers["ETag"], body) == ("304 Not Modified", etag, b"")
    site.words = "lain"
    site.generation.change()
    assert site.get(HTTP_IF_NONE_MATCH=etag)[0] == "200 OK"


def test_head_says_what_get_would_without_the_body(site: Site) -> None:
    _status, got, body = site.get(HTTP_ACCEPT_ENCODING="br")
    status, headers, nothing = site.get(method="HEAD", HTTP_ACCEPT_ENCODING="br")
    assert (status, headers, nothing) == ("200 OK", got, b"")
    assert int(headers["Content-Length"]) == len(body)


def test_language_colours_host_and_parts_are_pages_of_their_own(site: Site) -> None:
    for headers in (
        {},
        {"HTTP_COOKIE": "bahasa=en"},
        {"HTTP_COOKIE": "bahasa=en; tema=dark"},
        {"HTTP_HOST": "lain"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "hasil"},
    ):
        site.get(**headers)
    assert len(site.asked) == 6


def test_whoever_is_signed_in_shares_the_page(site: Site) -> None:
    site.get()
    site.get(HTTP_COOKIE="sessionid=abc; tk=cart%253D2; bahasa=id; tema=neon")
    site.get(HTTP_COOKIE='bahasa="id"; tema=""')
    assert len(site.asked) == 2  # "id" said aloud, and "id" by default


def test_what_others_hang_on_a_link_is_left_out(site: Site) -> None:
    site.get("/cari/?q=topi")
    site.get("/cari/?fbclid=1&q=topi&utm_source=wa&desa=")
    assert site.asked == ["q=topi"]


def test_an_unknown_question_is_asked_each_time_as_it_is(site: Site) -> None:
    site.get("/cari/?q=topi&rahasia=1")
    site.get("/cari/?q=topi&rahasia=1")
    assert site.asked == ["q=topi&rahasia=1"] * 2


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({HEADER: "60", "Set-Cookie": "a=1"}, 200),
        ({HEADER: "60", "Vary": "Accept, Cookie"}, 200),
        ({HEADER: "60"}, 404),
        ({}, 200),
    ],
)
def test_is_not_kept(site: Site, headers: dict[str, str], status: int) -> None:
    site.headers = {"Content-Type": "text/html", **headers}
    site.status = status
    site.get()
    _status, said, _body = site.get()
    assert len(site.asked) == 2
    assert HEADER not in said


def test_a_page_with_news_for_its_reader_is_made_for_her(site: Site) -> None:
    site.get()
    site.get(HTTP_COOKIE="messages=x")
    site.get(HTTP_AUTHORIZATION="x")
    site.get(method="POST")
    assert len(site.asked) == 4


def test_a_personal_page_is_packed_with_a_tail_of_random_length(site: Site) -> None:
    site.headers = {"Content-Type": "text/html", "Vary": "Cookie"}
    sizes = set()
    for _time in range(20):
        _status, headers, body = site.get(HTTP_ACCEPT_ENCODING="gzip, br")
        assert headers["Content-Encoding"] == "gzip"
        assert headers["Vary"] == "Cookie, Accept-Encoding"
        assert int(headers["Content-Length"]) == len(body)
        assert gzip.decompress(body).decode() == site.words
        sizes.add(len(body))
    assert len(sizes) > 1


def test_memory_is_bounded_and_the_oldest_go_first(tmp_path: Path) -> None:
    site = Site(Generation(tmp_path / "g"), most_bytes=5 * (3_000 + 2 * 1_600))
    for number in range(20):
        site.get(f"/{number}")
    assert site.cache._bytes <= 5 * 6_200
    site.asked.clear()
    site.get("/19")
    assert site.asked == []
    site.get("/0")
    assert site.asked == [""]


def test_files_and_streams_pass_untouched(tmp_path: Path) -> None:
    def application(environ: dict[str, Any], start_response: Any) -> StreamingHttpResponse:
        start_response("200 OK", [("Content-Type", "text/csv"), (HEADER, "60")])

        def lines() -> Iterator[bytes]:
            yield b"a\n"
            yield b"b\n"

        return StreamingHttpResponse(lines())

    said: list[Any] = []
    cache = PageCache(application, generation=Generation(tmp_path / "g"))
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": ""}
    body = list(cache(environ, lambda *words: said.extend(words)))
    assert body == [b"a\n", b"b\n"]
    assert said == ["200 OK", [("Content-Type", "text/csv")]]
