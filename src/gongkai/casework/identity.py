"""What may be shown of an applicant, and how to find the same applicant again."""

import unicodedata
from collections.abc import Mapping

from gongkai.law.applicants import ApplicantKind
from gongkai.sealing import blind_index


def masked(name: str, kind: ApplicantKind) -> str:
    """甄示范 → 甄**; the name of an organization is no personal datum and stays."""
    name = name.strip()
    if kind.is_organization:
        return name[:60]
    return f"{name[:1]}{'*' * max(1, min(len(name) - 1, 3))}"


def fingerprint(identity: Mapping[str, str]) -> str:
    """A keyed digest of who applies: the number of a document if there is one, else name and phone."""
    number = _plain(identity.get("credit_code", "") or identity.get("id_number", ""))
    return blind_index(f"number:{number}" if number else f"name:{_name_and_phone(identity)}")


def _name_and_phone(identity: Mapping[str, str]) -> str:
    return f"{_plain(identity.get('name', ''))}/{_plain(identity.get('phone', ''))}"


def _plain(text: str) -> str:
    """Full-width digits and letters folded, blanks and hyphens gone, letters in capitals."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(character for character in folded if character.isalnum())


def query_code_digest(number: str, code: str) -> str:
    """What is kept of a query code; blanks, hyphens and small letters make no difference."""
    return blind_index(f"query:{_plain(number)}/{_plain(code)}")
