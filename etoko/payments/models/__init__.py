from etoko.payments.models.ledger import Balance, Payment, Statement, StatementLayout, StatementLine
from etoko.payments.models.proofs import PaymentProof
from etoko.payments.models.terms import Instalment, Receipt, Refund

__all__ = [
    "Balance",
    "Instalment",
    "Payment",
    "PaymentProof",
    "Receipt",
    "Refund",
    "Statement",
    "StatementLayout",
    "StatementLine",
]
