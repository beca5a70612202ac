"""Copies of a file without what must not go out: hidden data cleaned away, personal data masked."""

from datetime import date

from gongkai.documents.contents import Unreadable, copy_name
from gongkai.publishing.models import ItemFile
from gongkai.publishing.screened import rules_for
from gongkai.screening.guarded import clean_guarded, mask_guarded
from gongkai.screening.hidden import clean_name

Copy = tuple[str, bytes]
"""The name and the bytes of a copy."""


class NoCopy(Exception):
    """One Chinese sentence: why no copy can be made, and what to do."""


def cleaned_copy(file: ItemFile) -> Copy:
    """The file without its hidden data. Raises :class:`NoCopy`."""
    try:
        return clean_name(file.name), clean_guarded(bytes(file.data), file.name)
    except Unreadable as error:
        raise NoCopy(str(error)) from error


def masked_copy(file: ItemFile, on: date) -> Copy:
    """The file with personal data masked where masking can help. Raises :class:`NoCopy`."""
    data = bytes(file.data)
    try:
        return copy_name(data, file.name), mask_guarded(data, file.name, rules_for(file.item, on))
    except Unreadable as error:
        raise NoCopy(str(error)) from error
