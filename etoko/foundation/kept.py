"""Rows that are written once: ledgers, in which a mistake is followed by a counter-entry.

`Kept` refuses through the ORM; `keep_rows`, in the migration after the table was made, lets the database
refuse too. SQLite loses its triggers when a later migration rebuilds the table: call `keep_rows` again there.
PostgreSQL still allows the owner to TRUNCATE, which is how tests empty tables.
"""

from collections.abc import Callable, Mapping
from typing import Any, Never

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


class RowsAreKept(TypeError):
    """Code tried to change history. Write a counter-entry."""


class KeptRows(models.QuerySet[Any]):
    def update(self, **kwargs: Any) -> Never:
        raise RowsAreKept(f"{self.model.__name__} is written once")

    def delete(self) -> Never:
        raise RowsAreKept(f"{self.model.__name__} is kept")

    def bulk_update(self, *args: Any, **kwargs: Any) -> Never:
        raise RowsAreKept(f"{self.model.__name__} is written once")


class Kept(models.Model):
    objects = KeptRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise RowsAreKept(f"{type(self).__name__} is written once")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise RowsAreKept(f"{type(self).__name__} is kept")


def keep_rows(table: str) -> migrations.RunPython:
    """The migration step after which the database refuses to change or delete rows of the table."""
    return migrations.RunPython(_on(table, _KEEP), _on(table, _LET_GO))


_KEEP = {
    "sqlite": (
        "CREATE TRIGGER IF NOT EXISTS {table}_kept_update BEFORE UPDATE ON {table}"
        " BEGIN SELECT RAISE(ABORT, '{table} is written once'); END",
        "CREATE TRIGGER IF NOT EXISTS {table}_kept_delete BEFORE DELETE ON {table}"
        " BEGIN SELECT RAISE(ABORT, '{table} is kept'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION etoko_rows_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$"
        " BEGIN RAISE EXCEPTION '% is written once', TG_TABLE_NAME"
        " USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE OR REPLACE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION etoko_rows_are_kept()",
    ),
}
_LET_GO = {
    "sqlite": (
        "DROP TRIGGER IF EXISTS {table}_kept_update",
        "DROP TRIGGER IF EXISTS {table}_kept_delete",
    ),
    "postgresql": ("DROP TRIGGER IF EXISTS {table}_kept ON {table}",),
}


def _on(
    table: str, statements: Mapping[str, tuple[str, ...]]
) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    def run(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        for statement in statements[editor.connection.vendor]:
            editor.execute(statement.replace("{table}", table), params=None)

    return run
