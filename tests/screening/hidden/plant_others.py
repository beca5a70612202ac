"""Hidden data planted in slides, OpenDocument files, web pages, text and archives."""
# ruff: noqa: E501 (what is planted is written in one piece)

import io
import zipfile
from random import Random

from tests.screening.hidden import carriers
from tests.screening.hidden.carriers import open_document, secret, slides, text_box
from tests.screening.hidden.packages import after, before, packed, parts, put, related
from tests.screening.hidden.planting import Planted, plant

SLIDE = "ppt/slides/slide1.xml"
_P = carriers.P
_TYPE = "application/vnd.openxmlformats-officedocument.presentationml"


@plant("slide.hidden")
def hidden_slide(random: Random) -> Planted:
    carrier = slides(random, 3)
    data = put(carrier.data, "ppt/slides/slide2.xml", "<p:sld ", '<p:sld show="0" ')
    return Planted(carrier.name, data, (*carrier.words[:2], *carrier.words[4:]))


@plant("slide.notes")
def notes(random: Random) -> Planted:
    carrier = slides(random)
    xml = f'<p:notes {_P}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:sp><p:nvSpPr><p:cNvPr id="2" name="备注"/><p:cNvSpPr/><p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{secret(random)}</a:t></a:r></a:p></p:txBody></p:sp></p:spTree></p:cSld></p:notes>'
    data, _ = related(
        carrier.data,
        SLIDE,
        "notesSlide",
        "ppt/notesSlides/notesSlide1.xml",
        xml.encode(),
        f"{_TYPE}.notesSlide+xml",
    )
    return Planted(carrier.name, data, carrier.words)


@plant("slide.comment")
def slide_comment(random: Random) -> Planted:
    carrier = slides(random)
    xml = f'<p:cmLst {_P}><p:cm authorId="0" dt="2026-03-01T09:00:00" idx="1"><p:pos x="1" y="1"/><p:text>{secret(random)}</p:text></p:cm></p:cmLst>'
    data, _ = related(
        carrier.data, SLIDE, "comments", "ppt/comments/comment1.xml", xml.encode(), f"{_TYPE}.comments+xml"
    )
    return Planted(carrier.name, data, carrier.words)


def _boxed(random: Random, box: str) -> Planted:
    carrier = slides(random)
    return Planted(carrier.name, before(carrier.data, SLIDE, "</p:spTree>", box), carrier.words)


@plant("slide.white_text")
def white_slide(random: Random) -> Planted:
    color = random.choice(('<a:srgbClr val="FFFFFF"/>', '<a:schemeClr val="bg1"/>'))
    return _boxed(
        random, text_box(9, secret(random), 500_000, 4_000_000, f"<a:solidFill>{color}</a:solidFill>")
    )


@plant("slide.tiny_text")
def tiny_slide(random: Random) -> Planted:
    return _boxed(random, text_box(9, secret(random), 500_000, 4_000_000).replace('sz="1800"', 'sz="100"'))


@plant("slide.tag")
def tag(random: Random) -> Planted:
    carrier = slides(random)
    xml = f'<p:tagLst {_P}><p:tag name="CASE" val="{secret(random)}"/></p:tagLst>'
    return Planted(
        carrier.name,
        related(carrier.data, SLIDE, "tags", "ppt/tags/tag1.xml", xml.encode(), f"{_TYPE}.tags+xml")[0],
        carrier.words,
    )


@plant("shape.off_page")
def off_slide(random: Random) -> Planted:
    left, top = random.choice(((-5_000_000, 0), (9_200_000, 0), (0, 6_900_000)))
    return _boxed(random, text_box(9, secret(random), left, top))


@plant("shape.hidden")
def hidden_shape(random: Random) -> Planted:
    return _boxed(random, text_box(9, secret(random), 500_000, 4_000_000, hidden=' hidden="1"'))


@plant("shape.behind")
def behind(random: Random) -> Planted:
    carrier = slides(random)
    data, key = related(
        carrier.data, SLIDE, "image", "ppt/media/planted.png", carriers.picture(random), "image/png"
    )
    pic = f'<p:pic><p:nvPicPr><p:cNvPr id="10" name="图"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="{key}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="400000" y="3900000"/><a:ext cx="5000000" cy="1500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    return Planted(
        carrier.name,
        before(data, SLIDE, "</p:spTree>", text_box(9, secret(random), 500_000, 4_000_000) + pic),
        carrier.words,
    )


def _in_text(random: Random, body: str, styles: str = "") -> Planted:
    carrier = carriers.open_text(random)
    data = before(carrier.data, "content.xml", "</office:text>", body)
    if styles:
        data = before(data, "content.xml", "</office:automatic-styles>", styles)
    return Planted(carrier.name, data, carrier.words)


