"""Hidden data planted in Word files, a planter for each class."""
# ruff: noqa: E501 (what is planted is written in one piece)

import io
import re
import zipfile
from random import Random

import docx
from docx.opc.constants import RELATIONSHIP_TYPE

from tests.screening.hidden import carriers
from tests.screening.hidden.carriers import Carrier, picture, secret, word
from tests.screening.hidden.packages import after, before, edited, parts, put, related
from tests.screening.hidden.planting import Planted, plant

MAIN = "word/document.xml"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_WHO = 'w:id="900" w:author="甄示范" w:date="2026-03-01T09:00:00Z"'


def in_body(carrier: Carrier, xml: str, random: Random) -> bytes:
    """``xml`` as further content of the body, before the section or among the paragraphs."""
    if random.random() < 0.5:
        return before(carrier.data, MAIN, "<w:sectPr", xml)
    return after(carrier.data, MAIN, "<w:body>", xml)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p>{run(text, properties)}</w:p>"


def _planted(random: Random, xml: str) -> Planted:
    carrier = word(random)
    return Planted(carrier.name, in_body(carrier, xml, random), carrier.words)


@plant("word.insertion")
def insertion(random: Random) -> Planted:
    text = secret(random)
    kept = _planted(random, f"<w:p><w:ins {_WHO}>{run(text)}</w:ins></w:p>")
    return Planted(kept.name, kept.data, (*kept.words, text))


@plant("word.deletion")
def deletion(random: Random) -> Planted:
    gone = f'<w:del {_WHO}><w:r><w:delText xml:space="preserve">{secret(random)}</w:delText></w:r></w:del>'
    if random.random() < 0.3:
        row = (
            f"<w:tr><w:trPr><w:del {_WHO}/></w:trPr><w:tc><w:tcPr/>{paragraph(secret(random))}</w:tc></w:tr>"
        )
        return _planted(
            random,
            f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{row}<w:tr><w:tc><w:tcPr/>{paragraph('留')}</w:tc></w:tr></w:tbl><w:p/>",
        )
    if random.random() < 0.3:
        return _planted(random, f"<w:p><w:pPr><w:rPr><w:del {_WHO}/></w:rPr></w:pPr>{gone}</w:p>")
    return _planted(random, f"<w:p>{gone}{run('后文')}</w:p>")


@plant("word.move")
def move(random: Random) -> Planted:
    text = secret(random)
    xml = (
        f'<w:p><w:moveFromRangeStart w:id="901" w:author="甄示范" w:name="m1"/><w:moveFrom {_WHO}>{run(text)}</w:moveFrom>'
        f'<w:moveFromRangeEnd w:id="901"/></w:p><w:p><w:moveTo {_WHO}>{run(text)}</w:moveTo></w:p>'
    )
    return _planted(random, xml)


@plant("word.format_change")
def format_change(random: Random) -> Planted:
    changed = f"<w:b/><w:rPrChange {_WHO}><w:rPr><w:i/></w:rPr></w:rPrChange>"
    return _planted(random, paragraph("改过格式的文字", changed))


@plant("word.comment")
def comment(random: Random) -> Planted:
    document = docx.Document(io.BytesIO((carrier := word(random)).data))
    runs = document.paragraphs[1].runs
    document.add_comment(runs, text=secret(random), author="", initials="")
    out = io.BytesIO()
    document.save(out)
    return Planted(carrier.name, out.getvalue(), carrier.words)


@plant("word.vanish")
def vanish(random: Random) -> Planted:
    if random.random() < 0.4:
        kept = _planted(random, f'<w:p><w:pPr><w:pStyle w:val="藏"/></w:pPr>{run(secret(random))}</w:p>')
        style = '<w:style w:type="paragraph" w:styleId="藏底"><w:name w:val="藏底"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="藏"><w:name w:val="藏"/><w:basedOn w:val="藏底"/></w:style>'
        return Planted(kept.name, before(kept.data, "word/styles.xml", "</w:styles>", style), kept.words)
    return _planted(random, f"<w:p>{run(secret(random), '<w:vanish/>')}{run('见上')}</w:p>")


