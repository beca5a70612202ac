"""The boxes over what is withheld, as they are typed or drawn: parts of a page in hundredths."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from gongkai.documents.redaction import Box

COLUMNS = ("page", "x0", "y0", "x1", "y1", "article", "reason")
EMPTY_ROWS = 3
_LONGEST_NUMBER = 6
_NAMES = {"page": "页", "x0": "左", "y0": "上", "x1": "右", "y1": "下", "article": "依据", "reason": "理由"}


@dataclass(slots=True)
class Boxes:
    """Rows of typed text, and what is wrong with them."""

    rows: list[Mapping[str, str]]
    errors: list[str] = field(default_factory=list)

    def offered(self) -> list[Mapping[str, str]]:
        """The rows and some empty ones."""
        return [*self.rows, *(dict.fromkeys(COLUMNS, "") for _ in range(EMPTY_ROWS))]

    def boxes(self, pages: int) -> list[Box]:
        """The boxes; what cannot be read is said in ``errors``, by the number of its row."""
        found = []
        for number, row in enumerate(self.rows, 1):
            wrong = list(_wrong(row, pages))
            if wrong:
                self.errors.append(f"第{number}处：{'；'.join(wrong)}。")
                continue
            x0, y0, x1, y1 = (float(row[name]) / 100 for name in ("x0", "y0", "x1", "y1"))
            found.append(Box(int(row["page"]), x0, y0, x1, y1, row["article"], row["reason"]))
        return found


def typed(data: QueryDict) -> Boxes:
    """What was posted; rows that hold no place are left out."""
    columns = [data.getlist(name) for name in COLUMNS]
    rows = [dict(zip(COLUMNS, map(str.strip, row), strict=True)) for row in zip(*columns, strict=False)]
    return Boxes(
        [row for row in rows if any(row[name] for name in ("x0", "y0", "x1", "y1", "article", "reason"))]
    )


def of_file(boxes: Sequence[Mapping[str, object]]) -> Boxes:
    """Boxes that were drawn before, to begin with."""
    return Boxes([_row(box) for box in boxes])


def _row(box: Mapping[str, object]) -> Mapping[str, str]:
    places = {name: f"{100 * float(str(box[name])):.2f}" for name in ("x0", "y0", "x1", "y1")}
    return {"page": str(box["page"]), **places, "article": str(box["article"]), "reason": str(box["reason"])}


def _wrong(row: Mapping[str, str], pages: int) -> Iterator[str]:
    page = row["page"]
    if not page.isdecimal() or len(page) > _LONGEST_NUMBER or not 1 <= int(page) <= pages:
        yield f"页码应是1到{pages}"
    places = [_hundredths(row[name]) for name in ("x0", "y0", "x1", "y1")]
    for name, place in zip(("x0", "y0", "x1", "y1"), places, strict=True):
        if place is None:
            yield f"“{_NAMES[name]}”应是0到100的数"
    x0, y0, x1, y1 = places
    if x0 is not None and x1 is not None and x0 >= x1:
        yield "“右”应大于“左”"
    if y0 is not None and y1 is not None and y0 >= y1:
        yield "“下”应大于“上”"
    for name in ("article", "reason"):
        if not row[name]:
            yield f"没有写{_NAMES[name]}"


def _hundredths(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number <= 100 else None
