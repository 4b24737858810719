"""A bank's file comes in: the lines of money that came are kept, each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from etoko.audit.operations import record_deed
from etoko.catalog.access import Selling
from etoko.catalog.models import Shop
from etoko.foundation.problems import UnableTo
from etoko.payments.models import Statement, StatementLayout, StatementLine
from etoko.payments.statements.layouts import Layout, recognise, shape_of
from etoko.payments.statements.reading import Read, read_lines

MOST_LINES = 10_000
_AT_ONCE = 500


class UnableToImport(UnableTo):
    pass


@dataclass(frozen=True, slots=True)
class Imported:
    statement: Statement
    read: Read | None
    """None: somebody has to say first which column is which."""


@transaction.atomic
def import_statement(*, selling: Selling, name: str, rows: list[list[str]], at: datetime) -> Imported:
    """Keep the lines of money that came in. A line that an earlier file brought is not kept again.

    `rows` are the whole file. Where no bank is recognised and the seller has not said so before, they wait
    for `choose_columns`. Raises UnableToImport; then nothing was kept.
    """
    shop = Shop.objects.select_for_update(of=("self",)).get(pk=selling.shop.pk)
    if len(rows) > MOST_LINES:
        raise UnableToImport(
            _("Berkas ini lebih dari %(most)s baris. Unduh dari bank untuk waktu yang lebih pendek.")
            % {"most": MOST_LINES}
        )
    known = StatementLayout.objects.filter(shop=shop, shape=shape_of(rows)).first()
    found = None if known else recognise(rows)
    layout = Layout.from_json(known.columns) if known else found.layout if found else None
    statement = Statement.objects.create(
        shop=shop,
        name=name[:200],
        bank=found.bank if found else "",
        rows=None if layout else rows,
        imported_by=selling.person,
        for_name=selling.for_name,
        imported_at=at,
    )
    if layout is None:
        return Imported(statement, None)
    return Imported(statement, _keep_lines(selling, statement, rows, layout, at))


@transaction.atomic
def choose_columns(*, selling: Selling, statement: Statement, layout: Layout, at: datetime) -> Imported:
    """The seller said which column is which; files of this shape are read so from now on."""
    Shop.objects.select_for_update(of=("self",)).get(pk=selling.shop.pk)
    locked = Statement.objects.get(pk=statement.pk)
    if locked.rows is None:
        raise UnableToImport(_("Berkas ini sudah dibaca. Buka lagi halaman mutasi."))
    rows = locked.rows
    locked.rows = None
    locked.save(update_fields=["rows"])
    StatementLayout.objects.update_or_create(
        shop=selling.shop, shape=shape_of(rows), defaults={"columns": layout.as_json()}
    )
    return Imported(locked, _keep_lines(selling, locked, rows, layout, at))


def _keep_lines(
    selling: Selling, statement: Statement, rows: list[list[str]], layout: Layout, at: datetime
) -> Read:
    read = read_lines(rows, layout, today=timezone.localdate(at))
    if not read.came:
        raise UnableToImport(
            _(
                "Tidak ada uang masuk yang terbaca di berkas ini. Periksa: berkasnya mutasi rekening, dan "
                "kolom tanggal dan jumlahnya benar."
            )
        )
    prints = [each for came in read.came for each in (came.fingerprint, came.old_fingerprint)]
    known = _known(statement.shop_id, prints)
    new = [came for came in read.came if known.isdisjoint((came.fingerprint, came.old_fingerprint))]
    StatementLine.objects.bulk_create(
        (
            StatementLine(
                shop_id=statement.shop_id,
                statement=statement,
                fingerprint=came.fingerprint,
                on=came.on,
                amount_rp=came.amount_rp,
                text=came.text,
            )
            for came in new
        ),
        batch_size=_AT_ONCE,
    )
    statement.new_lines, statement.known_lines = len(new), len(read.came) - len(new)
    statement.save(update_fields=["new_lines", "known_lines"])
    record_deed(
        deed="import_statement",
        subject=statement,
        by=selling.person,
        for_name=selling.for_name,
        at=at,
        area_code=selling.shop.area_id,
        changes={"rows": (0, len(new))},
    )
    return read


def _known(shop_id: int, fingerprints: Sequence[str]) -> set[str]:
    return {
        each
        for start in range(0, len(fingerprints), _AT_ONCE)
        for each in StatementLine.objects.filter(
            shop=shop_id, fingerprint__in=fingerprints[start : start + _AT_ONCE]
        ).values_list("fingerprint", flat=True)
    }
