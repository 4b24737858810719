"""Nota, label and packing list: as PDF and as text; whatever people are called."""

import itertools
import re
import time
from io import BytesIO
from urllib.parse import unquote

import pytest
import typst
import zxingcpp
from django.test import Client
from PIL import Image

from conftest import Clock
from etoko.catalog.models import Shop, Variant
from etoko.foundation import papers
from etoko.foundation.ids import number_from_sequence
from etoko.ordering import documents
from etoko.ordering.access import link_secret
from etoko.ordering.documents import label_text, labels_pdf, nota_pdf, nota_text, packing_pdf
from etoko.ordering.models import Order, OrderLine
from etoko.ordering.operations import Receiver
from etoko.ordering.queries.rows import OrderPage, pages_of_found, whole
from etoko.ordering.states import SELLER
from etoko.ordering.tests.conftest import SITI, a_cart, place
from etoko.people.models import Person
from tests.cast import NOW

BAD_NAMES = [
    '#read("/etc/passwd") $x^2$ @ref <label> *b* _i_ `c` \\ " \\u{41}',
    "Siti 😀🎉 سيتي 司",
    "Ü" * 200,
    "]#[ // /* = - + {{ }} %(x)s",
]


def read(order: Order) -> tuple[Order, OrderPage]:
    found = whole(Order.objects.filter(pk=order.pk))
    return found[0], pages_of_found(found, party=SELLER, at=NOW)[0]


@pytest.fixture
def order(kerupuk: Variant) -> Order:
    return place(a_cart((kerupuk, 2))).orders[0]


def pictures(pdf_of: str, facts: dict[str, object]) -> list[Image.Image]:
    """The pages of the paper as pictures, drawn by the same template."""
    import json

    from etoko.foundation.papers import rendering

    made = typst.compile(
        rendering.ROOT / pdf_of,
        root=rendering.ROOT,
        font_paths=rendering._fonts(),
        sys_inputs={"facts": json.dumps({"language": "id", **facts})},
        format="png",
        ppi=144,
    )
    sheets: list[bytes] = made if isinstance(made, list) else [made]  # type: ignore[unreachable]
    return [Image.open(BytesIO(sheet)) for sheet in sheets]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, object]]]:
    """Template and facts of each paper that is made."""
    seen: list[tuple[str, dict[str, object]]] = []
    real = papers.render_paper

    def remember(template: str, facts: dict[str, object]) -> bytes:
        seen.append((template, dict(facts)))
        return real(template, facts)

    monkeypatch.setattr(documents, "render_paper", remember)
    return seen


@pytest.mark.parametrize("name", BAD_NAMES)
def test_no_name_is_a_command(name: str, kerupuk: Variant, kerupuk_shop: Shop) -> None:
    Shop.objects.filter(pk=kerupuk_shop.pk).update(name=name[:200])
    order = place(a_cart((kerupuk, 1)), Receiver(name, SITI.phone, street=name)).orders[0]
    OrderLine.objects.update(product_name=name[:200], unit=name[:30])
    Order.objects.update(note=name[:300])
    order, page = read(order)
    for pdf in (
        nota_pdf(order, page),
        labels_pdf([(order, page)], sheet=False),
        labels_pdf([(order, page)] * 5, sheet=True),
        packing_pdf(name, [page], at=NOW),
    ):
        assert pdf.startswith(b"%PDF")
    assert name in nota_text(order, page) or name[:200] in nota_text(order, page)


def test_the_label_is_a6_and_its_qr_opens_the_order_of_the_seller(
    order: Order, drawn: list[tuple[str, dict[str, object]]]
) -> None:
    order, page = read(order)
    labels_pdf([(order, page)], sheet=False)
    (picture,) = pictures(*drawn[0])
    assert (round(picture.width / 144 * 25.4), round(picture.height / 144 * 25.4)) == (105, 148)
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text.endswith(f"/jualan/{order.shop.public_id}/pesanan/{order.number}/")
    assert "/jawab/" not in code.text and "/pesanan/" + link_secret(order.group) not in code.text


def test_a_sheet_holds_four_and_each_label_keeps_its_place(
    order: Order, drawn: list[tuple[str, dict[str, object]]]
) -> None:
    labels_pdf([read(order)] * 5, sheet=True)
    sheets = pictures(*drawn[0])
    assert [(round(p.width / 144 * 25.4), round(p.height / 144 * 25.4)) for p in sheets] == [(210, 297)] * 2
    assert [len(zxingcpp.read_barcodes(sheet)) for sheet in sheets] == [4, 1]


def test_the_nota_opens_the_buyers_page_and_sums_to_the_rupiah(
    order: Order, drawn: list[tuple[str, dict[str, object]]]
) -> None:
    order, page = read(order)
    first = nota_pdf(order, page)
    assert first == nota_pdf(order, page)
    assert drawn[0][1]["sums"] == [["Barang", "Rp30.000"], ["Ongkir", "Rp0"], ["Jumlah", "Rp30.000"]]
    (picture,) = pictures(*drawn[0])
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text.endswith(f"/pesanan/{link_secret(order.group)}/")


def test_the_texts_for_whatsapp_say_the_same_and_the_label_gives_no_link_away(order: Order) -> None:
    order, page = read(order)
    nota, label = nota_text(order, page), label_text(order, page)
    assert "2 bungkus Kerupuk Kulit (250 g): Rp30.000" in nota and "Jumlah: Rp30.000" in nota
    assert "Siti Aminah, 0812-1000-0003" in label and "Tunai saat terima: Rp30.000" in label
    assert "http" not in label


def test_the_pages_give_the_papers_to_the_seller_and_the_buyer(
    client: Client, order: Order, rahma: Person, kerupuk_shop: Shop, clock: Clock
) -> None:
    nota = client.get(f"/pesanan/{link_secret(order.group)}/{order.number}/nota.pdf")
    assert nota["Content-Type"] == "application/pdf"
    client.force_login(rahma)
    base = f"/jualan/{kerupuk_shop.public_id}/"
    for path in ("cetak/label.pdf", "cetak/daftar.pdf", f"pesanan/{order.number}/nota.pdf"):
        assert client.get(base + path).content.startswith(b"%PDF")
    shown = client.get(f"{base}pesanan/{order.number}/").content.decode()
    assert f"{base}pesanan/{order.number}/label.pdf" in shown
    text = unquote(re.findall(r"https://wa\.me/\?text=([^\"]+)", shown)[0])
    assert str(order.number) in text


def test_a_paper_is_quick(order: Order) -> None:
    order, page = read(order)
    nota_pdf(order, page)
    started = time.process_time()
    for _time in range(5):
        nota_pdf(order, page)
    assert (time.process_time() - started) / 5 < 0.15, "30 ms on a quiet machine"


# ------------------------------------------------------------------------------- the numbers


def test_numbers_do_not_tell_how_much_is_sold_and_never_meet() -> None:
    numbers = [number_from_sequence(n, purpose="order") for n in range(1, 5001)]
    assert len(set(numbers)) == 5000
    ups = sum(later > earlier for earlier, later in itertools.pairwise(numbers))
    assert 2350 < ups < 2650, "the next number is above or below, like a coin"
    firsts = {number[0] for number in numbers[:2000]}
    assert len(firsts) == 28, "all first signs are used from the beginning"


def test_numbers_can_be_read_aloud_and_written_down() -> None:
    for n in range(1, 500):
        assert re.fullmatch(
            r"[2-9BCDFGHJKMNPQRSTVWXYZ]{3}-[2-9BCDFGHJKMNPQRSTVWXYZ]{3}",
            number_from_sequence(n, purpose="order"),
        )
