"""The script of the page solves the task that the server sets, in a real browser, within a moment."""

import hashlib
import json
import shutil
from html import escape
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import sync_playwright

import gongkai
from gongkai.portal import gate

SCRIPT = Path(gongkai.__file__).parent / "pieces" / "static" / "gongkai" / "proof-of-work.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: apt-get install chromium")
def test_the_browser_solves_what_the_server_asks_and_the_server_takes_the_solution():
    tasks = [gate.challenge(timezone.now()) for _ in range(3)]
    # A salt longer than a block of SHA-256 and the hardest number there is.
    salt = "x" * 100
    hardest = hashlib.sha256(f"{salt}{tasks[0]['maxnumber']}".encode()).hexdigest()
    tasks.append(tasks[0] | {"salt": salt, "challenge": hardest})
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page, solved = browser.new_page(), []
        for task in tasks:
            page.set_content(f'<input id="proof" data-challenge="{escape(json.dumps(task))}">')
            page.add_script_tag(content=SCRIPT.read_text("utf-8"))
            page.wait_for_function("document.querySelector('#proof').value", timeout=15_000)
            solved.append(page.input_value("#proof"))
        browser.close()
    assert [gate.is_proven(payload) for payload in solved] == [True, True, True, False]


def test_the_script_stays_small():
    assert SCRIPT.stat().st_size < 3_000
