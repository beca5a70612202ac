"""Compound files ([MS-CFB]) made for the tests: streams by name in one storage."""

import struct
from collections.abc import Mapping

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD
_SMALLEST = 4096  # shorter streams would belong in the mini stream


def ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file with ``streams``, each padded so that none needs a mini stream."""
    bodies = [content.ljust(_SMALLEST, b"\0") for content in streams.values()]
    directory_sectors = -(-128 * (len(bodies) + 1) // _SECTOR)
    data_sectors = sum(-(-len(body) // _SECTOR) for body in bodies)
    table_sectors = 1
    while table_sectors * 128 < table_sectors + directory_sectors + data_sectors:
        table_sectors += 1
    chain = [_TABLE] * table_sectors + _chained(table_sectors, directory_sectors)
    directory, data = [_entry("Root Entry", 5, (_END, 0), child=1 if bodies else _FREE)], b""
    for number, (name, body) in enumerate(zip(streams, bodies, strict=True), 1):
        directory.append(
            _entry(name, 2, (len(chain), len(body)), right=number + 1 if number < len(bodies) else _FREE)
        )
        data += body.ljust(-(-len(body) // _SECTOR) * _SECTOR, b"\0")
        chain += _chained(len(chain), -(-len(body) // _SECTOR))
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(table_sectors * _SECTOR, b"\xff")
    entries = b"".join(directory).ljust(directory_sectors * _SECTOR, b"\0")
    return _header(table_sectors) + table + entries + data


def _chained(first: int, count: int) -> list[int]:
    return [*range(first + 1, first + count), _END] if count else []


def _header(table_sectors: int) -> bytes:
    fixed = struct.pack(
        "<8s16s5H6x9I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0,
        table_sectors, table_sectors, 0, _SMALLEST, _END, 0, _END, 0,
    )  # fmt: skip
    places = list(range(table_sectors)) + [_FREE] * (109 - table_sectors)
    return fixed + struct.pack("<109I", *places)


def _entry(name: str, kind: int, place: tuple[int, int], child: int = _FREE, right: int = _FREE) -> bytes:
    """A line of the directory; ``place`` is the first sector and the size."""
    encoded = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBB3I16sI16xIQ", encoded, len(encoded), kind, 1, _FREE, right, child, bytes(16), 0, *place
    )  # fmt: skip
