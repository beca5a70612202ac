"""What is committed: locks without addresses, two READMEs that say the same, no private names."""

import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.house.source import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")
INDEX_HOSTS = (
    "pypi" + ".org",
    "python" + "hosted",
    "tuna.tsing" + "hua",
    "mirrors.ali" + "yun",
    "npmjs" + ".org",
)


def committed() -> list[Path]:
    """What git tracks; where there is no git, everything that is not made on this machine."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        return [ROOT / name for name in listed.decode().split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        made = {".venv", "var", "build", "dist", "__pycache__"}
        return [
            path
            for path in ROOT.rglob("*")
            if not any(part in made or part.endswith("_cache") for part in path.relative_to(ROOT).parts)
        ]


def committed_texts() -> Iterator[tuple[str, str]]:
    for path in committed():
        if path.is_file() and path.stat().st_size < 2_000_000 and b"\0" not in (data := path.read_bytes()):
            yield str(path.relative_to(ROOT)), data.decode("utf-8", errors="replace")


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_requirement_has_hashes_and_no_address(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    requirements = re.split(r"\n(?=\S)", text)
    without = [r.split()[0] for r in requirements if not r.startswith("#") and "--hash=sha256:" not in r]
    assert without == []


def test_the_locks_agree_with_each_other():
    pinned = [dict(re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.M)) for name in LOCKS]
    for smaller, larger in pairwise(pinned):
        assert smaller.items() <= larger.items()


def test_no_file_names_a_package_index_or_the_place_it_was_written():
    words = (*INDEX_HOSTS, "/wo" + "rk/", ".li" + "brary")
    found = [(name, word) for name, text in committed_texts() for word in words if word in text]
    assert found == []


def test_both_readmes_have_the_same_sections_commands_and_pictures():
    english, chinese = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))

    def skeleton(text: str):
        headings = [
            len(marks) for marks in re.findall(r"^(#+) ", re.sub(r"```.*?```", "", text, flags=re.S), re.M)
        ]
        commands = [
            re.sub(r"\s+#.*", "", line)
            for block in re.findall(r"```sh\n(.*?)```", text, re.S)
            for line in block.splitlines()
        ]
        return headings, commands, re.findall(r"!\[[^\]]*\]\(([^)]+)\)", text)

    assert skeleton(english) == skeleton(chinese)


def test_every_picture_and_page_the_documents_link_to_is_there():
    broken = []
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text("utf-8")):
            if "://" not in target and not (path.parent / target).exists():
                broken.append((path.name, target))
    assert broken == []


def test_every_make_target_the_documents_name_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.M))
    named = {
        target
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for target in re.findall(r"`make ([a-z]+)", path.read_text("utf-8"))
    }
    assert named <= targets
