"""Letters as files: PDF to be sealed and served, Word for those who must change the paper."""

from collections.abc import Callable, Mapping

from gongkai.documents.letters import docx, pdf
from gongkai.documents.letters.letter import Letter
from gongkai.documents.writing import Unwritable

_WRITERS: Mapping[str, Callable[[Letter], bytes]] = {"pdf": pdf.render, "docx": docx.render}
FORMATS = tuple(_WRITERS)


def render(letter: Letter, kind: str) -> bytes:
    """The letter as a file of one of :data:`FORMATS`. The same letter gives the same bytes.

    Raises ``Unwritable`` for another format, and for a PDF whose fonts lack a character.
    """
    if kind not in _WRITERS:
        raise Unwritable(f"文书不会写成“{kind}”文件；可写 {'、'.join(FORMATS)}。")
    return _WRITERS[kind](letter)
