"""An annual report as JSON, in the exchange form."""

import json
from typing import Any

from gongkai.law.report.exchange import to_json
from gongkai.law.report.filled import FilledReport


def render(report: FilledReport) -> bytes:
    """UTF-8 JSON, one row of a table a line."""
    return (_spread(to_json(report)) + "\n").encode(errors="replace")


def _spread(value: Any, indent: str = "") -> str:
    """Objects that hold objects or lists are spread over lines; everything else stays on one."""
    if not isinstance(value, dict) or not any(isinstance(v, dict | list) for v in value.values()):
        return json.dumps(value, ensure_ascii=False)
    inner = indent + "  "
    members = (f"{inner}{json.dumps(k, ensure_ascii=False)}: {_spread(v, inner)}" for k, v in value.items())
    return "{\n" + ",\n".join(members) + f"\n{indent}}}"
