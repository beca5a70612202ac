"""What every command has in common: help and complaints in Chinese, a quick start."""

import errno
import re
import subprocess
import sys
import time

import pytest

from gongkai.cli.failures import reason
from gongkai.documents.writing import write
from gongkai.law.report.filled import FilledReport, FilledTable

COMMANDS = ("read", "check", "write", "convert", "total", "diff", "due", "fee")


def test_help_names_every_command_in_chinese(gongkai):
    done = gongkai("--help")
    assert done.status == 0 and done.out.startswith("用法：gongkai")
    for command in COMMANDS:
        assert f"    {command}" in done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_chinese(gongkai, command):
    done = gongkai(command, "--help")
    assert done.status == 0 and done.out.startswith(f"用法：gongkai {command}")
    assert not {"usage", "options", "positional", "show this"} & set(done.out.split())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "缺少参数：命令"),
        (
            ["nonsense"],
            "命令不能是“nonsense”，可选：read、check、write、convert、total、diff、due、fee、screen。用 ",
        ),
        (["it's"], "命令不能是“it's”，可选：read、"),
        (["read"], "缺少参数：文件。用 gongkai read"),
        (["diff"], "缺少参数：甲、乙。"),
        (["read", "a", "--jobs"], "后面缺少值"),
        (["read", "a", "--jobs", "0"], "不小于 1"),
        (["read", "a", "--nonsense"], "不认识的参数：--nonsense。"),
        (["fee", "--cases", "1", "--one", "--two"], "不认识的参数：--one、--two。"),
        (["check", "a", "--p", "b"], "--p 可能是几个选项，请写全：--previous、--parent。"),
        (["read", "a", "--json=1"], "--json 后面不带值。"),
        (["fee"], "须从这些参数中选一个：--cases、--pages。"),
        (["due"], "须从这些参数中选一个：收到日期、--events。"),
        (["fee", "--cases", "1", "--pages", "1"], "不能同时使用"),
    ],
)
def test_a_wrong_call_is_one_chinese_sentence(gongkai, arguments, words):
    done = gongkai(*arguments)
    assert (done.status, done.out) == (2, "")
    assert words in done.err and done.err.startswith("用法：")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["write", "absent.json", "-o", "a.html"], "没有这个文件或文件夹"),
        (["write", ".", "-o", "a.html"], "这是文件夹，不是文件"),
        (["due", "--events", "names.txt/x"], "路径中间有一段不是文件夹"),
        (["due", "--events", "x" * 300], "文件名过长"),
        (["total", "a.json", "-o", "a.html", "--expected", "absent.txt"], "没有这个文件或文件夹"),
        (["convert", "a.json", "-o", "no/a.html"], "没有这个文件或文件夹"),
    ],
)
def test_what_the_system_refuses_is_said_in_chinese(gongkai, tmp_path, arguments, words):
    report = FilledReport("演示县教育局", 2021, {"table4": FilledTable("fy2021", {})})
    (tmp_path / "a.json").write_bytes(write(report, "json"))
    (tmp_path / "names.txt").touch()
    done = gongkai(*arguments)
    assert (done.status, done.out) == (2, "")
    assert f"（{words}）" in done.err and not re.search(r"[A-Z][a-z]+ [a-z]+", done.err)


def test_a_failure_nobody_thought_of_is_named_by_its_number():
    assert reason(OSError(errno.EIO, "Input/output error")) == f"磁盘出错，错误号 {errno.EIO}"


def test_a_small_question_loads_no_reader_and_no_web_framework():
    code = (
        "import sys; from gongkai.cli import main; main(['fee', '--cases', '3', '--json']); "
        "print([m for m in ('lxml', 'django', 'typst', 'pypdfium2', 'openpyxl') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_small_question_is_answered_at_once(gongkai):
    quickest = 9.0
    for _ in range(3):
        started = time.perf_counter()
        gongkai("fee", "--cases", 3, "--json")
        quickest = min(quickest, time.perf_counter() - started)
    assert quickest < 1.0


def test_a_closed_pipe_ends_quietly():
    command = f"{sys.executable} -m gongkai.cli due 2025-09-15 | head -n 1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert "2025年9月15日" in done.stdout and done.stderr == ""
