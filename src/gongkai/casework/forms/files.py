"""Files as a form hands them over."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from gongkai.casework.actions.files import MOST_BYTES, Attachment, UnableToKeepFile, too_large


def attachments(
    files: "MultiValueDict[str, UploadedFile[Any]]", kinds: Mapping[str, str]
) -> list[Attachment]:
    """The files of a posted form; ``kinds`` says for each input which kind of file it takes.

    Raises ``UnableToKeepFile`` for one too large to have been read.
    """
    found = []
    for name, kind in kinds.items():
        for upload in files.getlist(name):
            title, size = upload.name or "", upload.size or 0
            if size > MOST_BYTES:
                raise UnableToKeepFile(too_large(title, size))
            found.append(Attachment(kind, title, upload.read()))
    return found
