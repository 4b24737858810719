"""What the views of this room share."""

from typing import Any

from django.http import HttpRequest

from etoko.foundation.problems import UnableTo
from etoko.people.models import Person


def say(form: Any, problem: UnableTo) -> None:
    """The sentence beside its field, where the form has such a field."""
    form.add_error(problem.field if problem.field in form.fields else None, problem.sentence)


def person_of(request: HttpRequest) -> Person:
    """Whoever is signed in; the view is behind `login_required`."""
    assert isinstance(request.user, Person)
    return request.user
