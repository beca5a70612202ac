"""What must not get out of a file, a text or a table: every finding, worded, with its place."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from gongkai.documents.contents import Cell, Contents, Passage, Table, read_contents
from gongkai.screening.across import hits_across
from gongkai.screening.findings import Finding, Listed, Screening, Severity
from gongkai.screening.hidden import inspect
from gongkai.screening.kinds import KINDS
from gongkai.screening.rules import MaskedPerson, Rules
from gongkai.screening.searching import hits_and_people, masked_people_in
from gongkai.screening.stretch import Hit, where_in_words

MOST_LISTED = 300
"""So many findings of a kind are told one by one; of the rest how many."""
_ANYTHING = Rules()


def screen(data: bytes, name: str, rules: Rules = _ANYTHING) -> Screening:
    """What is found in a file and in the files inside it. ``name`` is its name: what it says is screened too.

    Raises :class:`gongkai.documents.reading.content.Unreadable` with one Chinese sentence.
    """
    contents = read_contents(data, name)
    found = screen_contents(contents, name, rules)
    hidden = tuple(f for f in inspect(data, name) if not _is_off(f.kind, rules))
    return Screening((*found.findings, *hidden), found.scannable, found.people)


def screen_contents(contents: Contents, name: str = "", rules: Rules = _ANYTHING) -> Screening:
    """As :func:`screen`, of what has been read already; hidden data of the file is not looked for."""
    hits, people = hits_and_people(contents, name, rules)
    findings = tuple(_in_words(hits))
    pictures = tuple(_unscanned(contents)) if "unscannable.picture" not in rules.off else ()
    return Screening((*findings, *pictures), contents.is_scannable, people)


def screen_text(text: str, rules: Rules = _ANYTHING, place: str = "正文") -> Screening:
    """A title or a body typed at the desk; the place of a finding is ``正文第2段``."""
    lines = text.splitlines() or [text]
    single = len(lines) == 1
    passages = tuple(
        Passage(line, place if single else f"{place}第{number}段") for number, line in enumerate(lines, 1)
    )
    return screen_contents(Contents("text", passages), "", rules)


def screen_table(
    rows: Sequence[Sequence[str]], rules: Rules = _ANYTHING, place: str = "表格", title: str = ""
) -> Screening:
    """Rows of texts, the header among them; the place of a finding is ``表格第2行第3列``."""
    return screen_contents(table_contents(rows, place, title), "", rules)


def table_contents(rows: Sequence[Sequence[str]], place: str = "表格", title: str = "") -> Contents:
    cells = tuple(
        tuple(Cell(text, f"{place}第{row}行第{column}列") for column, text in enumerate(line, 1))
        for row, line in enumerate(rows, 1)
    )
    passages = (Passage(title, "标题"),) if title else ()
    return Contents("table", passages, (Table(place, cells),), before=(len(passages),))


def masked_people_of(data: bytes, name: str, source: str) -> tuple[MaskedPerson, ...]:
    """The masked people of a file that goes out, to be given to later calls as ``Rules.published``."""
    return masked_people_in(read_contents(data, name), source)


def findings_across(
    people: Sequence[Listed], published: Sequence[MaskedPerson], rules: Rules = _ANYTHING
) -> tuple[Finding, ...]:
    """What lists that are out already give away of the people of a list that was screened before."""
    if _is_off("personal.reconstruction", rules):
        return ()
    return tuple(_in_words(hits_across(people, published)))


def _in_words(hits: Iterable[Hit]) -> Iterator[Finding]:
    listed, counts = list(hits), Counter[str]()
    for hit in listed:
        counts[hit.kind] += 1
        if counts[hit.kind] <= MOST_LISTED:
            yield finding_of(hit)
    for kind, count in counts.items():
        if count > MOST_LISTED:
            blocks = any(hit.blocks for hit in listed if hit.kind == kind)
            yield _rest(kind, count - MOST_LISTED, blocks)


def finding_of(hit: Hit) -> Finding:
    kind = KINDS[hit.kind]
    note = f"（{hit.note}）" if hit.note else ""
    severity = Severity.BLOCK if hit.blocks else Severity.WARN
    where = hit.where or where_in_words(hit.spans)
    return Finding(hit.kind, severity, where, hit.excerpt, f"{kind.message}{note}。", kind.article)


def _rest(kind: str, count: int, blocks: bool) -> Finding:
    message = f"同类问题另有 {count} 处，没有逐一列出；请先生成遮盖副本，再核对。"
    severity = Severity.BLOCK if blocks else Severity.WARN
    return Finding(kind, severity, "全文件", KINDS[kind].label, message, KINDS[kind].article)


def _unscanned(contents: Contents) -> Iterator[Finding]:
    kind = KINDS["unscannable.picture"]
    places = contents.unscanned or (() if contents.is_scannable else ("全文件",))
    for place in places[:MOST_LISTED]:
        yield Finding("unscannable.picture", Severity.WARN, place, "图像", f"{kind.message}。", kind.article)


def _is_off(kind: str, rules: Rules) -> bool:
    return kind in rules.off or kind.partition(".")[0] in rules.off