@plant("open.tracked_change")
def open_change(random: Random) -> Planted:
    carrier = carriers.open_text(random)
    xml = f'<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>甄示范</dc:creator></office:change-info><text:p>{secret(random)}</text:p></text:deletion></text:changed-region></text:tracked-changes>'
    data = after(carrier.data, "content.xml", "<office:text>", xml)
    return Planted(
        carrier.name,
        before(
            data, "content.xml", "</office:text>", '<text:p>前<text:change text:change-id="c1"/>后</text:p>'
        ),
        carrier.words,
    )


@plant("open.comment")
def open_comment(random: Random) -> Planted:
    return _in_text(
        random,
        f"<text:p>文<office:annotation><dc:creator>甄示范</dc:creator><text:p>{secret(random)}</text:p></office:annotation></text:p>",
    )


@plant("open.hidden_text")
def open_hidden(random: Random) -> Planted:
    way = random.randrange(3)
    if way == 0:
        return _in_text(
            random,
            f'<text:section text:name="s" text:display="none"><text:p>{secret(random)}</text:p></text:section>',
        )
    if way == 1:
        return _in_text(
            random,
            f'<text:p><text:hidden-text text:condition="ooow:1" text:string-value="{secret(random)}" text:is-hidden="true"/>文</text:p>',
        )
    style = '<style:style style:name="T9" style:family="text"><style:text-properties text:display="none"/></style:style>'
    return _in_text(
        random, f'<text:p><text:span text:style-name="T9">{secret(random)}</text:span>文</text:p>', style
    )


def _styled(random: Random, properties: str) -> Planted:
    style = f'<style:style style:name="T9" style:family="text"><style:text-properties {properties}/></style:style>'
    return _in_text(
        random, f'<text:p><text:span text:style-name="T9">{secret(random)}</text:span>文</text:p>', style
    )


@plant("open.white_text")
def open_white(random: Random) -> Planted:
    return _styled(random, 'fo:color="#ffffff"')


@plant("open.tiny_text")
def open_tiny(random: Random) -> Planted:
    return _styled(random, f'fo:font-size="{random.choice((1, 2))}pt"')


@plant("open.variable")
def open_variable(random: Random) -> Planted:
    return _in_text(
        random,
        f'<text:user-field-decls><text:user-field-decl office:value-type="string" office:string-value="{secret(random)}" text:name="v"/></text:user-field-decls>',
    )


@plant("open.version")
def open_version(random: Random) -> Planted:
    carrier = random.choice((carriers.open_text, carriers.open_book))(random)
    return Planted(
        carrier.name,
        packed(parts(carrier.data) | {"Versions/Version1": carrier.data, "VersionList.xml": b"<v/>"}),
        carrier.words,
    )


@plant("part.embedded")
def open_embedded(random: Random) -> Planted:
    carrier = random.choice((carriers.open_text, carriers.open_slides))(random)
    return Planted(
        carrier.name,
        packed(parts(carrier.data) | {"attachments/名单.xlsx": carriers.book(random).data}),
        carrier.words,
    )


@plant("part.macro")
def open_macro(random: Random) -> Planted:
    carrier = random.choice((carriers.open_text, carriers.open_book))(random)
    return Planted(
        carrier.name,
        packed(parts(carrier.data) | {"Basic/Standard/Module1.xml": b"<module>Sub x</module>"}),
        carrier.words,
    )


@plant("sheet.hidden")
def open_sheet(random: Random) -> Planted:
    carrier = carriers.open_book(random)
    style = '<style:style style:name="ta9" style:family="table"><style:table-properties table:display="false"/></style:style>'
    sheet = f'<table:table table:name="名单" table:style-name="ta9"><table:table-row><table:table-cell office:value-type="string"><text:p>{secret(random)}</text:p></table:table-cell></table:table-row></table:table>'
    data = before(carrier.data, "content.xml", "</office:automatic-styles>", style)
    return Planted(carrier.name, before(data, "content.xml", "</office:spreadsheet>", sheet), carrier.words)


def _open_row(random: Random, state: str) -> Planted:
    carrier = carriers.open_book(random)
    row = f'<table:table-row table:visibility="{state}"><table:table-cell office:value-type="string"><text:p>{secret(random)}</text:p></table:table-cell></table:table-row>'
    return Planted(carrier.name, before(carrier.data, "content.xml", "</table:table>", row), carrier.words)


@plant("row.hidden")
def open_row(random: Random) -> Planted:
    return _open_row(random, "collapse")


@plant("row.filtered")
def open_filtered(random: Random) -> Planted:
    return _open_row(random, "filter")


@plant("column.hidden")
def open_column(random: Random) -> Planted:
    words = carriers.sentences(random, 4)
    rows = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell><table:table-cell office:value-type="string"><text:p>{secret(random)}</text:p></table:table-cell></table:table-row>'
        for text in words
    )
    return Planted(
        "目录.ods",
        open_document(
            "spreadsheet",
            f'<table:table table:name="目录"><table:table-column/><table:table-column table:visibility="collapse"/>{rows}</table:table>',
        ),
        tuple(words),
    )


