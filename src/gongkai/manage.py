"""The office's own commands: ``python -m gongkai.manage run`` and all of Django's."""

import os
import sys


def main() -> None:
    """Run the command named on the command line, with a data folder and the keys to run it with."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    from django.core.management import execute_from_command_line

    from gongkai.config.environment import ensure_keys

    ensure_keys()
    execute_from_command_line(in_djangos_words(sys.argv))


def in_djangos_words(given: list[str]) -> list[str]:
    """The command line with the name of the command as Python can write it: ``export-site``."""
    program, *rest = given
    if rest and not rest[0].startswith("-"):
        rest[0] = rest[0].replace("-", "_")
    return [program, *rest]


if __name__ == "__main__":
    main()
