"""A file is read in a child with limits; what it does there harms nothing else."""

import io
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.documents.reading import guarded, read, worker
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.guarded import Guard, iter_files, read_file, read_guarded, read_many
from tests.documents.reading import rogue
from tests.documents.reading.archive_parts import ods, workbook
from tests.documents.reading.test_archives import BILLION, zipped

REPORT = (
    "<title>测试县2023年政府信息公开工作年度报告</title><h1>测试县2023年政府信息公开工作年度报告</h1>"
    "<p>二、主动公开政府信息情况</p><table><tr><td colspan=4>第二十条第（一）项</td></tr>"
    "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
    "<tr><td>规章</td><td>3</td><td></td><td>74</td></tr><tr><td>行政规范性文件</td><td>5</td><td>1</td>"
    "<td>9</td></tr>"
    "</table>"
).encode()


@pytest.fixture(name="guard")
def _guard() -> Iterator[Guard]:
    guard = Guard("tests.documents.reading.rogue:obey", seconds=2)
    yield guard
    guard.close()


def test_a_file_reads_the_same_in_the_child() -> None:
    assert read_guarded(REPORT) == read(REPORT)
    assert read(REPORT).year == 2023


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        (b"sleep", "8 秒内没有读完"),
        (b"spin", "8 秒内没有读完"),
        (b"eat", "内存超过 400 MB"),
        (b"recurse", "嵌套过深"),
        (b"crash", "程序中止了"),
        (b"quit", "程序中止了"),
        (b"flood", "程序中止了"),
        (b"fault", "程序出错"),
        (b"refuse", "读不了"),
    ],
)
def test_a_file_that_is_too_much_gets_its_sentence_and_the_next_is_read(
    guard: Guard, order: bytes, sentence: str
) -> None:
    begun = time.monotonic()
    with pytest.raises(Unreadable, match=sentence) as refused:
        guard.read(order)
    assert str(refused.value).endswith("。")
    assert guard.read(b"next").agency == "测试县教育局"
    assert time.monotonic() - begun < 20


def test_a_figure_longer_than_any_is_in_doubt_and_the_rest_is_read() -> None:
    report = read_guarded(REPORT.replace(b"<td>74</td>", b"<td>%d</td>" % 10**24))
    assert len(report.doubtful) == 1 + len(read_guarded(REPORT).doubtful)


def test_a_fault_of_ours_is_logged_with_where_it_was(guard: Guard, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Unreadable):
        guard.read(b"fault", "report.html")
    assert "report.html" in caplog.text and "ZeroDivisionError" in caplog.text


def test_stray_output_is_no_answer(guard: Guard) -> None:
    assert guard.read(b"print").year == 2023


def test_children_are_kept_warm_and_replaced_when_they_die(guard: Guard) -> None:
    guard.read(b"a")
    [child] = guard._idle
    guard.read(b"b")
    assert guard._idle == [child]
    child.stop()
    guard.read(b"c")
    [fresh] = guard._idle
    assert fresh is not child and fresh.is_alive
    fresh.answered = guarded.FILES_PER_WORKER
    guard.read(b"d")
    assert guard._idle == [] and not fresh.is_alive


def test_a_swollen_child_is_not_kept(guard: Guard) -> None:
    guard.read(b" " * (guarded.LARGE + 1))
    assert guard._idle == []


def test_many_threads_share_a_few_children(guard: Guard) -> None:
    years: list[int | None] = []
    threads = [threading.Thread(target=lambda: years.append(guard.read(b"x").year)) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert years == [2023] * 12
    assert len(guard._idle) <= max(os.cpu_count() or 1, 2)


def test_a_forked_process_leaves_the_children_alone(guard: Guard) -> None:
    guard.read(b"x")
    [child] = guard._idle
    guard.forget()
    assert guard._idle == [] and child.is_alive
    child.stop()


def test_a_reader_that_does_not_start_is_our_fault() -> None:
    with pytest.raises(RuntimeError, match="does not start"):
        Guard("tests.documents.reading.rogue:no_such_reader").read(b"x")


def test_an_interrupted_call_leaves_no_child_behind(guard: Guard) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    guard.read(b"x")
    [child] = guard._idle
    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.2)
    try:
        with pytest.raises(KeyboardInterrupt):
            guard.read(b"sleep")
    finally:
        signal.signal(signal.SIGALRM, before)
    assert guard._idle == [] and not child.is_alive


