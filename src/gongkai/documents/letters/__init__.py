"""The documents (文书) of a case: drafted from its facts, edited as plain text, printed as PDF or Word."""

from gongkai.documents.letters.drafting import draft
from gongkai.documents.letters.facts import Facts, FieldValue, Office
from gongkai.documents.letters.forms import blank_application_form
from gongkai.documents.letters.letter import Letter, LetterIncomplete, Paragraph, canonical_bytes
from gongkai.documents.letters.rendering import FORMATS, render

__all__ = [
    "FORMATS",
    "Facts",
    "FieldValue",
    "Letter",
    "LetterIncomplete",
    "Office",
    "Paragraph",
    "blank_application_form",
    "canonical_bytes",
    "draft",
    "render",
]
