"""Word documents in one XML file: Word 2003 XML and the flat form of .docx (often named .doc)."""

from lxml import etree

from gongkai.documents.reading import docx
from gongkai.documents.reading.archives import parse_xml
from gongkai.documents.reading.charset import BOMS
from gongkai.documents.reading.content import Content
from gongkai.documents.reading.numbering import Numbering
from gongkai.documents.reading.wordml import VAL, W

_WORD_2003 = "{http://schemas.microsoft.com/office/word/2003/wordml}"
_HINTS = "{http://schemas.microsoft.com/office/word/2003/auxHint}"
_FLAT = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_RENAMED = {"vmerge": "vMerge", "hmerge": "hMerge"}


def extract(data: bytes) -> Content:
    """The rows of a Word document in one XML file. Raises :class:`Unreadable`."""
    root = parse_xml(data.removeprefix(BOMS[0][0]))
    if root.tag == _FLAT + "package":
        return _flat(root)
    return docx.extract_root(_as_today(root), "wordxml")


def _flat(package: etree._Element) -> Content:
    parts = {
        part.get(_FLAT + "name", ""): content[0]
        for part in package.iter(_FLAT + "part")
        if (content := part.find(_FLAT + "xmlData")) is not None and len(content)
    }
    numbering = Numbering(parts.get("/word/numbering.xml"), parts.get("/word/styles.xml"))
    document = parts.get("/word/document.xml")
    return docx.extract_root(document if document is not None else package, "wordxml", numbering)


def _as_today(root: etree._Element) -> etree._Element:
    """Word 2003's names as those of today; the list number it stores beside a paragraph becomes text."""
    for element in root.iter(_WORD_2003 + "*"):
        name = etree.QName(element).localname
        element.tag = W + _RENAMED.get(name, name)
        stated = element.get(_WORD_2003 + "val")
        if stated is not None:
            element.set(VAL, stated)
    for label in root.iter(_HINTS + "t"):
        label.tag = W + "t"
        label.text = label.get(_HINTS + "val")
    for section in root.iter(_HINTS + "sect", _HINTS + "sub-section"):
        section.tag = W + "sdt"
    return root
