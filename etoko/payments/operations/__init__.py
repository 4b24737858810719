from etoko.payments.operations.agreeing import UnableToAgree, agree_terms, end_terms, remind_of_instalments
from etoko.payments.operations.receipting import issue_receipt
from etoko.payments.operations.recording import UnableToRecord, mark_paid, record_payment, reverse_payment
from etoko.payments.operations.refunding import answer_refund, pay_back

__all__ = [
    "UnableToAgree",
    "UnableToRecord",
    "agree_terms",
    "answer_refund",
    "end_terms",
    "issue_receipt",
    "mark_paid",
    "pay_back",
    "record_payment",
    "remind_of_instalments",
    "reverse_payment",
]
