"""The child process in which files nobody vouches for are opened; :mod:`gongkai.documents.contents.guarded`
starts it. It speaks as :mod:`gongkai.documents.reading.worker` does; a message is the length of the file's
name in 4 bytes, the name, and the file.
"""

import json
import os
import sys
import traceback

from gongkai.documents.contents.exchange import to_plain
from gongkai.documents.contents.opening import read_contents
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.worker import (
    TOO_MUCH_MEMORY,
    TOO_NESTED,
    limit_memory,
    limit_time,
    receive,
    send,
)

SECONDS = 20
NAME = 4


def main() -> None:
    """Opens files until there are none."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not look like an answer
    limit_memory()
    send(answers, b"")
    while (message := receive(sys.stdin.buffer)) is not None:
        limit_time(SECONDS)
        send(answers, json.dumps(answer(message), ensure_ascii=False).encode("utf-8", "replace"))


def answer(message: bytes) -> dict[str, object]:
    """``contents`` as plain data; or ``unreadable``, a sentence, and ``fault``, where it was ours."""
    end = NAME + int.from_bytes(message[:NAME], "big")
    try:
        return {"contents": to_plain(read_contents(message[end:], message[NAME:end].decode()))}
    except Unreadable as error:
        return {"unreadable": str(error)}
    except MemoryError:
        return {"unreadable": TOO_MUCH_MEMORY, "spent": True}
    except RecursionError:
        return {"unreadable": TOO_NESTED}
    except Exception:
        return {"fault": traceback.format_exc()}


def packed(data: bytes, name: str) -> bytes:
    """The message for a file."""
    encoded = name.encode("utf-8", "replace")
    return len(encoded).to_bytes(NAME, "big") + encoded + data


if __name__ == "__main__":
    main()
