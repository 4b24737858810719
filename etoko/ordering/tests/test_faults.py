"""The machine fails in the middle of a checkout: nothing is half-done, and she is told."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from etoko.catalog.models import Variant
from etoko.ordering.models import Cart, Order
from etoko.ordering.tests.conftest import Everything, a_cart, hidden

# Where the process dies: when the first row of this kind is about to be written.
POINTS = ["Order", "OrderLine", "OrderEvent", "AuditEntry", "Notice"]

DYING = """
import os, signal, sys, django; django.setup()
from django.db import connections
connections.databases["default"]["NAME"] = os.environ["TRIED_DATABASE"]
from django.db.models.query import QuerySet
from django.db.models.sql.compiler import SQLInsertCompiler
real = SQLInsertCompiler.execute_sql
def dying(self, *args, **more):
    if self.query.model.__name__ == sys.argv[1]:
        os.kill(os.getpid(), signal.SIGKILL)
    return real(self, *args, **more)
SQLInsertCompiler.execute_sql = dying
from etoko.ordering.models import Cart
from etoko.ordering.tests.conftest import place
place(Cart.objects.get())
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("point", POINTS)
def test_a_process_that_is_killed_leaves_cart_and_stock_as_they_were(
    point: str, kerupuk: Variant, hat: Variant, everything: Everything
) -> None:
    a_cart((kerupuk, 2), (hat, 1))
    before = everything()
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "etoko.config.settings",
        "TRIED_DATABASE": str(connection.settings_dict["NAME"]),
    }
    done = subprocess.run(
        [sys.executable, "-c", DYING, point], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == -9, done.stderr[-2000:]
    assert everything() == before
    assert not Order.objects.exists()


def full_disk(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    """What the databases say when the last page of the disk is taken, in the middle of the deed."""
    if sql.startswith('INSERT INTO "ordering_orderevent"'):
        raise OperationalError(
            "database or disk is full"
            if connection.vendor == "sqlite"
            else 'could not extend file "base/5/1": No space left on device'
        )
    return execute(sql, params, many, context)


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_told_and_the_same_form_orders_later(
    client: Client, kerupuk: Variant, everything: Everything
) -> None:
    client.post(
        reverse("ordering:add_to_cart", args=[kerupuk.pk]),
        {"variant": kerupuk.pk, "quantity": "2", "once": "a"},
    )
    page = client.get(reverse("ordering:checkout"))
    form = {
        "once": hidden(page, "once"),
        "shown": hidden(page, "shown"),
        "name": "Siti",
        "phone": "0812 1000 0003",
    }
    before = everything()
    with connection.execute_wrapper(full_disk):
        refused = client.post(reverse("ordering:checkout"), form)
    assert refused.status_code == 507
    assert "Tidak ada yang berubah" in refused.content.decode()
    assert everything() == before

    assert client.post(reverse("ordering:checkout"), form).status_code == 302
    assert Order.objects.count() == 1
    assert Cart.objects.get().lines.count() == 0
