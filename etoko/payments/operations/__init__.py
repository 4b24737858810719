from etoko.payments.operations.recording import UnableToRecord, mark_paid, record_payment, reverse_payment

__all__ = ["UnableToRecord", "mark_paid", "record_payment", "reverse_payment"]
