"""The classes of hidden data that are looked for: what each is, where it occurs, what cleaning does.

``block`` is for what holds content somebody may not have meant to give; ``warn`` for what only says who made
the file, where and with what. Ordinary properties (title, subject, keywords, language, dates, the name of the
program) are no finding. Neither are: names that programs put in for an author; the small picture of the first
page that LibreOffice and PowerPoint keep in every file; words read off a scan under its picture; alternative
text that only describes a picture.
"""

from dataclasses import dataclass

from gongkai.screening.findings import Severity

BLOCK, WARN = Severity.BLOCK, Severity.WARN


@dataclass(frozen=True, slots=True)
class HiddenClass:
    """One class: its code, the kind its findings have, the formats it occurs in, what it is called, and what
    a cleaned copy has instead."""

    code: str
    kind: str
    severity: Severity
    formats: tuple[str, ...]
    label: str
    cleaning: str


_OFFICE = "docx xlsx pptx"
_OPEN = "odt ods odp"
_ROWS: tuple[tuple[str, str, Severity, str, str, str], ...] = (
    # Any package of office programs
    ("props.author", "metadata", WARN, f"{_OFFICE} {_OPEN} doc xls rtf", "作者或最后修改人的姓名", "删去"),
    ("props.company", "metadata", WARN, f"{_OFFICE} doc xls rtf", "单位、主管或模板路径等属性", "删去"),
    ("props.description", "metadata", WARN, f"{_OFFICE} {_OPEN} doc xls rtf", "文件属性里的备注", "删去"),
    ("props.custom", "metadata", WARN, f"{_OFFICE} {_OPEN}", "自定义文件属性", "删去"),
    ("props.thumbnail", "thumbnail", WARN, "docx xlsx", "随文件保存的缩略图", "删去"),
    ("props.path", "metadata", WARN, "xlsx", "文件保存位置（含电脑用户名）", "删去"),
    ("props.people", "metadata", WARN, _OFFICE, "批注人、修订人名单", "删去"),
    ("part.orphan", "attachment", BLOCK, _OFFICE, "没有被文件用到的内容", "删去"),
    ("part.embedded", "attachment", BLOCK, f"{_OFFICE} {_OPEN} doc xls rtf",
     "嵌入的文件或对象", "只留它的图片"),
    ("part.custom_xml", "custom_xml", BLOCK, _OFFICE, "自定义 XML 数据", "删去"),
    ("part.macro", "macro", BLOCK, f"{_OFFICE} {_OPEN} doc xls", "宏或控件程序", "删去，另存为不含宏的格式"),
    ("part.printer", "metadata", WARN, "docx xlsx", "打印机的网络位置", "删去"),
    ("part.ink", "ink", WARN, _OFFICE, "手写墨迹的原始笔画", "只留它的图片"),
    ("part.xml_comment", "comment", BLOCK, f"{_OFFICE} {_OPEN}", "写在文件代码里的注释", "删去"),
    ("part.invisible", "text", BLOCK, f"{_OFFICE} html csv txt", "用不可见字符夹带的内容", "去掉不可见字符"),
    ("link.local", "external_link", WARN, f"{_OFFICE} {_OPEN} pdf html",
     "指向内部电脑或网络位置的链接", "去掉链接，留下文字"),
    ("zip.outside", "attachment", BLOCK, f"{_OFFICE} {_OPEN} zip", "夹在压缩结构之外的数据", "删去"),
    ("file.trailing", "attachment", BLOCK, "pdf jpeg png webp gif", "文件末尾之后的数据", "删去"),
    # Drawings in any of them
    ("picture.cropped", "cropped", BLOCK, _OFFICE, "图片被裁掉的部分", "照所见裁好再存"),
    ("picture.properties", "metadata", WARN, f"{_OFFICE} {_OPEN} html", "插图的拍摄信息或作者等属性", "删去"),
    ("picture.location", "location", BLOCK, f"{_OFFICE} {_OPEN} html", "插图的拍摄地点", "删去"),
    ("picture.alt_text", "alt_text", BLOCK, f"{_OFFICE} pdf html", "替代文字里的数据", "删去替代文字"),
    ("shape.hidden", "text", BLOCK, _OFFICE, "设为不可见的图形", "删去"),
    ("shape.off_page", "text", BLOCK, "docx pptx", "放在页面之外的图形", "删去"),
    ("shape.behind", "under_box", BLOCK, _OFFICE, "压在图片下面的文字", "删去"),
    ("chart.workbook", "attachment", BLOCK, "docx pptx", "图表带着的整张工作簿", "只留图表"),
    ("chart.filtered", "chart_cache", BLOCK, _OFFICE, "图表里被筛掉的数据", "删去"),
    # Word
    ("word.insertion", "tracked_change", BLOCK, "docx doc rtf", "修订：插入的内容和修订人", "接受修订"),
    ("word.deletion", "tracked_change", BLOCK, "docx doc rtf", "修订：已删除但仍保留的内容", "删去"),
    ("word.move", "tracked_change", BLOCK, "docx", "修订：移动的内容和修订人", "接受修订"),
    ("word.format_change", "tracked_change", WARN, "docx", "修订：格式改动和修订人", "接受修订"),
    ("word.comment", "comment", BLOCK, "docx doc rtf", "批注", "删去"),
    ("word.vanish", "text", BLOCK, "docx doc rtf", "设为隐藏的文字", "删去"),
    ("word.white_text", "text", BLOCK, "docx doc rtf", "与底色相同、看不见的文字", "删去"),
    ("word.tiny_text", "text", BLOCK, "docx doc rtf", "小得看不见的文字", "删去"),
    ("word.field_code", "field", BLOCK, "docx", "域代码里的内容", "只留显示的结果"),
    ("word.variable", "variable", BLOCK, "docx", "文档变量", "删去"),
    ("word.smart_tag", "smart_tag", WARN, "docx", "智能标记里的数据", "删去标记，留下文字"),
    ("word.mail_merge", "data_connection", BLOCK, "docx", "邮件合并的数据源", "删去"),
    ("word.unused_header", "header", BLOCK, "docx", "不显示的页眉页脚", "删去"),
    ("word.orphan_note", "text", BLOCK, "docx", "正文没有引用的脚注尾注", "删去"),
    ("word.hidden_row", "row", BLOCK, "docx", "表格里隐藏或高度为零的行", "删去该行"),
    ("word.building_block", "building_block", BLOCK, "docx", "随文件保存的自动图文集", "删去"),
    ("word.inserted_file", "attachment", BLOCK, "docx", "整个插入的另一个文件", "无法代为清理"),
    # Workbooks
    ("sheet.hidden", "sheet", BLOCK, "xlsx xls ods", "隐藏的工作表", "删去，引用它的公式改为所见的数"),
    ("sheet.very_hidden", "sheet", BLOCK, "xlsx xls", "深度隐藏的工作表", "删去，引用它的公式改为所见的数"),
    ("row.hidden", "row", BLOCK, "xlsx xls ods", "隐藏的行", "清空，公式改为所见的数"),
    ("row.flat", "row", BLOCK, "xlsx xls", "高度为零的行", "清空，公式改为所见的数"),
    ("row.filtered", "row", BLOCK, "xlsx ods", "被筛选掉的行", "清空，公式改为所见的数"),
    ("row.collapsed", "row", BLOCK, "xlsx", "折叠起来的行", "清空，公式改为所见的数"),
    ("column.hidden", "column", BLOCK, "xlsx xls ods", "隐藏的列", "清空，公式改为所见的数"),
    ("column.flat", "column", BLOCK, "xlsx xls", "宽度为零的列", "清空，公式改为所见的数"),
    ("column.collapsed", "column", BLOCK, "xlsx", "折叠起来的列", "清空，公式改为所见的数"),
    ("cell.white_text", "text", BLOCK, "xlsx xls", "字色与底色相同的单元格", "清空"),
    ("cell.tiny_text", "text", BLOCK, "xlsx xls", "字号小得看不见的单元格", "清空"),
    ("cell.format", "text", BLOCK, "xlsx xls", "数字格式设成不显示的单元格", "清空"),
    ("cell.under_merge", "text", BLOCK, "xlsx", "被合并单元格盖住的内容", "清空"),
    ("cell.phonetic", "text", WARN, "xlsx", "单元格的拼音注音", "删去"),
    ("book.orphan_string", "text", BLOCK, "xlsx", "已从表中删除但仍在文件里的文字", "删去"),
    ("book.pivot_cache", "pivot_cache", BLOCK, "xlsx xls ods", "数据透视表的全部源数据", "只留表中所见的数"),
    ("book.data_model", "data_model", BLOCK, "xlsx", "数据模型", "删去"),
    ("book.external_link", "external_link", BLOCK, "xlsx xls ods",
     "别的工作簿的缓存数据", "删去，公式改为所见的数"),
    ("book.name", "defined_name", BLOCK, "xlsx xls", "隐藏或失效的名称", "删去"),
    ("book.comment", "comment", BLOCK, "xlsx xls ods", "批注", "删去"),
    ("book.threaded_comment", "comment", BLOCK, "xlsx", "批注对话", "删去"),
    ("book.connection", "data_connection", BLOCK, "xlsx", "数据连接和查询", "删去"),
    ("book.revision", "old_revision", BLOCK, "xlsx xls", "共享工作簿的修订记录", "删去"),
    ("book.custom_view", "custom_view", WARN, "xlsx", "自定义视图", "删去"),
    ("book.scenario", "scenario", BLOCK, "xlsx", "方案管理器里的数", "删去"),
    ("book.unused_header", "header", BLOCK, "xlsx", "不显示的页眉页脚", "删去"),
    # Slides
    ("slide.hidden", "slide", BLOCK, "pptx odp", "隐藏的幻灯片", "删去"),
    ("slide.notes", "notes", BLOCK, "pptx odp", "演讲者备注", "删去"),
    ("slide.comment", "comment", BLOCK, "pptx odp", "批注", "删去"),
    ("slide.white_text", "text", BLOCK, "pptx", "与底色相同、看不见的文字", "删去"),
    ("slide.tiny_text", "text", BLOCK, "pptx", "小得看不见的文字", "删去"),
    ("slide.tag", "custom_xml", WARN, "pptx", "幻灯片上的自定义标签", "删去"),
    # OpenDocument
    ("open.tracked_change", "tracked_change", BLOCK, _OPEN, "修订记录", "接受修订"),
    ("open.comment", "comment", BLOCK, "odt", "批注", "删去"),
    ("open.hidden_text", "text", BLOCK, _OPEN, "设为隐藏的文字或区域", "删去"),
    ("open.white_text", "text", BLOCK, _OPEN, "与底色相同、看不见的文字", "删去"),
    ("open.tiny_text", "text", BLOCK, _OPEN, "小得看不见的文字", "删去"),
    ("open.variable", "variable", BLOCK, _OPEN, "文档变量和隐藏字段", "只留显示的结果"),
    ("open.version", "old_revision", BLOCK, _OPEN, "随文件保存的旧版本", "删去"),
    # PDF
    ("pdf.annotation", "comment", BLOCK, "pdf", "批注、图章或便签", "看得见的画进页面，其余删去"),
    ("pdf.form_value", "form_value", BLOCK, "pdf", "填在表单域里的内容", "看得见的画进页面，其余删去"),
    ("pdf.layer", "layer", BLOCK, "pdf", "关闭的图层", "删去"),
    ("pdf.old_revision", "old_revision", BLOCK, "pdf", "保存时留下的旧版本", "只留最后的版本"),
    ("pdf.orphan", "old_revision", BLOCK, "pdf", "已删除但仍在文件里的页面或图片", "删去"),
    ("pdf.attachment", "attachment", BLOCK, "pdf", "附件", "删去"),
    ("pdf.under_box", "under_box", BLOCK, "pdf", "黑块或图片下面的文字", "整页改存为图片"),
    ("pdf.picture_under_box", "under_box", BLOCK, "pdf", "黑块下面的图片内容", "整页改存为图片"),
    ("pdf.invisible_text", "text", BLOCK, "pdf", "设为不显示的文字", "整页改存为图片"),
    ("pdf.white_text", "text", BLOCK, "pdf", "与底色相同、看不见的文字", "整页改存为图片"),
    ("pdf.tiny_text", "text", BLOCK, "pdf", "小得看不见的文字", "整页改存为图片"),
    ("pdf.off_page", "text", BLOCK, "pdf", "放在页面之外的文字", "整页改存为图片"),
    ("pdf.cropped", "cropped", BLOCK, "pdf", "页面之外的图片部分", "整页改存为图片"),
    ("pdf.unused", "attachment", BLOCK, "pdf", "页面没有用到的图片或内容", "删去"),
    ("pdf.author", "metadata", WARN, "pdf", "作者、关键自定义属性", "删去"),
    ("pdf.xmp", "metadata", WARN, "pdf", "元数据（XMP）里的作者和修改历史", "删去"),
    ("pdf.thumbnail", "thumbnail", WARN, "pdf", "页面缩略图", "删去"),
    ("pdf.script", "macro", BLOCK, "pdf", "脚本或自动动作", "删去"),
    ("pdf.private_data", "private_data", BLOCK, "pdf", "制作程序的私有数据", "删去"),
    ("pdf.actual_text", "alt_text", BLOCK, "pdf", "与页面不符的替换文字", "删去"),
    # Pictures
    ("image.location", "location", BLOCK, "jpeg png tiff webp heic", "拍摄地点（GPS）", "删去"),
    ("image.person", "metadata", WARN, "jpeg png tiff webp heic", "作者、机主、说明等属性", "删去"),
    ("image.device", "metadata", WARN, "jpeg png tiff webp", "相机序列号或厂商数据", "删去"),
    ("image.xmp", "metadata", WARN, "jpeg png tiff webp", "元数据（XMP、IPTC）", "删去"),
    ("image.thumbnail", "thumbnail", WARN, "jpeg tiff webp", "内嵌缩略图", "删去"),
    ("image.text", "metadata", WARN, "png jpeg gif", "图片里的文字说明", "删去"),
    ("image.second", "attachment", BLOCK, "jpeg", "附带的第二张图片", "删去"),
    # Web pages and plain text
    ("html.comment", "comment", BLOCK, "html", "网页代码里的注释", "删去"),
    ("html.hidden", "text", BLOCK, "html", "网页上不显示的内容", "删去"),
    ("html.white_text", "text", BLOCK, "html", "与底色相同、看不见的文字", "删去"),
    ("html.script", "macro", WARN, "html", "脚本和自动执行的代码", "删去"),
    ("html.meta", "metadata", WARN, "html", "网页头部的作者等属性", "删去"),
    ("html.data", "attribute", BLOCK, "html", "标签属性里的数据", "删去"),
    ("text.far_away", "text", BLOCK, "csv txt", "用大片空白推到屏幕之外的内容", "收紧空白，让它露出来"),
    ("text.after_end", "text", BLOCK, "csv txt", "结束符之后的内容", "删去"),
    # Archives
    ("zip.stray", "metadata", WARN, "zip", "系统或办公软件留下的临时文件", "删去"),
    ("zip.locked", "attachment", BLOCK, "zip", "打不开、无法检查的成员", "无法代为清理"),
)  # fmt: skip
CLASSES = tuple(
    HiddenClass(code, f"hidden.{kind}", severity, tuple(formats.split()), label, cleaning)
    for code, kind, severity, formats, label, cleaning in _ROWS
)
BY_CODE = {one.code: one for one in CLASSES}
