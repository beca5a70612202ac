"""Word documents: merged cells as Word writes them, and what is left in them after a round of comments."""

import random
from collections.abc import Collection
from io import BytesIO

from docx import Document
from docx.document import Document as Doc
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Tc
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from messy.paper import Grid, Line, Paper, Slot, matrix

Knobs = Collection[str]


def render(paper: Paper, knobs: Knobs, rng: random.Random) -> bytes:
    document = Document()
    document.core_properties.title = rng.choice((paper.file_title, "", "Microsoft Word - 文档1"))
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    holder: Doc | _Cell = document
    if "nested_table" in knobs:
        holder = document.add_table(1, 1).cell(0, 0)
    for part in paper.parts:
        if isinstance(part, Line):
            _write(holder.add_paragraph(), part.text, knobs, rng, figure=False)
        else:
            _table(holder, part, knobs, rng)
            holder.add_paragraph()
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _table(holder: Doc | _Cell, grid: Grid, knobs: Knobs, rng: random.Random) -> None:
    places = matrix(grid)
    table = holder.add_table(len(places), grid.width)
    tcs = [list(row._tr.tc_lst) for row in table.rows]
    for number, row in enumerate(places):
        for column, place in enumerate(row):
            if place and place[1]:
                slot = place[0]
                cell = _Cell(tcs[number][column], table)
                _fill(cell, slot, knobs, rng)
    _merge(table, tcs, places)


def _merge(table: Table, tcs: list[list[CT_Tc]], places: list[list[tuple[Slot, bool] | None]]) -> None:
    """Spans written straight into the XML (gridSpan, vMerge): python-docx's own merging is slow."""
    for number, (tr, row) in enumerate(zip(table._tbl.tr_lst, places, strict=True)):
        column = 0
        while column < len(row):
            place = row[column]
            if place is None:
                column += 1
                continue
            slot, width = place[0], 1
            while column + width < len(row) and row[column + width] and row[column + width][0] is slot:  # type: ignore[index]
                tr.remove(tcs[number][column + width])
                width += 1
            tc = tcs[number][column]
            tc.grid_span = width
            if slot.rowspan > 1:
                tc.vMerge = "restart" if place[1] else "continue"
            column += width


def _fill(cell: _Cell, slot: Slot, knobs: Knobs, rng: random.Random) -> None:
    paragraph = cell.paragraphs[0]
    figure = slot.role == "value" and bool(slot.text.strip())
    if figure and "tracked_changes" in knobs and rng.random() < 0.3:
        _tracked(paragraph, slot.text, rng)
    elif figure and "formula_fields" in knobs and (slot.address or "").endswith("total"):
        _formula(paragraph, slot.text)
    else:
        _write(paragraph, slot.text, knobs, rng, figure=figure)
    if figure and "hidden_runs" in knobs and rng.random() < 0.2:
        paragraph.add_run(str(rng.randint(1, 99))).font.hidden = True
    if "content_controls" in knobs and rng.random() < 0.5:
        _control(paragraph)


def _write(paragraph: Paragraph, text: str, knobs: Knobs, rng: random.Random, *, figure: bool) -> None:
    """Text in one run or many, with a bookmark among them where Word last stood."""
    if "split_runs" not in knobs or len(text) < 2:
        paragraph.add_run(text)
        return
    cuts = sorted(rng.sample(range(1, len(text)), min(len(text) - 1, rng.randint(1, 4))))
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        paragraph.add_run(text[start:end])
    paragraph._p.insert(1, parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="0" w:name="_GoBack"/>'))
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="0"/>'))


def _tracked(paragraph: Paragraph, text: str, rng: random.Random) -> None:
    """An old figure struck out and the new one put in, changes not yet accepted."""
    about = 'w:id="9" w:author="张三" w:date="2024-01-08T09:00:00Z"'
    old = f"<w:del {nsdecls('w')} {about}><w:r><w:delText>{rng.randint(1, 999)}</w:delText></w:r></w:del>"
    paragraph._p.append(parse_xml(old))
    inserted = parse_xml(f"<w:ins {nsdecls('w')} {about}/>")
    inserted.append(paragraph.add_run(text)._r)
    paragraph._p.append(inserted)


def _formula(paragraph: Paragraph, text: str) -> None:
    """=SUM(LEFT) with its last result."""
    for kind in ("begin", None, "separate", "result", "end"):
        run = paragraph.add_run(text if kind == "result" else "")
        if kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.text = " =SUM(LEFT) \\* MERGEFORMAT "
            run._r.append(instruction)
        elif kind != "result":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _control(paragraph: Paragraph) -> None:
    """The paragraph's runs inside a content control, as in the templates superiors send round."""
    runs = [child for child in paragraph._p if child.tag in (qn("w:r"), qn("w:ins"), qn("w:del"))]
    if not runs:
        return
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/></w:sdt>")
    runs[0].addprevious(control)
    content = OxmlElement("w:sdtContent")
    control.append(content)
    content.extend(runs)
