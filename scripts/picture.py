"""Takes the README's picture: a made-up report with two slips, on the check page of a running office.

``make run`` in one terminal, then ``.venv/bin/python -m scripts.picture`` in another.
"""

import os
import shutil
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import sync_playwright

from gongkai.documents.writing import write
from gongkai.law.report.filled import FilledReport, FilledTable
from tests.law.report.samples import sample

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "check.png"


def slipped() -> FilledReport:
    """One total off by three, one row left blank."""
    report = sample()
    table = report.tables["table3"]
    cells = {a: None if a.startswith("table3.carried_forward.") else v for a, v in table.cells.items()}
    cells["table3.handled_total.natural_person"] = 16
    return replace(report, tables=report.tables | {"table3": FilledTable(table.format, cells)})


def main() -> None:
    office = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    file = {
        "name": "示例县教育局2023年年报.html",
        "mimeType": "text/html",
        "buffer": write(slipped(), "html"),
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 1010})
        page.goto(f"{office}/check/")
        page.set_input_files("input[type=file]", files=[file])
        page.locator("main form [type=submit]").first.click()
        page.wait_for_load_state("networkidle")
        page.get_by_role("link", name="“（七）总计”行“自然人”列").click()
        page.mouse.wheel(0, -150)
        page.wait_for_timeout(300)
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


if __name__ == "__main__":
    main()
