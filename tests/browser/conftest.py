"""The office as ``make run`` serves it, in a real Chromium."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions"]
STARTS_WITHIN = 300  # seconds, on a busy machine; the demo office plays its years first


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt-get install chromium"))


@dataclass(frozen=True)
class Office:
    """A served demo office. ``temporary`` is the only place its processes may write scratch files."""

    url: str
    data: Path
    temporary: Path
    greeting: str
    passwords: dict[str, str]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(url):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"the office did not start: {process.stdout.read() if process.stdout else ''}")


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    data, temporary = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("scratch")
    port = _free_port()
    environment = os.environ | {"GONGKAI_DATA": str(data), "TMPDIR": str(temporary), "PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    greeting = data / "greeting.txt"
    with greeting.open("w") as out:
        command = [sys.executable, "-m", "gongkai.manage", "run"]
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, text=True)
    try:
        _wait_for(f"http://127.0.0.1:{port}/", process)
        accounts = json.loads((data / "demo_accounts.json").read_text("utf-8"))
        passwords = {account["username"]: account["password"] for account in accounts}
        yield Office(f"http://127.0.0.1:{port}", data, temporary, greeting.read_text("utf-8"), passwords)
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Visitor:
    """Somebody at a browser. What the page complains of and asks for is kept."""

    office: Office
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def listen(self) -> None:
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._asked)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.text} at {self.page.url}")

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)

    def go(self, path: str) -> Page:
        self.page.goto(self.office.url + path)
        return self.page

    def sign_in(self, username: str) -> None:
        page = self.go("/accounts/sign-in/")
        page.fill("#id_username", username)
        page.fill("#id_password", self.office.passwords[username])
        with page.expect_navigation():
            page.click("main button[type=submit]")

    def report(self, year: int) -> str:
        """The path of the report of a year, taken from the desk."""
        href = self.go("/office/annual/").locator(f"a:text-is('{year}年度报告')").get_attribute("href")
        assert href is not None
        return href

    def is_content(self) -> None:
        """Nothing to complain of, nothing asked from elsewhere, nothing axe objects to."""
        violations = Axe().run(self.page).response["violations"]
        said = [
            (found["id"], node["target"], node.get("failureSummary", ""))
            for found in violations
            for node in found["nodes"]
        ]
        assert said == [], self.page.url
        assert self.complaints == []
        assert [url for url in self.requests if not url.startswith((self.office.url, "data:"))] == []

    def fits(self) -> None:
        """No sideways scroll of the page itself."""
        self.page.wait_for_load_state()
        wide, width = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide <= width, f"{self.page.url} is {wide} px wide in {width}"


@pytest.fixture
def visit(office: Office, chromium: Browser) -> Iterator:
    """Open a browser window: ``visit(width)``, with any option of a Playwright context."""
    opened: list[BrowserContext] = []

    def open_window(width: int = 1280, **options: object) -> Visitor:
        context = chromium.new_context(viewport={"width": width, "height": 800}, locale="zh-CN", **options)
        context.set_default_timeout(15_000)
        opened.append(context)
        visitor = Visitor(office, context, context.new_page())
        visitor.listen()
        return visitor

    yield open_window
    for context in opened:
        context.close()
