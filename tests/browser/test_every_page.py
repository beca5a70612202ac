"""Every page, wide and narrow: axe has nothing to say, nothing scrolls sideways, nothing comes from
elsewhere, and nothing is said on the console."""

from pathlib import Path

import pytest

from gongkai.documents.writing import write
from gongkai.law.report.formats import load_format
from gongkai.reporting.compiling import blank_report, fill_blanks, with_cells

WIDTHS = (1280, 360)
PUBLIC = ("/", "/reports/", "/reports/tacheng-edu/2020/", "/check/", "/accounts/sign-in/")
OF_A_DRAFT = ("", "figures/", "prose/", "import/")


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A report with a broken sum, blanks and words that contradict it."""
    report = fill_blanks(blank_report("示例市教育局", 2022, load_format("fy2021")))
    report = with_cells(report, {"table3.granted.total": 5, "table4.direct_suit.pending": None})
    path = tmp_path / "示例年报.html"
    path.write_bytes(write(report, "html"))
    return path


def proper(visitor) -> None:
    visitor.fits()
    assert visitor.page.locator("h1").count() == 1
    visitor.is_content()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_public_pages(visit, width: int):
    visitor = visit(width)
    for path in PUBLIC:
        visitor.go(path)
        proper(visitor)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_checked_report(visit, width: int, faulty: Path):
    visitor = visit(width)
    page = visitor.go("/check/")
    page.set_input_files("#id-file", faulty)
    page.click("text=开始检查")
    page.wait_for_selector(".verdict.error")
    proper(visitor)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_a_report(visit, width: int):
    visitor = visit(width)
    visitor.sign_in("head")
    proper(visitor)
    draft, published = visitor.report(2021), visitor.report(2020)
    for path in (*(draft + rest for rest in OF_A_DRAFT), published, published + "figures/"):
        visitor.go(path)
        proper(visitor)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_file_that_was_read(visit, width: int, faulty: Path):
    visitor = visit(width)
    visitor.sign_in("head")
    page = visitor.go(visitor.report(2021) + "import/")
    page.set_input_files("#id-file", faulty)
    page.click("text=读出来看看")
    page.wait_for_selector("text=取用这些内容")
    proper(visitor)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_other_pages_of_the_desk(visit, width: int):
    visitor = visit(width)
    visitor.sign_in("supervisor")
    for path in (
        "/office/annual/members/tacheng-office/2020/",
        "/office/agencies/tacheng-edu/",
        "/office/agencies/tacheng-office/",
        "/office/trail/?verify=1",
        "/accounts/password/",
        "/office/pieces/",
    ):
        visitor.go(path)
        proper(visitor)


def test_the_desk_in_the_dark(visit):
    visitor = visit(color_scheme="dark")
    visitor.sign_in("head")
    for path in (visitor.report(2021), visitor.report(2021) + "figures/", "/office/pieces/"):
        visitor.go(path)
        proper(visitor)
    assert visitor.page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"


@pytest.mark.parametrize("width", WIDTHS)
def test_large_type(visit, width: int):
    visitor = visit(width)
    with visitor.go("/").expect_navigation():
        visitor.page.click("text=大字版")
    assert visitor.page.evaluate("getComputedStyle(document.body).fontSize") == "24px"
    for path in PUBLIC:
        visitor.go(path)
        proper(visitor)


def test_high_contrast(visit):
    visitor = visit(360)
    with visitor.go("/search/").expect_navigation():
        visitor.page.click("text=高对比度")
    assert visitor.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"
    for path in (*PUBLIC, "/search/?q=教育", "/accessibility/"):
        visitor.go(path)
        proper(visitor)
    visitor.page.emulate_media(media="print")
    assert visitor.page.evaluate("getComputedStyle(document.body).color") != "rgb(255, 255, 255)"


def test_the_finds_are_there_again_on_the_way_back(visit):
    page = visit(360).go("/")
    page.fill("[name=q]", "年度报告")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    found = page.locator(".finds li").count()
    with page.expect_navigation():
        page.locator(".finds a").first.click()
    page.go_back()
    assert page.locator(".finds li").count() == found > 0


def test_suggestions_are_taken_by_keyboard(visit):
    page = visit().go("/search/")
    page.locator("[name=q]").press_sequentially("年度报告")
    page.wait_for_selector("[role=option]")
    page.keyboard.press("Escape")
    assert page.input_value("[name=q]") == "年度报告" and page.locator("[role=option]:visible").count() == 0
    page.keyboard.type(" ")
    page.keyboard.press("Backspace")
    page.wait_for_selector("[role=option]:visible")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(".finds li").count() > 0


def test_at_200_percent_nothing_scrolls_sideways(visit):
    visitor = visit(640, device_scale_factor=2)
    for path in PUBLIC:
        visitor.go(path)
        visitor.fits()
    visitor.sign_in("head")
    for rest in OF_A_DRAFT:
        visitor.go(visitor.report(2021) + rest)
        visitor.fits()


def test_the_wide_table_scrolls_in_its_own_labelled_region(visit):
    page = visit(360).go("/reports/tacheng-edu/2020/")
    region = page.locator(".sheet-region", has=page.locator(".table3"))
    assert region.get_attribute("role") == "region"
    assert "表三" in (region.get_attribute("aria-label") or "")
    region.evaluate("region => { region.scrollLeft = 400; region.scrollTop = 300 }")
    label = page.locator("th:has-text('四、结转下年度继续办理')")
    assert region.bounding_box()["x"] == pytest.approx(label.bounding_box()["x"], abs=2)
    head = page.locator(".table3 thead")
    assert region.bounding_box()["y"] == pytest.approx(head.bounding_box()["y"], abs=60)


def test_a_printed_page_is_the_document_alone(visit):
    page = visit().go("/reports/tacheng-edu/2020/")
    page.emulate_media(media="print")
    for gone in ("header.site", "footer.site", ".downloads"):
        assert not page.locator(gone).first.is_visible()
    assert page.locator("h1").is_visible() and page.locator(".table3").is_visible()


def test_the_keyboard_reaches_the_text_first(visit):
    page = visit().go("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "跳到正文"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
