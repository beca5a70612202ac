"""Labelled files: the bytes, and what must be found in them."""

from dataclasses import dataclass
from random import Random

from tests.screening.trial.drafts import Draft, Truth
from tests.screening.trial.files import WRITERS, packed, picture_pdf
from tests.screening.trial.harmless import HARMLESS
from tests.screening.trial.lists import LEAKING

LEAKY_SHARE, PICTURE_SHARE, ZIP_SHARE = 0.3, 0.02, 0.05
_SHARES = {"txt": 12, "csv": 12, "html": 16, "docx": 18, "xlsx": 16, "xls": 12, "pdf": 6, "plain pdf": 8}


@dataclass(frozen=True, slots=True)
class Labelled:
    number: int
    name: str
    shape: str
    family: str
    data: bytes
    truths: frozenset[Truth]
    allowed: frozenset[str]
    is_picture: bool = False


def made(seed: int, number: int) -> Labelled:
    """The file of this number in the trial of this seed: always the same bytes."""
    random = Random(f"screening trial {seed} {number}")
    if random.random() < PICTURE_SHARE:
        data = picture_pdf(random, Draft("picture", "扫描件"))
        return Labelled(number, "扫描件.pdf", "picture", "picture", data, frozenset(), frozenset(), True)
    if random.random() < ZIP_SHARE:
        return _zip(random, number)
    draft, shape, name, data = _one(random)
    return Labelled(
        number, name, shape, draft.family, data, frozenset(draft.truths), frozenset(draft.allowed)
    )


def _zip(random: Random, number: int) -> Labelled:
    members: dict[str, bytes] = {}
    truths: set[Truth] = set()
    allowed: set[str] = set()
    families = []
    for count in range(random.randrange(1, 4)):
        draft, _, name, data = _one(random)
        members[f"{count + 1}.{name}"] = data
        truths |= draft.truths
        allowed |= draft.allowed
        families.append(draft.family)
    return Labelled(
        number, "材料.zip", "zip", "+".join(families), packed(members), frozenset(truths), frozenset(allowed)
    )


def _one(random: Random) -> tuple[Draft, str, str, bytes]:
    """A draft, its shape, the name of its file and the file."""
    draft = random.choice(LEAKING if random.random() < LEAKY_SHARE else HARMLESS)(random)
    wanted = {*draft.formats, *(["plain pdf"] if "pdf" in draft.formats else [])} or set(_SHARES)
    shapes = [shape for shape in _SHARES if shape in wanted]
    (shape,) = random.choices(shapes, [_SHARES[one] for one in shapes])
    is_named = random.random() < 0.6
    draft.is_titled = not is_named or random.random() < 0.7
    ending, write = WRITERS[shape]
    return draft, shape, (draft.title if is_named else "附件") + ending, write(random, draft)
