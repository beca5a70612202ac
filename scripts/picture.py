"""Takes the README's pictures from a running demo office: a case, an item, a made-up report with two slips.

``make run`` in one terminal, then ``.venv/bin/python -m scripts.picture`` in another.
"""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from gongkai.documents.writing import write
from gongkai.law.report.filled import FilledReport, FilledTable
from tests.law.report.samples import sample

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
BLOCKED = "困难职工慰问安排（演示）"
OFFICE = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"


def slipped() -> FilledReport:
    """One total off by three, one row left blank."""
    report = sample()
    table = report.tables["table3"]
    cells = {a: None if a.startswith("table3.carried_forward.") else v for a, v in table.cells.items()}
    cells["table3.handled_total.natural_person"] = 16
    return replace(report, tables=report.tables | {"table3": FilledTable(table.format, cells)})


def take_check(browser: Browser) -> None:
    """The check page with the report on it, one finding chosen."""
    file = {
        "name": "示例县教育局2023年年报.html",
        "mimeType": "text/html",
        "buffer": write(slipped(), "html"),
    }
    page = browser.new_page(viewport={"width": 1280, "height": 1010})
    page.goto(f"{OFFICE}/check/")
    page.set_input_files("input[type=file]", files=[file])
    page.locator("main form [type=submit]").first.click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="“（七）总计”行“自然人”列").click()
    page.mouse.wheel(0, -150)
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / "check.png")


def signed_in(browser: Browser, username: str) -> Page:
    """Somebody of the demo office at a browser."""
    folder = Path(os.environ.get("GONGKAI_DATA") or "var")
    accounts = json.loads((folder / "demo_accounts.json").read_text("utf-8"))
    password = next(each["password"] for each in accounts if each["username"] == username)
    page = browser.new_page(viewport={"width": 1280, "height": 1010})
    page.goto(f"{OFFICE}/accounts/sign-in/")
    page.fill("#id_username", username)
    page.fill("#id_password", password)
    with page.expect_navigation():
        page.click("main button[type=submit]")
    return page


def take_case(browser: Browser) -> None:
    """A case in work: its due day, its acts, its log."""
    page = signed_in(browser, "officer")
    page.goto(f"{OFFICE}/office/")
    page.locator("#soon").locator("..").locator(".case-name a").first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / "case.png")


def take_item(browser: Browser) -> None:
    """An item that may not go out: what screening found in its workbook."""
    page = signed_in(browser, "officer")
    page.goto(f"{OFFICE}/office/publishing/?state=draft")
    page.get_by_role("link", name=BLOCKED).first.click()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / "item.png")


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        take_check(browser)
        take_case(browser)
        take_item(browser)
        browser.close()


if __name__ == "__main__":
    main()
