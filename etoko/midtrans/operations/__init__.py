from etoko.midtrans.operations.accounts import UnableToOpenAccount, close_account, open_account
from etoko.midtrans.operations.charging import UnableToCharge, start_charge
from etoko.midtrans.operations.following import ForgedCall, ask_open_charges, follow_charge, hear

__all__ = [
    "ForgedCall",
    "UnableToCharge",
    "UnableToOpenAccount",
    "ask_open_charges",
    "close_account",
    "follow_charge",
    "hear",
    "open_account",
    "start_charge",
]
