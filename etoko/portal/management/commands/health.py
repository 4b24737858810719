import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError
from django.utils import timezone, translation

from etoko.portal.health import Health, look_at_health, problem_words


class Command(BaseCommand):
    help = "Say whether the installation is well: exit code 0, or 1 when somebody must look."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = look_at_health(at=timezone.now())
        except DatabaseError as problem:
            said = {"status": "down", "problems": ["database"]}
            self.stdout.write(json.dumps(said) if options["json"] else f"database: {problem}")
            raise SystemExit(1) from problem
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(), cls=DjangoJSONEncoder))
        else:
            self.stdout.write(_as_text(found))
        if not found.is_well:
            raise SystemExit(1)


def _as_text(found: Health) -> str:
    lines = [
        f"version        {found.version}, {found.database}",
        f"last tick      {'never' if found.tick_age_s is None else f'{found.tick_age_s} s ago'}",
        f"messages       {found.messages_due} due (oldest {found.messages_oldest_s} s), "
        f"{found.messages_failed} failed and {found.messages_uncertain} uncertain in the last day",
        f"tasks          {found.tasks_due} due (oldest {found.tasks_oldest_s} s), "
        f"{found.tasks_failed} failed in the last day",
        f"failing deeds  {', '.join(found.failing_deeds) or 'none'}",
        f"free disk      {found.disk_free_mb} MB",
    ]
    with translation.override("en"):
        problems = [f"UNWELL         {problem_words(problem)}" for problem in found.problems]
    return "\n".join([*lines, *(problems or ["well"])])
