"""The command line: law and documents for one person at a terminal. It serves nothing itself."""

from gongkai.cli.program import main

__all__ = ["main"]