@plant("word.white_text")
def white_text(random: Random) -> Planted:
    color = random.choice(
        (
            '<w:color w:val="FFFFFF"/>',
            '<w:color w:val="FEFEFE"/>',
            '<w:color w:val="FFFFFF" w:themeColor="background1"/>',
        )
    )
    if random.random() < 0.3:
        red = run(secret(random), '<w:color w:val="C00000"/>')
        return _planted(random, f'<w:p><w:pPr><w:shd w:val="clear" w:fill="C00000"/></w:pPr>{red}</w:p>')
    return _planted(random, paragraph(secret(random), color))


@plant("word.tiny_text")
def tiny_text(random: Random) -> Planted:
    if random.random() < 0.3:
        return _planted(
            random,
            f'<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>{run(secret(random))}</w:p>',
        )
    return _planted(
        random,
        paragraph(
            secret(random), random.choice(('<w:sz w:val="2"/>', '<w:w w:val="1"/>', '<w:sz w:val="4"/>'))
        ),
    )


@plant("word.field_code")
def field_code(random: Random) -> Planted:
    code = random.choice(
        (
            f"COMMENTS {secret(random)}",
            f"DOCVARIABLE x{random.randrange(99)}",
            f'XE "{secret(random)}"',
            f"PRIVATE {secret(random)}",
            f"ADDIN {secret(random)}",
            "INCLUDETEXT C:\\\\内部\\\\名单.docx",
        )
    )
    if random.random() < 0.4:
        return _planted(random, f"<w:p><w:fldSimple w:instr='{code}'>{run('结果')}</w:fldSimple></w:p>")
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    half = len(code) // 2
    instructions = f'<w:r><w:instrText xml:space="preserve">{code[:half]}</w:instrText></w:r><w:r><w:instrText xml:space="preserve">{code[half:]}</w:instrText></w:r>'
    return _planted(random, f"<w:p>{marks[0]}{instructions}{marks[1]}{run('结果')}{marks[2]}</w:p>")


@plant("word.variable")
def variable(random: Random) -> Planted:
    carrier = word(random)
    xml = f'<w:docVars><w:docVar w:name="v" w:val="{secret(random)}"/></w:docVars>'
    return Planted(
        carrier.name, before(carrier.data, "word/settings.xml", "</w:settings>", xml), carrier.words
    )


@plant("word.smart_tag")
def smart_tag(random: Random) -> Planted:
    tag = f'<w:smartTag w:uri="urn:x" w:element="person"><w:smartTagPr><w:attr w:name="id" w:val="{secret(random)}"/></w:smartTagPr>{run("某处")}</w:smartTag>'
    return _planted(random, f"<w:p>{tag}</w:p>")


@plant("word.mail_merge")
def mail_merge(random: Random) -> Planted:
    carrier = word(random)
    data, key = related(
        carrier.data, "word/settings.xml", "mailMergeSource", "file:///D:/内部/名单.xlsx", None, external=True
    )
    xml = f'<w:mailMerge><w:mainDocumentType w:val="formLetters"/><w:query w:val="SELECT * FROM `名单$`"/><w:dataSource r:id="{key}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/></w:mailMerge>'
    return Planted(carrier.name, before(data, "word/settings.xml", "</w:settings>", xml), carrier.words)


@plant("word.unused_header")
def unused_header(random: Random) -> Planted:
    carrier = word(random)
    kind = random.choice(("header", "footer"))
    content = f"<w:hdr {_W}><w:p>{run(secret(random))}</w:p></w:hdr>".replace(
        "hdr", "hdr" if kind == "header" else "ftr"
    )
    data, key = related(
        carrier.data, MAIN, kind, f"word/{kind}9.xml", content.encode(), f"{_TYPE}.{kind}+xml"
    )
    reference = f'<w:{kind}Reference w:type="{random.choice(("even", "first"))}" r:id="{key}"/>'
    data = edited(
        data, MAIN, lambda text: re.sub(r"<w:sectPr[^>]*>", lambda found: found[0] + reference, text, count=1)
    )
    return Planted(carrier.name, data, carrier.words)


