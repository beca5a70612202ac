"""The command line as a user meets it: a process of its own."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def gongkai(tmp_path):
    """Run ``gongkai`` in an empty folder; ``stdin`` is text or bytes."""

    def run(*arguments, stdin: str | bytes = b"", timeout: float = 60) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "gongkai.cli", *map(str, arguments)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=tmp_path,
            timeout=timeout,
            check=False,
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(scope="session")
def shared():
    """The folder of real reports beside the repository; absent on a user's machine."""
    folder = Path(__file__).resolve().parents[3] / "shared"
    if not folder.is_dir():
        pytest.skip("real reports are not on this machine")
    return folder
