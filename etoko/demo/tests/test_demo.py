from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from etoko.catalog.making import capacity_out_of_step
from etoko.catalog.models import Product, Shop, StockMovement, Variant
from etoko.catalog.reconciling import movements_out_of_step
from etoko.catalog.search.operations import out_of_step
from etoko.catalog.states import SHOP_OPEN
from etoko.consignment.models import Consignment
from etoko.consignment.reconciling import consignments_out_of_step
from etoko.exchange.models import LapakImport
from etoko.exchange.operations.lapak import look_at_lapak
from etoko.groups.models import Group
from etoko.groups.queries.books import CASH, LOANS, SAVINGS, Period
from etoko.groups.queries.forms import form_sheet
from etoko.groups.reconciling import books_out_of_step
from etoko.groups.tests.test_printing_books import rows_on_page, rows_on_paper
from etoko.ordering.models import Order
from etoko.people.models import Person
from etoko.places.models import Area
from etoko.registry.models import Business, DuplicateSuspicion, LicenceHelp, Merge

pytestmark = pytest.mark.django_db


def test_fills_an_empty_database_and_nothing_else() -> None:
    call_command("load_areas", stdout=StringIO())
    call_command("load_demo", stdout=StringIO())
    now = timezone.now()

    assert Business.objects.count() == 1003
    assert Shop.objects.filter(status=SHOP_OPEN).count() == 120
    assert Product.objects.count() == 800
    assert Order.objects.count() >= 300
    assert set(Order.objects.values_list("state", flat=True)) == {
        "awaiting_confirmation",
        "processing",
        "ready_for_pickup",
        "shipped",
        "delivered",
        "completed",
        "cancelled",
        "declined",
    }
    # What is promised to open orders is exactly what stands as held.
    held = sum(Variant.objects.values_list("held", flat=True))
    assert held == sum(Order.objects.values_list("lines__held_quantity", flat=True))
    assert out_of_step() == []
    assert movements_out_of_step() == capacity_out_of_step() == consignments_out_of_step() == []
    assert Consignment.objects.count() == 8
    assert books_out_of_step() == []
    # Counted by hand in `demo/groups.py`: Melati 8 in Taban, Anggrek 7, Mawar 10, Teratai 8; one cooperative
    # with a legal body, 48 women and 37 men; what was typed for Taban and Jambe.
    recap = form_sheet("4.22", Area.objects.get(code="36.03.04"), now.year, today=timezone.localdate(now))
    by_village = {row[1]: row for row in recap.rows}
    assert by_village["Taban"][25:35] == (0, 0, 1, 8, 0, 0, 0, 0, 1, 85)
    assert by_village["Kutruk"][25:35] == (1, 7, 0, 0, 0, 0, 0, 0, 0, 0)
    assert by_village["Jambe"][25:35] == (0, 0, 0, 0, 1, 10, 0, 0, 0, 0)
    assert by_village["Daru"][25:35] == (0, 0, 0, 0, 0, 0, 1, 8, 0, 0)
    assert by_village["Sukamanah"][2:35] == ("",) * 23 + (0,) * 10
    assert recap.totals[0][25:35] == (1, 7, 1, 8, 1, 10, 1, 8, 1, 85)
    assert (recap.totals[0][2], recap.totals[0][14], recap.totals[0][22]) == (21, 89, 5)
    assert StockMovement.objects.filter(kind="adjusted").count() == 2
    # Two pairs wait for somebody who decides, a third was joined; one business is closed.
    pairs = DuplicateSuspicion.objects.filter(state="open")
    assert [pair.likeness >= 90 for pair in pairs] == [True, True]
    assert Merge.objects.get().other.merged_into is not None
    assert Business.objects.filter(status="closed", closed_reason="Pemiliknya pindah ke Cikupa").count() == 1
    assert list(LicenceHelp.objects.order_by("kind").values_list("kind", "state")) == [
        ("halal", "agreed"),
        ("nib", "asked"),
    ]

    # What came from the village's OpenSID waits for somebody to look at it.
    seen = look_at_lapak(LapakImport.objects.get(), by=Person.objects.get(name="Dedi"))
    assert [one.outcome for one in seen.sellers] == ["matched", "new", "returned", "returned"]
    assert (seen.count_goods("made"), seen.count_goods("waiting"), seen.count_goods("returned")) == (1, 2, 2)
    # The books of the sample group are the same on the page and on paper, line by line.
    melati, client = Group.objects.get(name__contains="Melati"), Client()
    client.force_login(Person.objects.get(is_superuser=True))
    for which in (CASH, SAVINGS, LOANS):
        page = client.get(f"/kelompok/{melati.public_id}/buku/{which}/?tahun={now.year}").content.decode()
        assert len(rows_on_page(page)) > 5
        assert rows_on_paper(melati, which, Period(now.year)) == rows_on_page(page)

    said = StringIO()
    call_command("demo_guide", stdout=said)
    assert "081210000001" in said.getvalue()

    with pytest.raises(CommandError):
        call_command("load_demo", stdout=StringIO())
    assert Business.objects.count() == 1003


def test_says_nothing_of_sample_people_where_they_do_not_live() -> None:
    Person.objects.create_user("+6281299999999", "Asli")
    said = StringIO()
    call_command("demo_guide", stdout=said)
    assert said.getvalue() == ""
