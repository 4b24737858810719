"""A form that is sent twice happens once."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.utils import timezone

from etoko.foundation.models import OneTimeKey
from etoko.foundation.onetime import KEPT_FOR, forget_old_keys, once


@once
def add_group(request: HttpRequest) -> HttpResponse:
    """A view that writes; it refuses a name that is empty."""
    name = request.POST["name"]
    if not name:
        return HttpResponse("empty", status=422)
    group = Group.objects.create(name=f"{name} {Group.objects.count()}")
    response = HttpResponseRedirect(f"/groups/{group.name}/")
    response.set_cookie("last", group.name)
    return response


def send(name: str, key: str = "k1", path: str = "/groups/") -> HttpResponse:
    return add_group(RequestFactory().post(path, {"name": name, "once": key}))


def test_the_second_sending_gets_the_answer_of_the_first(db: None) -> None:
    first, second = send("Banten"), send("Banten")
    assert Group.objects.count() == 1
    assert first["Location"] == second["Location"] == "/groups/Banten%200/"
    assert second.cookies["last"].value == "Banten 0"


def test_a_refused_form_keeps_its_key(db: None) -> None:
    assert send("").status_code == 422
    assert not OneTimeKey.objects.exists()
    assert send("Banten").status_code == 302
    assert Group.objects.count() == 1


def test_another_key_is_another_form(db: None) -> None:
    send("Banten"), send("Banten", "k2")
    assert Group.objects.count() == 2


def test_the_same_key_at_another_address_is_another_form(db: None) -> None:
    send("Banten"), send("Jambi", path="/others/")
    assert Group.objects.count() == 2


def test_a_view_that_breaks_leaves_the_key_free(db: None) -> None:
    with pytest.raises(KeyError):
        add_group(RequestFactory().post("/groups/", {"once": "k1"}))
    assert send("Banten").status_code == 302


def test_an_answer_with_a_long_address_is_given_again_as_the_form_itself(db: None) -> None:
    @once
    def far(request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect("/groups/?" + "x" * 600)

    def ask() -> HttpResponse:
        return far(RequestFactory().post("/groups/", {"once": "k"}))

    assert len(ask()["Location"]) > 600
    assert ask()["Location"] == "/groups/"


@pytest.mark.django_db(transaction=True)
def test_ten_senders_at_once_do_one_thing() -> None:
    answers: list[str] = []
    start = threading.Barrier(10)

    def sender() -> None:
        start.wait()
        answers.append(send("Banten")["Location"])
        connection.close()

    threads = [threading.Thread(target=sender) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == ["/groups/Banten%200/"] * 10
    assert Group.objects.count() == 1


def test_old_keys_are_forgotten(db: None) -> None:
    send("Banten")
    assert forget_old_keys(at=timezone.now() + KEPT_FOR - timedelta(minutes=1)) == 0
    assert forget_old_keys(at=timezone.now() + KEPT_FOR + timedelta(minutes=1)) == 1
