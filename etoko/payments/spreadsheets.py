"""The money report as a sheet that a seller takes along, in CSV and XLSX."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from etoko.foundation.tables.writing import Row, as_csv, as_xlsx
from etoko.payments.models import Payment
from etoko.payments.queries.money import LedgerRow, Report


def ledger_csv(ledger: Sequence[LedgerRow]) -> bytes:
    return as_csv(_ledger(ledger))


def report_xlsx(report: Report, ledger: Sequence[LedgerRow]) -> bytes:
    """A sheet of the months and a sheet of every entry."""
    return as_xlsx({_("Per bulan"): _months(report), _("Catatan uang"): _ledger(ledger)})


def _months(report: Report) -> list[Row]:
    head = [_("Bulan"), _("Nilai pesanan"), _("Diterima"), _("Dikembalikan")]
    methods = [method for method, _word in Payment.METHODS]
    return [
        head + [str(word) for _method, word in Payment.METHODS],
        *(
            [f"{row.month:%Y-%m}", row.due_rp, row.received_rp, row.returned_rp]
            + [row.by_method.get(method, 0) for method in methods]
            for row in report.months
        ),
    ]


def _ledger(ledger: Sequence[LedgerRow]) -> list[Row]:
    head = [_("Tanggal"), _("Pesanan"), _("Pembeli"), _("Jumlah"), _("Jenis"), _("Lewat"), _("Asal")]
    return [
        [*head, _("Dicatat oleh"), _("Pembatalan"), _("Alasan")],
        *(
            [
                row.received_on.isoformat(),
                row.number,
                row.buyer_name,
                row.amount_rp,
                row.kind,
                row.method,
                row.source,
                row.by,
                _("ya") if row.is_counter else "",
                row.reason,
            ]
            for row in ledger
        ),
    ]
