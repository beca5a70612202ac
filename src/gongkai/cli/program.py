"""Picks the command and turns its refusals into sentences and exit statuses."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from gongkai.cli.arguments import build_parser
from gongkai.cli.outcome import INTERRUPTED, OK, UNREADABLE, Refused


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit status: 0 nothing wrong, 1 at least one error found
    or a report missing from a sum, 2 a file that is no report or cannot be read (the others are done)."""
    arguments = build_parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        # A name with a rare character must not end a run on a terminal that cannot show it.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        # A command's module, with what it imports, is loaded only when the command is given.
        status: int = import_module(f"gongkai.cli.{arguments.command}").run(arguments)
        sys.stdout.flush()
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return UNREADABLE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # `gongkai … | head` closed the pipe: what was asked for has been printed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return status
