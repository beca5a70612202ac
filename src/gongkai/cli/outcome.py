"""How a command ends."""

OK = 0
FOUND_ERRORS = 1
UNREADABLE = 2
INTERRUPTED = 130


class Refused(Exception):
    """What ends a command with nothing done: one Chinese sentence, what is wrong with what was asked
    and what to do."""
