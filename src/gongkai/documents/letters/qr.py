"""A QR code as rows of black runs, which each writer draws as a vector."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import segno

from gongkai.documents.writing import Unwritable

_QUIET = 4  # modules of white the standard asks for on each side


@dataclass(frozen=True, slots=True)
class QrCode:
    """``size`` modules a side, white border included; ``runs`` are (x, y, width) of black."""

    size: int
    runs: tuple[tuple[int, int, int], ...]

    @property
    def svg(self) -> str:
        path = "".join(f"M{x} {y}h{width}v1h-{width}z" for x, y, width in self.runs)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size} {self.size}">'
            f'<path d="{path}"/></svg>'
        )


def qr_code(address: str) -> QrCode:
    """The code of an address. Raises :class:`Unwritable` for one too long to be drawn."""
    try:
        matrix = segno.make_qr(address, error="m").matrix
    except segno.DataOverflowError as error:
        raise Unwritable("查询网址太长，画不成二维码。请换一个短一些的网址。") from error
    return QrCode(len(matrix) + 2 * _QUIET, tuple(_runs(matrix)))


def _runs(matrix: tuple[bytearray, ...]) -> Iterator[tuple[int, int, int]]:
    for y, row in enumerate(matrix):
        x = 0
        for dark, modules in groupby(row):
            width = len(list(modules))
            if dark:
                yield x + _QUIET, y + _QUIET, width
            x += width
