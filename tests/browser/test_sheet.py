"""The statutory sheet under the fingers of a clerk."""

import pytest
from playwright.sync_api import Page, expect

RECEIVED, DENIED = "table3.new_received", "table3.denied.state_secret"


def cell(page: Page, address: str):
    return page.locator(f'input[name="{address}"]')


def focused(page: Page) -> str:
    name: str = page.evaluate("document.activeElement.name ?? document.activeElement.id")
    return name


@pytest.fixture
def sheet(visit):
    """The draft to practise on, open for typing. Nothing is saved unless a test does."""
    visitor = visit()
    visitor.sign_in("officer")
    visitor.go(visitor.report(2021) + "figures/")
    visitor.page.on("dialog", lambda dialog: dialog.accept())
    return visitor.page


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(event);
        }""",
        text,
    )


def test_arrows_enter_and_tab_move_from_cell_to_cell(sheet: Page):
    cell(sheet, f"{RECEIVED}.natural_person").focus()
    for key, there in (
        ("ArrowRight", f"{RECEIVED}.commercial_enterprise"),
        ("ArrowDown", "table3.brought_forward.commercial_enterprise"),
        ("ArrowLeft", "table3.brought_forward.natural_person"),
        ("Enter", "table3.granted.natural_person"),
        ("Shift+Enter", "table3.brought_forward.natural_person"),
        ("ArrowUp", f"{RECEIVED}.natural_person"),
        ("Tab", f"{RECEIVED}.commercial_enterprise"),
        ("Shift+Tab", f"{RECEIVED}.natural_person"),
    ):
        sheet.keyboard.press(key)
        assert focused(sheet) == there, key


def test_an_arrow_inside_a_figure_moves_the_caret_first(sheet: Page):
    cell(sheet, f"{RECEIVED}.natural_person").focus()
    sheet.keyboard.type("12")
    sheet.keyboard.press("ArrowLeft")
    assert focused(sheet) == f"{RECEIVED}.natural_person"


def test_totals_follow_what_is_typed(sheet: Page):
    cell(sheet, f"{DENIED}.natural_person").fill("2")
    expect(cell(sheet, f"{DENIED}.total")).to_have_value("2")
    cell(sheet, f"{DENIED}.research_institution").fill("3")
    expect(cell(sheet, f"{DENIED}.total")).to_have_value("5")
    expect(cell(sheet, "table3.handled_total.research_institution")).to_have_value("3")


def test_a_total_that_was_typed_is_left_alone_and_the_difference_drawn(sheet: Page):
    cell(sheet, "table4.direct_suit.upheld").fill("1")
    total = cell(sheet, "table4.direct_suit.total")
    expect(total).to_have_value("1")
    total.fill("4")
    for result in ("overturned", "other_result", "pending"):
        cell(sheet, f"table4.direct_suit.{result}").fill("0")
    expect(total).to_have_value("4")
    box = sheet.locator('[id="table4.direct_suit.total"]')
    expect(box).to_have_attribute("data-difference", "多3")
    expect(sheet.locator('[id="table4.direct_suit.upheld"]')).to_have_class(r"figure changed live-part")
    expect(sheet.locator("#live-list")).to_contain_text("未经复议直接起诉")
    total.fill("1")
    expect(box).not_to_have_attribute("data-difference", "多3")


def test_a_block_from_a_spreadsheet_is_pasted_and_taken_back(sheet: Page):
    start = f"{DENIED}.natural_person"
    cell(sheet, start).focus()
    paste(sheet, "1\t2\t3\n4\t5\t6\n")
    values = {
        f"{DENIED}.natural_person": "1",
        f"{DENIED}.research_institution": "3",
        "table3.denied.barred_by_law.commercial_enterprise": "5",
        f"{DENIED}.total": "6",
    }
    for address, value in values.items():
        expect(cell(sheet, address)).to_have_value(value)
    expect(sheet.locator("#unsaved")).to_contain_text("已粘贴6格")
    sheet.keyboard.press("Control+z")
    expect(cell(sheet, f"{DENIED}.research_institution")).to_have_value("")


def test_a_block_too_large_says_what_did_not_fit(sheet: Page):
    cell(sheet, "table3.carried_forward.other_organization").focus()
    paste(sheet, "1\t2\t3\n4\t5\t6")
    expect(sheet.locator("#unsaved")).to_contain_text("还有4格超出表格")


def test_from_a_cell_to_its_finding_and_back(sheet: Page):
    total = "table4.reconsideration.total"
    cell(sheet, total).focus()
    sheet.keyboard.press("Escape")
    assert focused(sheet).startswith("finding-")
    sheet.locator(":focus a[href^='#table']").click()
    assert focused(sheet) == total


def test_f8_goes_to_the_next_cell_that_does_not_add_up(sheet: Page):
    cell(sheet, f"{RECEIVED}.natural_person").focus()
    sheet.keyboard.press("F8")
    assert focused(sheet) == "table4.reconsideration.total"


def test_what_is_no_figure_is_marked_at_once_and_kept_on_saving(sheet: Page):
    cell(sheet, f"{DENIED}.natural_person").fill("两件")
    expect(sheet.locator(f'[id="{DENIED}.natural_person"]')).to_have_class(r"figure changed invalid")
    sheet.click("button:text-is('保存')")
    expect(cell(sheet, f"{DENIED}.natural_person")).to_have_value("两件")
    expect(sheet.locator(".notice.error")).to_contain_text("不能填在这里")


def test_leaving_with_unsaved_figures_is_asked_about(visit):
    visitor = visit()
    visitor.sign_in("officer")
    page = visitor.go(visitor.report(2021) + "figures/")
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    cell(page, f"{DENIED}.natural_person").click()
    page.keyboard.type("9")
    page.goto(visitor.office.url + "/")
    assert asked == ["beforeunload"]


def test_saving_without_a_script_works_too(visit):
    visitor = visit(java_script_enabled=False)
    visitor.sign_in("officer")
    page = visitor.go(visitor.report(2021) + "figures/")
    cell(page, "table3.not_processed.repeated.natural_person").fill("0")
    page.click("button:text-is('保存')")
    expect(page.locator(".notice.success")).to_contain_text("已保存")
    expect(cell(page, "table3.not_processed.repeated.natural_person")).to_have_value("0")
