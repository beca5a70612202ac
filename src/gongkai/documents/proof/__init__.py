"""The account that proves a due date, day by day: the same lines on a page and as a PDF."""

from gongkai.documents.proof.account import Account, Line, ProofFacts, answer_account, limit_account
from gongkai.documents.proof.printing import print_account, render

__all__ = [
    "Account",
    "Line",
    "ProofFacts",
    "answer_account",
    "limit_account",
    "print_account",
    "render",
]
