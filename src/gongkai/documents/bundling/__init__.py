"""Evidence bundles: the papers of a case in one PDF, with cover, table of contents, numbers and bookmarks.

Pages of PDF files are kept as they are (their scripts, links and attachments are not, and a signature in
them no longer holds: the original is to be kept). A file that cannot be turned into pages is named on a
page of its own, with its size and its digest; it is embedded nowhere.
"""

from collections.abc import Sequence
from datetime import date

from gongkai.documents.bundling.binding import bound, page_count
from gongkai.documents.bundling.parts import Bundle, Entry, Part
from gongkai.documents.bundling.preparing import Preparer, Unusable
from gongkai.documents.bundling.sheets import absent, contents_title, day, front, numbers

__all__ = ["Bundle", "Entry", "Part", "bundle"]


def bundle(  # noqa: PLR0913 - what stands on the cover
    title: str, issuer: str, case_number: str, parts: Sequence[Part], today: date, *, concerns: str = ""
) -> Bundle:
    """The parts in the order given; where they say what they prove, so does the table of contents.
    ``concerns`` is what the case is about. The same parts on the same day give the same bytes.

    Raises :class:`gongkai.documents.writing.Unwritable` if no Chinese font is found.
    """
    files, warnings = _files(parts)
    counts = [page_count(data) for data in files]
    facts = [
        ("案号", case_number),
        *((("涉及申请", concerns),) if concerns else ()),
        ("提交机关", issuer),
        ("制作日期", day(today)),
        ("材料份数", f"{len(parts)} 份"),
    ]
    opening = front(title, facts, _entries(parts, counts, 0))
    before = page_count(opening)
    entries = _entries(parts, counts, before)
    stamps = numbers(before + sum(counts))
    fronts = ("封面", contents_title(entries))
    marks = [Entry(name, None, 1, page, page) for page, name in enumerate(fronts, 1)] + entries
    return Bundle(bound([opening, *files], stamps, title, issuer, marks), tuple(warnings), tuple(entries))


def _files(parts: Sequence[Part]) -> tuple[list[bytes], list[str]]:
    """Each part's pages, and a sentence for each that has but a page of ours."""
    files, warnings = [], []
    with Preparer() as preparer:
        for part in parts:
            try:
                files.append(preparer.prepared(part.data, part.name))
            except Unusable as error:
                files.append(absent(part, str(error)))
                warnings.append(
                    f"“{part.title}”（{part.name}）：{error}，卷里只列明文件信息；请另行提交原件。"
                )
    return files, warnings


def _entries(parts: Sequence[Part], counts: Sequence[int], before: int) -> list[Entry]:
    entries = []
    for part, count in zip(parts, counts, strict=True):
        entries.append(Entry(part.title, part.dated, part.heading, before + 1, before + count, part.proves))
        before += count
    return entries
