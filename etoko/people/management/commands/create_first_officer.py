"""Who sets up an empty installation. Asks for what was not given."""

import getpass
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from etoko.foundation.phones import show_phone
from etoko.foundation.problems import UnableTo
from etoko.people.forms import JoinForm
from etoko.people.operations.joining import create_first_officer
from etoko.places.models import Area

QUESTIONS = {"phone": "Nomor HP petugas pertama: ", "name": "Nama lengkap: "}


class Command(BaseCommand):
    help = "Creates the first officer: officer of ETOKO_HOME_AREA who may do everything."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--phone", help="in any Indonesian spelling")
        parser.add_argument("--name")
        parser.add_argument(
            "--passphrase", help="asked for when not given; seen by others in the list of processes"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        given = {key: options[key] for key in ("phone", "name", "passphrase")}
        can_ask = sys.stdin.isatty()
        while True:
            asked = {key: given[key] or (self._ask(key) if can_ask else "") for key in given}
            form = JoinForm(asked)
            if form.is_valid():
                break
            for field, sentences in form.errors.items():
                for sentence in sentences:
                    self.stderr.write(
                        f"{form.fields[field].label if field in form.fields else field}: {sentence}"
                    )
                given[field] = None
            if not can_ask:
                raise CommandError("Beri --phone, --name dan --passphrase, atau jalankan di terminal.")
        try:
            person = create_first_officer(
                **form.cleaned_data,
                area=Area.objects.filter(pk=settings.HOME_AREA).first(),
                at=timezone.now(),
            )
        except UnableTo as problem:
            raise CommandError(problem.sentence) from problem
        self.stdout.write(f"{person.name} bisa masuk dengan {show_phone(person.phone)}.")

    def _ask(self, key: str) -> str:
        return getpass.getpass("Kata sandi: ") if key == "passphrase" else input(QUESTIONS[key])
