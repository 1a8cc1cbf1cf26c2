from chengnuo.payments.models.account import BankAccount
from chengnuo.payments.models.batch import Batch, Part, Signature
from chengnuo.payments.models.fund import Fund, Level
from chengnuo.payments.models.ledger import Book, Entry, Line
from chengnuo.payments.models.payment import Payment
from chengnuo.payments.models.recovery import Recovery, Why

__all__ = [
    "BankAccount",
    "Batch",
    "Book",
    "Entry",
    "Fund",
    "Level",
    "Line",
    "Part",
    "Payment",
    "Recovery",
    "Signature",
    "Why",
]
