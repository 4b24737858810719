import hashlib
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from etoko.foundation import weave

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "../../etc/passwd",
    "🧺🧺🧺",
    "",
    "a" * 300,
    "Hj. Siti Nurhasanah, S.Pd. / UP2K «Melati»",
]


def test_weaves_the_same_cloth_for_the_same_name() -> None:
    assert weave.weave_svg("Dapur Rahma") == weave.weave_svg("Dapur Rahma")
    assert weave.weave_image("dapur-rahma") == weave.weave_image(weave.weave_slug("Dapur Rahma"))


def test_weaves_the_same_cloth_this_year_as_last_year() -> None:
    # A shop is recognised by its cloth: a change of these bytes changes the face of a thousand shops.
    cloth = weave.weave_image(weave.weave_slug("Dapur Rahma"))
    assert hashlib.sha256(cloth.encode()).hexdigest().startswith("9634a8082c1131e1")


def test_gives_different_names_different_cloths() -> None:
    cloths = {weave.weave_image(f"usaha-{number}") for number in range(1000)}
    assert len(cloths) > 700


@given(st.text(max_size=300))
def test_is_well_formed_and_small_whatever_the_name(name: str) -> None:
    slug = weave.weave_slug(name)
    picture = weave.weave_image(slug)
    ET.fromstring(picture)
    ET.fromstring(weave.weave_band(name))
    assert len(picture) <= weave.MAX_BYTES
    assert 1 <= len(slug) <= weave.SLUG_LENGTH


@pytest.mark.parametrize("name", HOSTILE)
def test_says_nothing_that_a_name_brings_along(name: str) -> None:
    inline = weave.weave_svg(name, label=name)
    assert "<script" not in inline
    assert "<img" not in inline
    assert ET.fromstring(inline).get("aria-label", "") == name


@pytest.mark.parametrize("name", HOSTILE)
def test_has_an_address_for_every_name(client: Client, name: str) -> None:
    answer = client.get(weave.weave_url(name))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    assert "max-age" in answer["Cache-Control"]
    assert answer.content.decode() == weave.weave_image(weave.weave_slug(name))
    assert not answer.cookies
