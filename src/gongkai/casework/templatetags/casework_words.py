"""Words and pictures for pages about applications."""

import base64
import json
from typing import Any

from django import template

from gongkai.casework.models import Applicant
from gongkai.documents.letters.qr import qr_code

register = template.Library()


@register.filter
def identity_label(key: str) -> str:
    """A datum of the applicant by its name on the form."""
    return Applicant.IDENTITY_LABELS[key]


@register.filter
def as_json(value: Any) -> str:
    """For a data attribute; the template escapes the quotation marks."""
    return json.dumps(value, ensure_ascii=False)


@register.filter
def qr(address: str) -> str:
    """The QR code of an address as the source of a picture."""
    drawn = qr_code(address).svg.encode()
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn).decode('ascii')}"
