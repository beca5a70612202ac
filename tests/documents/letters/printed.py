"""A letter as plain text, everything it prints in reading order: what the snapshots hold."""

from collections.abc import Iterator

from gongkai.documents.letters import Letter
from gongkai.law.limits import chinese_date


def as_text(letter: Letter) -> str:
    return "\n".join(_lines(letter)) + "\n"


def _lines(letter: Letter) -> Iterator[str]:
    yield letter.issuer
    yield letter.title
    if letter.document_number:
        yield letter.document_number
    for table in letter.tables:
        yield f"【{table.caption}】"
        yield from ("｜".join(cell.text for cell in row) for row in table.rows)
    if letter.link:
        yield f"【二维码】{letter.link}"
    if letter.addressee:
        yield f"{letter.addressee}："
    yield from (paragraph.text for paragraph in letter.paragraphs)
    yield from (f"附件：{name}" for name in letter.attachments)
    if letter.dated:
        yield chinese_date(letter.dated)
    yield from letter.contact
    yield from (f"抄送：{name}" for name in letter.copy_to)
