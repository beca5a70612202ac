"""A ledger: a titled sheet of facts and a ruled table, printed as a PDF."""

from gongkai.documents.ledger.sheet import Column, Ledger, print_ledger

__all__ = ["Column", "Ledger", "print_ledger"]