BOMBS = {
    "zip.docx": zipped(**{"word/document.xml": b"<a>" + bytes(400_000_000)}),
    "entities.docx": zipped(**{"[Content_Types].xml": b"<T/>", "word/document.xml": BILLION.encode()}),
    "columns.html": b"<table><tr>" + b"<td>1" * 65_000 + b"</table>",
    "spans.html": b"<table>" + b"<tr>" + b"<td colspan=65000 rowspan=65000>1" * 30_000,
    "nested.html": b"<table><tr><td>" * 400_000,
    "columns.xlsx": workbook(f"<row>{'<c><v>1</v></c>' * 65_000}</row>"),
    "repeated.ods": ods(
        "<table:table-row table:number-rows-repeated='1048576'><table:table-cell office:value-type='float' "
        "office:value='1' table:number-columns-repeated='16384'><text:p>1</text:p></table:table-cell>"
        "</table:table-row>"
    ),
    "zeros.txt": bytes(40_000_000),
    "pipes.txt": b"| a " * 8_000_000,
    "brackets.html": b"<" * 20_000_000,
    "digits.txt": "一、本年新收".encode() + b"1" * 5_000_000,
    "empty.pdf": b"",
}


@pytest.mark.slow
def test_real_bombs_cost_no_more_than_their_limits(tmp_path: Path) -> None:
    for name, data in BOMBS.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "zz-report.html").write_bytes(REPORT)
    paths = list(iter_files(tmp_path))
    begun = time.monotonic()
    outcomes = dict(read_many(paths, jobs=1))
    assert [path.name for path in outcomes] == sorted([*BOMBS, "zz-report.html"])
    for path, outcome in outcomes.items():
        if path.name == "zz-report.html":
            assert outcome == read(REPORT)
        else:
            assert isinstance(outcome, Unreadable), path
            assert str(outcome).endswith("。"), path
    assert time.monotonic() - begun < 12 * len(BOMBS)


def test_many_files_come_back_in_order_with_progress(tmp_path: Path) -> None:
    paths = []
    for number in range(6):
        path = tmp_path / f"{number}.html"
        path.write_bytes(REPORT.replace(b"2023", b"202%d" % number) if number != 3 else b"")
        paths.append(path)
    done: list[int] = []
    outcomes = list(read_many([*paths, tmp_path / "none"], 2, lambda: done.append(1)))
    assert [path for path, _ in outcomes] == [*paths, tmp_path / "none"]
    years = [None if isinstance(outcome, Unreadable) else outcome.year for _, outcome in outcomes]
    assert years == [2020, 2021, 2022, None, 2024, 2025, None]
    assert len(done) == 7
    assert list(read_many([])) == []


def test_what_cannot_be_opened_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="找不到"):
        read_file(tmp_path / "none.html")
    with pytest.raises(Unreadable, match="不是文件"):
        read_file(tmp_path)
    with pytest.raises(Unreadable, match="打不开"):
        read_file(tmp_path / ("x" * 300))
    big = tmp_path / "big.html"
    with big.open("wb") as file:
        file.truncate(60_000_000)
    with pytest.raises(Unreadable, match="超过 50 MB"):
        read_file(big)
    with pytest.raises(Unreadable, match="超过 50 MB"):
        read_guarded(bytes(50_000_001))
    small = tmp_path / "small.html"
    small.write_bytes(REPORT)
    assert read_file(small).year == 2023


def test_a_folder_gives_its_files_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.html", "a/c.docx", ".hidden", "~$b.docx", ".git/x", "a/d.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    assert [str(path.relative_to(tmp_path)) for path in iter_files(tmp_path)] == [
        "a/c.docx",
        "a/d.pdf",
        "b.html",
    ]


def test_secrets_of_the_parent_stay_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_SECRET_KEY", "x")
    assert "DJANGO_SECRET_KEY" not in guarded._environment()


def test_the_worker_answers_in_json() -> None:
    assert worker.answer(read, b"") == {"unreadable": worker_sentence(b"")}
    assert set(worker.answer(read, REPORT)) == {"report"}


def test_messages_are_led_by_their_length() -> None:
    stream = io.BytesIO()
    worker.send(stream, b"one")
    worker.send(stream, b"")
    stream.seek(0)
    assert [worker.receive(stream) for _ in range(3)] == [b"one", b"", None]


@pytest.mark.parametrize(
    ("order", "key"), [(b"fault", "fault"), (b"refuse", "unreadable"), (b"recurse", "unreadable")]
)
def test_the_worker_says_what_became_of_a_file(order: bytes, key: str) -> None:
    assert set(worker.answer(rogue.obey, order)) == {key}


def worker_sentence(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data)
    return str(refused.value)
