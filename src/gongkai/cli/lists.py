"""Plain lists a user hands in: one name a line."""

from pathlib import Path

from gongkai.cli.failures import reason
from gongkai.cli.outcome import Refused


def names_in(path: Path | None) -> tuple[str, ...]:
    """The names in a file, blank lines passed over; none without a file. Raises :class:`Refused`."""
    if path is None:
        return ()
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except OSError as error:
        raise Refused(f"{path}：打不开名单（{reason(error)}），请核对文件名。") from error
    except UnicodeDecodeError as error:
        raise Refused(f"{path}：名单不是 UTF-8 文本，请另存为 UTF-8 后重试。") from error
    return tuple(name.strip() for name in lines if name.strip())
