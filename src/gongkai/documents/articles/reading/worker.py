"""The child process that reads an untrusted file as an article; :mod:`.guarded` starts it.

It answers as :mod:`gongkai.documents.reading.worker` does. An answer is a line of JSON and the bytes of the
pictures behind it, never a pickle: the parent trusts nothing that comes from here.
"""

import os
import sys
import traceback
from typing import Any

from gongkai.documents.articles.article import Article
from gongkai.documents.articles.reading import ReadArticle, Unreadable, read_article
from gongkai.documents.reading.worker import (
    TOO_MUCH_MEMORY,
    TOO_NESTED,
    limit_memory,
    limit_time,
    receive,
    send,
)
from gongkai.documents.redaction.rasters import packed, unpacked


def main() -> None:
    """Reads the files that come, each after its name, until there are none."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray print must not look like an answer
    limit_memory()
    send(answers, b"")
    while (message := receive(sys.stdin.buffer)) is not None:
        limit_time()
        head, data = unpacked(message)
        send(answers, answer(data, str(head["name"])))


def answer(data: bytes, name: str) -> bytes:
    """The article; or ``unreadable``, a sentence; or ``fault``, where it was ours."""
    try:
        return to_message(read_article(data, name))
    except Unreadable as error:
        return packed({"unreadable": str(error)})
    except MemoryError:
        return packed({"unreadable": TOO_MUCH_MEMORY})
    except RecursionError:
        return packed({"unreadable": TOO_NESTED})
    except Exception:
        return packed({"fault": traceback.format_exc()})


def to_message(read: ReadArticle) -> bytes:
    """An article as a message."""
    head = {
        "article": read.article.to_json(),
        "title": read.title,
        "pictures": [[sha, len(data), kind] for sha, data, kind in read.pictures],
        "lost": list(read.lost),
    }
    return packed(head, b"".join(data for _, data, _ in read.pictures))


def from_message(head: dict[str, Any], body: bytes) -> ReadArticle:
    """The article in a message. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what is none."""
    pictures, start = [], 0
    for sha, size, kind in head["pictures"]:
        pictures.append((str(sha), body[start : start + int(size)], str(kind)))
        start += int(size)
    article = Article.from_json(head["article"])
    return ReadArticle(article, str(head["title"]), tuple(pictures), tuple(map(str, head["lost"])))


if __name__ == "__main__":
    main()
