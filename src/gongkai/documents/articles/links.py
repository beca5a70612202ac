"""Links in the words of an article: ``[words](https://…)``, to nowhere but where a reader may be sent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Words and addresses have a most length, so that a text full of brackets costs no more than it is long.
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\(([^\s()\[\]<>\"'\\`]{1,1500})\)")
_SCHEMES = ("https://", "http://", "mailto:")
_IN_WAY = {ord(mark): f"%{ord(mark):02X}" for mark in "()[]<>\"'\\` \t\n"}


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words; ``target`` is where they lead, empty for plain words."""

    text: str
    target: str = ""


def spans(text: str) -> Iterator[Span]:
    """The words of a text in order. A bracket that is no link stays what it is."""
    end = 0
    for found in _LINK.finditer(text):
        if is_allowed(found[2]):
            if found.start() > end:
                yield Span(text[end : found.start()])
            yield Span(found[1], found[2])
            end = found.end()
    if end < len(text):
        yield Span(text[end:])


def words_of(text: str) -> str:
    """The text without the addresses its links lead to."""
    return "".join(span.text for span in spans(text)) if "](" in text else text


def is_allowed(target: str) -> bool:
    """Whether a link may lead there: a page on the web, an e-mail address, or a place on this site."""
    lowered = target.lower()
    if lowered.startswith(_SCHEMES):
        return len(target) > len("https://") and target.isprintable()
    head = re.split("[/?#]", target, maxsplit=1)[0]
    return bool(target) and ":" not in head and not target.startswith("//") and target.isprintable()


def link(words: str, target: str) -> str:
    """The words as a link, where both can be one; else the words alone."""
    words = " ".join(words.replace("[", "［").replace("]", "］").split())
    target = target.strip().translate(_IN_WAY)
    written = f"[{words}]({target})"
    return written if is_allowed(target) and _LINK.fullmatch(written) else words