@plant("slide.hidden")
def open_slide(random: Random) -> Planted:
    carrier = carriers.open_slides(random)
    style = '<style:style style:name="dp9" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    data = before(carrier.data, "content.xml", "</office:automatic-styles>", style)
    return Planted(
        carrier.name,
        before(
            data,
            "content.xml",
            "</office:presentation>",
            f'<draw:page draw:name="藏" draw:style-name="dp9"><draw:frame><draw:text-box><text:p>{secret(random)}</text:p></draw:text-box></draw:frame></draw:page>',
        ),
        carrier.words,
    )


@plant("slide.notes")
def open_notes(random: Random) -> Planted:
    carrier = carriers.open_slides(random)
    note = f"<presentation:notes><draw:frame><draw:text-box><text:p>{secret(random)}</text:p></draw:text-box></draw:frame></presentation:notes>"
    return Planted(carrier.name, before(carrier.data, "content.xml", "</draw:page>", note), carrier.words)


def _in_page(random: Random, markup: str) -> Planted:
    carrier = carriers.page(random)
    return Planted(carrier.name, carrier.data.replace(b"</h1>", b"</h1>" + markup.encode(), 1), carrier.words)


@plant("html.comment")
def html_comment(random: Random) -> Planted:
    return _in_page(random, f"<!-- {random.choice(('旧名单：', '联系人', '删去'))}{secret(random)} -->")


@plant("html.hidden")
def html_hidden(random: Random) -> Planted:
    text = secret(random)
    return _in_page(
        random,
        random.choice(
            (
                f'<div style="display:none">{text}</div>',
                f"<p hidden>{text}</p>",
                f'<span style="visibility: hidden">{text}</span>',
                f'<div style="opacity:0">{text}</div>',
                f'<span style="font-size:0">{text}</span>',
                f'<p style="text-indent:-9999px">{text}</p>',
                f'<input type="hidden" value="{text}">',
                f'<div style="position:absolute;left:-9999px">{text}</div>',
            )
        ),
    )


@plant("html.white_text")
def html_white(random: Random) -> Planted:
    return _in_page(
        random,
        random.choice(
            (
                f'<font color="#FFFFFF">{secret(random)}</font>',
                f'<p style="color: white">{secret(random)}</p>',
                f'<span style="color:#fff;background:#ffffff">{secret(random)}</span>',
            )
        ),
    )


@plant("html.script")
def html_script(random: Random) -> Planted:
    return _in_page(
        random,
        random.choice(
            (
                f'<script>var list=["{secret(random)}"]</script>',
                '<img src="x.png" onerror="go()">',
                '<a href="javascript:go()">看</a>',
            )
        ),
    )


@plant("html.meta")
def html_meta(random: Random) -> Planted:
    carrier = carriers.page(random)
    meta = (
        f'<meta name="{random.choice(("author", "ContentSource", "editor"))}" content="{secret(random)[:4]}">'
    )
    return Planted(
        carrier.name, carrier.data.replace(b"<title>", meta.encode() + b"<title>", 1), carrier.words
    )


@plant("html.data")
def html_data(random: Random) -> Planted:
    return _in_page(random, f'<p data-{random.choice(("id", "person", "x"))}="{secret(random)}">见附件</p>')


@plant("text.far_away")
def far_away(random: Random) -> Planted:
    carrier = random.choice((carriers.table, carriers.note))(random)
    gap = random.choice((b" " * 300, b"\r\n" * 300, b"\t" * 80, b"," * 90))
    return Planted(carrier.name, carrier.data + gap + b"ID000000200001010000", carrier.words)


@plant("text.after_end")
def after_end(random: Random) -> Planted:
    carrier = random.choice((carriers.table, carriers.note))(random)
    return Planted(carrier.name, carrier.data + b"\x1aID000000200001010000", carrier.words)


@plant("zip.stray")
def stray(random: Random) -> Planted:
    carrier = carriers.archive(random)
    content = parts(carrier.data)
    content[random.choice(("~$名单.docx", "__MACOSX/._x", "Thumbs.db", ".DS_Store"))] = secret(
        random
    ).encode()
    return Planted(carrier.name, packed(content), ())


@plant("zip.locked", cleanable=False)
def locked(random: Random) -> Planted:
    content = parts(carriers.archive(random).data)
    content["内部.7z"] = b"7z\xbc\xaf'\x1c" + bytes(40)
    return Planted("附件.zip", packed(content), ())


def nested(planted: Planted, depth: int) -> Planted:
    """The same inside archives in each other."""
    data, name = planted.data, planted.name
    for level in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(f"层{level}/{name}", data)
        data, name = out.getvalue(), "包.zip"
    return Planted(name, data, ())
