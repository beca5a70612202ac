"""Values for programs: JSON on the standard output."""

import json


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
