"""The parts of an item that are screened, each under the name its scans are kept by."""

from dataclasses import dataclass

from gongkai.publishing.content import file_part, words_hash
from gongkai.publishing.models import Edition, Publication

WORDS = "标题和正文"


@dataclass(frozen=True, slots=True)
class Part:
    """The words or a file of an item. ``part`` is the SHA-256 (hex) of the words or of the bytes."""

    part: str
    name: str
    is_words: bool = False

    @property
    def scanned_as(self) -> str:
        """What its scans are kept under: the name of a file is screened with it."""
        return self.part if self.is_words else file_part(self.name, self.part)


def parts_of(what: Edition | Publication) -> list[Part]:
    """Everything of an edition, or of what is public, that is screened."""
    files = [Part(line.sha256, line.name) for line in what.files.all()]
    return [Part(words_hash(what.said), WORDS, is_words=True), *files]