@plant("word.orphan_note")
def orphan_note(random: Random) -> Planted:
    carrier = word(random)
    notes = f'<w:footnotes {_W}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:id="7">{paragraph(secret(random))}</w:footnote></w:footnotes>'
    data, _ = related(
        carrier.data, MAIN, "footnotes", "word/footnotes.xml", notes.encode(), f"{_TYPE}.footnotes+xml"
    )
    return Planted(carrier.name, data, carrier.words)


@plant("word.hidden_row")
def hidden_row(random: Random) -> Planted:
    properties = random.choice(("<w:hidden/>", '<w:trHeight w:val="1" w:hRule="exact"/>'))
    rows = f"<w:tr><w:tc><w:tcPr/>{paragraph('可见')}</w:tc></w:tr><w:tr><w:trPr>{properties}</w:trPr><w:tc><w:tcPr/>{paragraph(secret(random))}</w:tc></w:tr>"
    return _planted(random, f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>{rows}</w:tbl><w:p/>")


@plant("word.building_block")
def building_block(random: Random) -> Planted:
    carrier = word(random)
    xml = f'<w:glossaryDocument {_W}><w:docParts><w:docPart><w:docPartPr><w:name w:val="词条"/><w:types><w:type w:val="autoTxt"/></w:types></w:docPartPr><w:docPartBody>{paragraph(secret(random))}</w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>'
    data, _ = related(
        carrier.data,
        MAIN,
        "glossaryDocument",
        "word/glossary/document.xml",
        xml.encode(),
        f"{_TYPE}.document.glossary+xml",
    )
    return Planted(carrier.name, data, carrier.words)


@plant("word.inserted_file", cleanable=False)
def inserted_file(random: Random) -> Planted:
    carrier = word(random)
    data, key = related(
        carrier.data, MAIN, "aFChunk", "word/chunk.html", f"<p>{secret(random)}</p>".encode(), "text/html"
    )
    return Planted(
        carrier.name, before(data, MAIN, "<w:sectPr", f'<w:altChunk r:id="{key}"/>'), carrier.words
    )


def _anchor(inside: str, left: int, top: int, height: int = 1, behind: str = "0") -> str:
    names = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    return f'<w:p><w:r><w:drawing><wp:anchor {names} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{height}" behindDoc="{behind}" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>{left}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV><wp:extent cx="2000000" cy="500000"/><wp:wrapNone/><wp:docPr id="{height + 50}" name="框"/>{inside}</wp:anchor></w:drawing></w:r></w:p>'


def _box(text: str) -> str:
    return f'<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx><w:txbxContent>{paragraph(text)}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>'


def _picture(key: str) -> str:
    return f'<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="图"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'


@plant("shape.off_page")
def off_page(random: Random) -> Planted:
    left, top = random.choice(((-9_000_000, 100), (100, 60_000_000), (30_000_000, 100)))
    return _planted(random, _anchor(_box(secret(random)), left, top))


@plant("shape.behind")
def behind(random: Random) -> Planted:
    carrier = word(random)
    data, key = related(carrier.data, MAIN, "image", "word/media/planted.png", picture(random), "image/png")
    carrier = Carrier(carrier.name, data, carrier.words)
    xml = _anchor(_box(secret(random)), 900_000, 900_000, 1, random.choice("01")) + _anchor(
        _picture(key), 900_000, 900_000, 9
    )
    return Planted(carrier.name, in_body(carrier, xml, random), carrier.words)


@plant("shape.hidden")
def hidden_shape(random: Random) -> Planted:
    return _planted(
        random, _anchor(_box(secret(random)), 900_000, 900_000).replace('name="框"', 'name="框" hidden="1"')
    )


def _with_picture(random: Random, data: bytes | None = None) -> Carrier:
    carrier = word(random)
    document = docx.Document(io.BytesIO(carrier.data))
    document.add_picture(io.BytesIO(data or picture(random, random.choice(("PNG", "JPEG")), (200, 100))))
    out = io.BytesIO()
    document.save(out)
    return Carrier(carrier.name, out.getvalue(), carrier.words)


@plant("picture.cropped")
def cropped(random: Random) -> Planted:
    carrier = _with_picture(random, picture(random, random.choice(("PNG", "JPEG")), (201, 101)))
    sides = " ".join(f'{side}="{random.randrange(10_000, 40_000)}"' for side in random.sample("ltrb", 2))
    data = edited(
        carrier.data,
        MAIN,
        lambda text: f"<a:srcRect {sides}/><a:stretch>".join(text.rsplit("<a:stretch>", 1)),
    )
    return Planted(carrier.name, data, carrier.words)


@plant("picture.alt_text")
def alt_text(random: Random) -> Planted:
    carrier = _with_picture(random)
    text = random.choice((secret(random), "C:\\Users\\甄示范\\Desktop\\1.png", "联系 someone@example.com"))
    data = edited(
        carrier.data, MAIN, lambda xml: f'<wp:docPr descr="{text}" '.join(xml.rsplit("<wp:docPr ", 1))
    )
    return Planted(carrier.name, data, carrier.words)


@plant("picture.location")
def picture_location(random: Random) -> Planted:
    from tests.screening.hidden.plant_images import photograph

    carrier = _with_picture(random, photograph(random, gps=True))
    return Planted(carrier.name, carrier.data, carrier.words)


@plant("picture.properties")
def picture_properties(random: Random) -> Planted:
    from tests.screening.hidden.plant_images import photograph

    carrier = _with_picture(random, photograph(random, artist=True))
    return Planted(carrier.name, carrier.data, carrier.words)


@plant("part.embedded")
def embedded(random: Random) -> Planted:
    carrier = word(random)
    inside = carriers.book(random)
    kind = random.choice(("package", "oleObject"))
    name = "word/embeddings/book.xlsx" if kind == "package" else "word/embeddings/object1.bin"
    data, key = related(
        carrier.data,
        MAIN,
        kind,
        name,
        inside.data,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    xml = f'<w:p><w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="Excel.Sheet.12" ShapeID="x" DrawAspect="Content" ObjectID="_1" r:id="{key}"/></w:object></w:r></w:p>'
    return Planted(carrier.name, before(data, MAIN, "<w:sectPr", xml), carrier.words)


CHART = '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><c:chart><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:ser><c:idx val="0"/><c:order val="0"/><c:val><c:numRef><c:f>Sheet1!$A$1:$A$2</c:f><c:numCache><c:ptCount val="2"/><c:pt idx="0"><c:v>3</c:v></c:pt><c:pt idx="1"><c:v>5</c:v></c:pt></c:numCache></c:numRef></c:val></c:ser><c:axId val="1"/><c:axId val="2"/>{ext}</c:barChart><c:catAx><c:axId val="1"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart>{data}</c:chartSpace>'
FILTERED = '<c:extLst><c:ext uri="{02D57815-91ED-43cb-92C2-25804820EDAC}" xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart"><c15:filteredBarSeries><c15:ser><c:idx val="1"/><c:tx><c:strRef><c:strCache><c:pt idx="0"><c:v>SECRET</c:v></c:pt></c:strCache></c:strRef></c:tx></c15:ser></c15:filteredBarSeries></c:ext></c:extLst>'


def _chart(random: Random, xml: str, workbook: bool) -> Planted:
    carrier = word(random)
    data, key = related(
        carrier.data,
        MAIN,
        "chart",
        "word/charts/chart1.xml",
        xml.encode(),
        "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    )
    if workbook:
        data, inner = related(
            data,
            "word/charts/chart1.xml",
            "package",
            "word/embeddings/chart.xlsx",
            carriers.book(random).data,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
        data = put(data, "word/charts/chart1.xml", "BOOKKEY", inner)
    frame = f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="3000000" cy="2000000"/><wp:docPr id="70" name="图表"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="{key}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    return Planted(carrier.name, before(data, MAIN, "<w:sectPr", frame), carrier.words)


@plant("chart.workbook")
def chart_workbook(random: Random) -> Planted:
    return _chart(
        random,
        CHART.replace("{ext}", "").replace(
            "{data}", '<c:externalData r:id="BOOKKEY"><c:autoUpdate val="0"/></c:externalData>'
        ),
        workbook=True,
    )


@plant("chart.filtered")
def chart_filtered(random: Random) -> Planted:
    return _chart(
        random,
        CHART.replace("{ext}", FILTERED.replace("SECRET", secret(random))).replace("{data}", ""),
        workbook=False,
    )


@plant("part.orphan")
def orphan(random: Random) -> Planted:
    carrier = random.choice((word, carriers.book, carriers.slides))(random)
    content = parts(carrier.data)
    content[random.choice(("word/media/old.png", "x/名单.xml", "docs/notes.txt"))] = secret(random).encode()
    from tests.screening.hidden.packages import packed

    return Planted(carrier.name, packed(content), carrier.words)


@plant("part.custom_xml")
def custom_xml(random: Random) -> Planted:
    carrier = random.choice((word, carriers.book))(random)
    main = MAIN if carrier.name.endswith("docx") else "xl/workbook.xml"
    data, _ = related(
        carrier.data, main, "customXml", "customXml/item7.xml", f"<r><p>{secret(random)}</p></r>".encode()
    )
    return Planted(carrier.name, data, carrier.words)


@plant("part.macro")
def macro(random: Random) -> Planted:
    carrier = random.choice((word, carriers.book, carriers.slides))(random)
    main = {"docx": MAIN, "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}[carrier.name[-4:]]
    folder = main.partition("/")[0]
    data, _ = related(
        carrier.data,
        main,
        "http://schemas.microsoft.com/office/2006/relationships/vbaProject",
        f"{folder}/vbaProject.bin",
        b"\xd0\xcf\x11\xe0" + secret(random).encode(),
        "application/vnd.ms-office.vbaProject",
    )
    return Planted(carrier.name[:-1] + "m", data, carrier.words)


@plant("part.xml_comment")
def xml_comment(random: Random) -> Planted:
    carrier = random.choice((word, carriers.slides, carriers.open_text, carriers.open_book))(random)
    main = {"docx": MAIN, "pptx": "ppt/slides/slide1.xml"}.get(carrier.name[-4:], "content.xml")
    data = edited(carrier.data, main, lambda text: text + f"<!-- {secret(random)} -->")
    return Planted(carrier.name, data, carrier.words)


@plant("part.invisible")
def invisible(random: Random) -> Planted:
    tags = "".join(chr(0xE0000 + byte) for byte in b"ID 000000200001010000")
    zero = "".join(random.choice("\u200b\u200c\u200d\u2060") for _ in range(64))
    smuggled = random.choice((tags, zero))
    carrier = random.choice((carriers.page, carriers.note, carriers.table, word))(random)
    if carrier.name.endswith("docx"):
        return Planted(
            carrier.name, in_body(carrier, paragraph("文" + smuggled + "字"), random), carrier.words
        )
    text = (
        carrier.data.decode("utf-8-sig" if carrier.data[:1] == b"\xef" else "utf-8")
        if _is_utf8(carrier.data)
        else carrier.data.decode("gb18030")
    )
    place = text.index(carrier.words[0]) if carrier.words[0] in text else len(text)
    return Planted(carrier.name, (text[:place] + smuggled + text[place:]).encode(), carrier.words)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


@plant("part.ink")
def ink(random: Random) -> Planted:
    carrier = word(random)
    data, _ = related(
        carrier.data,
        MAIN,
        "http://schemas.microsoft.com/office/2006/relationships/ink",
        "word/ink/ink1.xml",
        b"<ink xmlns='http://www.w3.org/2003/InkML'><trace>1 2, 3 4</trace></ink>",
    )
    return Planted(carrier.name, data, carrier.words)


@plant("link.local")
def local_link(random: Random) -> Planted:
    target = random.choice(
        ("file:///C:/Users/甄示范/名单.xlsx", "\\\\10.0.0.8\\共享\\名单.xlsx", "file://server/share/x.docx")
    )
    if random.random() < 0.3:
        carrier = carriers.page(random)
        return Planted(
            carrier.name,
            carrier.data.replace(b"<h1", f'<a href="{target}">附件</a><h1'.encode(), 1),
            carrier.words,
        )
    carrier = word(random)
    data, key = related(
        carrier.data,
        MAIN,
        "hyperlink",
        target.replace("\\", "/") if "://" in target else target,
        None,
        external=True,
    )
    xml = f'<w:p><w:hyperlink r:id="{key}">{run("附件")}</w:hyperlink></w:p>'
    return Planted(carrier.name, before(data, MAIN, "<w:sectPr", xml), (*carrier.words, "附件"))


@plant("zip.outside")
def outside(random: Random) -> Planted:
    carrier = random.choice((word, carriers.book, carriers.slides, carriers.open_text, carriers.archive))(
        random
    )
    addition = secret(random).encode() * 4
    way = random.randrange(3)
    if way == 0:
        return Planted(carrier.name, carrier.data + addition, carrier.words)
    if way == 1:
        return Planted(carrier.name, addition + carrier.data, carrier.words)
    out = io.BytesIO(carrier.data)
    with zipfile.ZipFile(out, "a") as file:
        file.comment = addition
    return Planted(carrier.name, out.getvalue(), carrier.words)


@plant("props.author")
def author(random: Random) -> Planted:
    if random.random() < 0.5:
        carrier = word(random)
        document = docx.Document(io.BytesIO(carrier.data))
        setattr(document.core_properties, random.choice(("author", "last_modified_by")), secret(random)[:4])
        out = io.BytesIO()
        document.save(out)
        return Planted(carrier.name, out.getvalue(), carrier.words)
    carrier = random.choice((carriers.open_text, carriers.open_book, carriers.open_slides))(random)
    return Planted(
        carrier.name,
        before(
            carrier.data,
            "meta.xml",
            "</office:meta>",
            f"<{(t := random.choice(('dc:creator', 'meta:initial-creator')))}>甄示范</{t}>",
        ),
        carrier.words,
    )


@plant("props.description")
def description(random: Random) -> Planted:
    carrier = word(random)
    document = docx.Document(io.BytesIO(carrier.data))
    document.core_properties.comments = secret(random)
    out = io.BytesIO()
    document.save(out)
    return Planted(carrier.name, out.getvalue(), carrier.words)


@plant("props.company")
def company(random: Random) -> Planted:
    carrier = word(random)
    name = random.choice(("Company", "Manager"))
    data = edited(
        carrier.data,
        "docProps/app.xml",
        lambda text: (
            text.replace(f"<{name}/>", "")
            .replace(f"<{name}></{name}>", "")
            .replace("</Properties>", f"<{name}>示例有限公司</{name}></Properties>")
        ),
    )
    return Planted(carrier.name, data, carrier.words)


@plant("props.custom")
def custom(random: Random) -> Planted:
    carrier = word(random)
    xml = f'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="审批人"><vt:lpwstr>{secret(random)}</vt:lpwstr></property></Properties>'
    data, _ = related(
        carrier.data,
        "",
        RELATIONSHIP_TYPE.CUSTOM_PROPERTIES
        if hasattr(RELATIONSHIP_TYPE, "CUSTOM_PROPERTIES")
        else "custom-properties",
        "docProps/custom.xml",
        xml.encode(),
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    )
    return Planted(carrier.name, data, carrier.words)


@plant("props.thumbnail")
def thumbnail(random: Random) -> Planted:
    carrier = carriers.book(random)
    data, _ = related(
        carrier.data,
        "",
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail",
        "docProps/thumbnail.jpeg",
        picture(random, "JPEG"),
        "image/jpeg",
    )
    return Planted(carrier.name, data, carrier.words)


@plant("props.people")
def people(random: Random) -> Planted:
    carrier = word(random)
    xml = f'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="{secret(random)}"/></w15:people>'
    data, _ = related(
        carrier.data,
        MAIN,
        "http://schemas.microsoft.com/office/2011/relationships/people",
        "word/people.xml",
        xml.encode(),
        f"{_TYPE}.people+xml",
    )
    return Planted(carrier.name, data, carrier.words)
