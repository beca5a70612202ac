"""What ends a command: bad input that leaves nothing to do."""


class Refused(Exception):
    """One Chinese sentence: what is wrong with what was asked, and what to do."""
