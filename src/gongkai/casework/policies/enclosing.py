"""Which files of a case go with an answer that grants something."""

from gongkai.casework.models import CaseFile, Letter

SUITED = ("application/pdf", "image/png", "image/jpeg", "image/gif", "image/tiff")
"""The media types whose pages can be drawn, to black out what is withheld."""
GRANTING = ("answer_granted", "answer_partly_granted")


def offered(letter: Letter) -> list[CaseFile]:
    """The files that may go with a letter; none for one that provides nothing."""
    if letter.kind not in GRANTING or letter.fields.get("access_ways"):
        return []
    kinds = [CaseFile.Kind.PROVIDED, CaseFile.Kind.REDACTED]
    return list(letter.case.files.filter(removed_at=None, kind__in=kinds))


def enclosed(letter: Letter) -> list[CaseFile]:
    """The files that go with a letter: those that were chosen, else the newest of what is meant for it."""
    files, chosen = offered(letter), (letter.act or {}).get("files")
    if chosen is not None:
        return [file for file in files if file.pk in chosen]
    if letter.kind == "answer_granted":
        return [file for file in files if file.kind == CaseFile.Kind.PROVIDED] or _newest(files)
    return _newest(files)


def _newest(files: list[CaseFile]) -> list[CaseFile]:
    """Of the redactions of one file only the last."""
    redacted = [file for file in files if file.kind == CaseFile.Kind.REDACTED]
    last = {file.redacted_from_id or -file.pk: file for file in redacted}
    return [file for file in redacted if last[file.redacted_from_id or -file.pk] == file]
