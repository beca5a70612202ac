"""What the machine says: where data lies, which database, which key, which hosts."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def data_folder() -> Path:
    """``GONGKAI_DATA``, else ``var`` in the current folder. Holds the database and the key."""
    return Path(os.environ.get("GONGKAI_DATA") or "var").absolute()


def switched_on(name: str, default: bool = False) -> bool:
    """Whether an environment variable says yes (``1``, ``true``, ``yes``, ``on``)."""
    value = os.environ.get(name)
    return default if value is None else value.strip().lower() in {"1", "true", "yes", "on"}


def hosts() -> list[str]:
    """``GONGKAI_HOSTS``, separated by commas, beside this machine itself."""
    given = os.environ.get("GONGKAI_HOSTS", "").split(",")
    return ["localhost", "127.0.0.1", "[::1]", *(host.strip() for host in given if host.strip())]


def ensure_keys() -> None:
    """Write the keys of a new installation, each readable by this user alone, unless they are there."""
    if not os.environ.get("GONGKAI_SECRET_KEY"):
        _write_once(_key_file(), secrets.token_urlsafe(48))
    if not os.environ.get("GONGKAI_IDENTITY_KEY"):
        _write_once(_identity_key_file(), secrets.token_hex(32))


def _write_once(path: Path, text: str) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(text)


def secret_key() -> str:
    """The key of this installation; where there is none yet, one that lives as long as the process."""
    given = os.environ.get("GONGKAI_SECRET_KEY")
    if given:
        return given
    path = _key_file()
    return path.read_text("ascii").strip() if path.exists() else secrets.token_urlsafe(48)


def identity_keys() -> tuple[bytes, ...]:
    """The keys that seal personal data, 32 bytes each as 64 hexadecimal digits, the newest first.

    ``GONGKAI_IDENTITY_KEY`` (several separated by commas), else the lines of ``identity_key`` in the
    data folder; empty where there is neither. Raises ``ValueError`` for anything else.
    """
    given = os.environ.get("GONGKAI_IDENTITY_KEY")
    path = _identity_key_file()
    kept = path.read_text("ascii").splitlines() if path.exists() and not given else []
    lines = given.split(",") if given else kept
    keys = tuple(bytes.fromhex(line.strip()) for line in lines if line.strip())
    if any(len(key) != 32 for key in keys):
        raise ValueError("身份信息密钥应为64位十六进制数，请核对 GONGKAI_IDENTITY_KEY 或 identity_key 文件。")
    return keys


def _key_file() -> Path:
    return data_folder() / "secret_key"


def _identity_key_file() -> Path:
    """Kept apart from the database in every backup; ``GONGKAI_IDENTITY_KEY_FILE`` names another place."""
    return Path(os.environ.get("GONGKAI_IDENTITY_KEY_FILE") or data_folder() / "identity_key")


def database(url: str | None) -> dict[str, Any]:
    """Django's settings for a database URL; without one, SQLite in the data folder.

    ``postgresql://user:password@host:5432/name?sslmode=require`` or ``sqlite:///path/file.sqlite3``.
    Raises ``ValueError`` for any other scheme.
    """
    if not url:
        return _sqlite(data_folder() / "gongkai.sqlite3")
    parts = urlsplit(url)
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": dict(parse_qsl(parts.query)),
        }
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    raise ValueError(f"DATABASE_URL 只能是 postgresql:// 或 sqlite:// 开头，现在是“{parts.scheme}”。")


def _sqlite(path: Path) -> dict[str, Any]:
    """Readers never wait for a writer (WAL); what was acknowledged survives a power cut (FULL)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
        },
    }


def mail(url: str | None) -> dict[str, Any]:
    """Where e-mail goes: ``host``, ``port``, ``user``, ``password``, ``tls``, ``ssl``; ``host`` is empty
    without a URL.

    ``smtp://user:password@mail.example:25``, ``smtp+starttls://…:587`` or ``smtps://…:465``. Raises
    ``ValueError`` for any other scheme.
    """
    parts = urlsplit(url or "smtp:")
    ports = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
    if parts.scheme not in ports or (url and not parts.hostname):
        raise ValueError(
            "GONGKAI_SMTP_URL 应写成 smtp://、smtp+starttls:// 或 smtps:// 开头的地址，例如 smtps://用户名:密码@邮件服务器:465。"
        )
    return {
        "host": parts.hostname or "",
        "port": parts.port or ports[parts.scheme],
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "tls": parts.scheme == "smtp+starttls",
        "ssl": parts.scheme == "smtps",
    }
