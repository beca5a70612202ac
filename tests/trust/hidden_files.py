"""Files with canaries where nobody looks: hidden rows, comments, authors, places in pictures, attachments."""

import io
from collections.abc import Callable

import docx
import openpyxl
import pikepdf
from openpyxl.comments import Comment
from PIL import Image

Hide = Callable[[str], str]


def document(hide: Hide) -> bytes:
    """A Word document with an author, a comment's words in its properties, hidden words."""
    made = docx.Document()
    made.add_paragraph("各学校应当按时报送。")
    secret = made.add_paragraph().add_run(hide("隐藏的文字"))
    secret.font.hidden = True
    made.core_properties.author = hide("文档作者")
    made.core_properties.comments = hide("文档备注")
    made.core_properties.last_modified_by = hide("最后修改人")
    return _saved(made.save)


def workbook(hide: Hide) -> bytes:
    """A workbook with a hidden row, column, sheet, a comment and an author."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["学校", "班级数"])
    sheet.append(["示例一小", 12])
    sheet.append([hide("隐藏的行"), 3])
    sheet.row_dimensions[3].hidden = True
    sheet["D1"] = hide("隐藏的列")
    sheet.column_dimensions["D"].hidden = True
    sheet["A2"].comment = Comment(hide("批注"), hide("批注人"))
    back = made.create_sheet("后台")
    back["A1"] = hide("隐藏的表")
    back.sheet_state = "veryHidden"
    made.properties.creator = hide("表格作者")
    return _saved(made.save)


def picture(hide: Hide) -> bytes:
    """A photograph that tells who took it and where."""
    exif = Image.Exif()
    exif[0x9C9D] = hide("照片作者").encode("utf-16-le")
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[2] = "N", (31.0, 25.0, 7.0)
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(data, "JPEG", exif=exif, comment=hide("照片说明").encode())
    return data.getvalue()


def portable(hide: Hide) -> bytes:
    """A PDF with an author and another file inside."""
    made = pikepdf.new()
    made.add_blank_page(page_size=(300, 300))
    made.docinfo["/Author"] = hide("PDF作者")
    made.attachments["x.txt"] = pikepdf.AttachedFileSpec(made, hide("PDF附件").encode(), filename="x.txt")
    return _saved(made.save)


def _saved(save: Callable[[io.BytesIO], object]) -> bytes:
    data = io.BytesIO()
    save(data)
    return data.getvalue()


HIDING = {"通知.docx": document, "学校.xlsx": workbook, "照片.jpg": picture, "扫描.pdf": portable}
