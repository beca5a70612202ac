"""Dropping a report on the public page, as anybody would; and what the office leaves behind: nothing."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import expect

from gongkai.documents.writing import write
from gongkai.law.report.formats import load_format
from gongkai.reporting.compiling import blank_report, fill_blanks, with_cells

WRONG = {"table4.reconsideration.upheld": 10, "table4.reconsideration.total": 0}


def report(kind: str, **figures: int) -> bytes:
    blank = blank_report("示例市教育局", 2022, load_format("fy2021"))
    return write(with_cells(fill_blanks(blank), figures), kind)


def drop(page, name: str, data: bytes) -> None:
    page.evaluate(
        """([name, content]) => {
            const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
            const data = new DataTransfer();
            data.items.add(new File([bytes], name));
            const zone = document.querySelector("[data-drop]");
            for (const kind of ["dragover", "drop"])
                zone.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true}));
        }""",
        [name, base64.b64encode(data).decode()],
    )


def test_a_dropped_report_is_checked_and_its_findings_lead_to_their_cells(visit):
    page = visit().go("/check/")
    drop(page, "年报.docx", report("docx", **WRONG))
    page.click("text=开始检查")
    expect(page.locator(".verdict h2")).to_contain_text("发现1处错误")
    page.locator(".finding.error .where a").first.click()
    assert page.evaluate("document.activeElement.id") == "table4.reconsideration.total"
    expect(page.locator('[id="table4.reconsideration.total"]')).to_contain_text("少10")
    expect(page.locator(".repairs")).to_contain_text("由0改为10")


def test_a_report_is_checked_without_a_script(visit, tmp_path: Path):
    path = tmp_path / "年报.xlsx"
    path.write_bytes(report("xlsx"))
    page = visit(java_script_enabled=False).go("/check/")
    page.set_input_files("#id-file", path)
    page.click("text=开始检查")
    expect(page.locator(".verdict.done h2, .verdict.warning h2")).to_be_visible()


def files_below(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", ["docx", "pdf", "html", "xlsx"])
def test_nothing_of_a_checked_file_stays_on_the_server(visit, office, tmp_path: Path, kind: str):
    before = files_below(office.data)
    path = tmp_path / f"only-here-{kind}.{kind}"
    path.write_bytes(report(kind))
    page = visit().go("/check/")
    page.set_input_files("#id-file", path)
    page.click("text=开始检查")
    expect(page.locator(".verdict")).to_be_visible()
    assert files_below(office.temporary) == set()
    assert files_below(office.data) - before == set()
    for file in office.data.glob("gongkai.sqlite3*"):
        assert path.name.encode() not in file.read_bytes()


def test_run_greets_in_chinese_with_the_address_and_the_accounts(office):
    assert f"已在 {office.url} 提供服务" in office.greeting
    for username, password in office.passwords.items():
        assert username in office.greeting and password in office.greeting


def test_the_key_and_the_demo_passwords_are_for_this_user_alone(office):
    for name in ("secret_key", "demo_accounts.json"):
        assert (office.data / name).stat().st_mode & 0o077 == 0
