"""What is kept, as plain rows that JSON and a sheet can hold."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone

Row = dict[str, Any]


def plain(value: Any) -> Any:
    """As JSON and a sheet can hold it; moments in WIB."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def rows(found: models.QuerySet[Any], *fields: str) -> list[Row]:
    return [{name: plain(value) for name, value in row.items()} for row in found.values(*fields)]
