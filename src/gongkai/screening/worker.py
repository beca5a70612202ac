"""The child process in which untrusted files are screened; :mod:`gongkai.screening.guarded` starts it.

It speaks as :mod:`gongkai.documents.reading.worker` does: a message is a header of JSON, led by its length,
and the file; an answer is JSON, or the bytes of a copy, led by a letter.
"""

import json
import os
import sys
import traceback

from gongkai.documents.contents import Unwritable
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.worker import LENGTH, limit_memory, limit_time, receive, send
from gongkai.screening.exchange import finding_to_json, person_to_json
from gongkai.screening.hidden import Uncleanable, clean
from gongkai.screening.masking import masked_copy
from gongkai.screening.rules import Rules, rules_from_json
from gongkai.screening.screen import screen

MEMORY = 1_000_000_000
"""Bytes a file may cost: an archive of workbooks is held as cells, and a page as a picture when covered."""
SECONDS = 60
TOO_MUCH_MEMORY = "筛查这个文件要用的内存过多，已停止，疑似异常文件；请拆成几个文件，或另存后再试。"
TOO_NESTED = "文件里的内容嵌套过深，不能筛查，疑似异常文件；请另存后再试。"
ANSWER, COPY = b"a", b"c"


def main() -> None:
    """Screens files until there are none."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not look like an answer
    limit_memory(MEMORY)
    send(answers, b"")
    while (message := receive(sys.stdin.buffer)) is not None:
        limit_time(SECONDS)
        send(answers, answer(message))


def answer(message: bytes) -> bytes:
    """``ANSWER`` and JSON: ``findings``, or ``unreadable``, a sentence, and ``fault``, where it was ours;
    or ``COPY`` and a file."""
    size = int.from_bytes(message[:LENGTH], "big")
    asked = json.loads(message[LENGTH : LENGTH + size])
    data, rules = message[LENGTH + size :], rules_from_json(asked["rules"])
    try:
        if asked["act"] == "screen":
            return _json(_screened(data, asked["name"], rules))
        made = (
            clean(data, asked["name"]) if asked["act"] == "clean" else masked_copy(data, asked["name"], rules)
        )
        return COPY + made
    except (Unreadable, Unwritable, Uncleanable) as error:
        return _json({"unreadable": str(error)})
    except MemoryError:
        return _json({"unreadable": TOO_MUCH_MEMORY, "spent": True})
    except RecursionError:
        return _json({"unreadable": TOO_NESTED})
    except Exception:
        return _json({"fault": traceback.format_exc()})


def _screened(data: bytes, name: str, rules: Rules) -> dict[str, object]:
    found = screen(data, name, rules)
    return {
        "findings": [finding_to_json(finding) for finding in found.findings],
        "scannable": found.scannable,
        "people": [person_to_json(person) for person in found.people],
    }


def _json(value: dict[str, object]) -> bytes:
    return ANSWER + json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


if __name__ == "__main__":
    main()
