"""Every page of the casework and remedies desks and of the applicant, wide, narrow, dark, large, without
scripts and by keyboard."""

import pytest

from tests.browser.places import Places
from tests.browser.test_every_page import WIDTHS, proper

TWO_WISHES = "请公开：一、2023年教材目录；二、2024年教材目录；并举报示例小学（虚构）乱收费"
PERSON = {"person_name": "冯试写", "id_number": "000000199001010099", "phone": "000-0000099"}
FOCUSABLE = """() => {
    const wanted = 'a[href], button:not([disabled]), input:not([type=hidden]):not([disabled]), select,'
        + ' textarea, summary, [tabindex="0"]';
    const found = [], groups = new Set();
    for (const each of document.querySelectorAll(wanted)) {
        if (!each.checkVisibility() || each.tabIndex < 0) continue;
        if (each.type === 'radio') {
            if (groups.has(each.name)) continue;
            groups.add(each.name);
        }
        found.push(each);
    }
    window.wanted = found;
    return found.length;
}"""
REACHED = """() => {
    const active = document.activeElement;
    const same = each => each === active || (each.type === 'radio' && each.name === active.name);
    return window.wanted.findIndex(same);
}"""


@pytest.fixture(scope="session")
def places(office) -> Places:
    return Places(office.data)


def test_every_page_of_the_desks(visit, places: Places):
    visitor = visit(1280)
    visitor.sign_in("head")
    for path in places.every():
        visitor.go(path)
        proper(visitor)


def test_every_page_of_the_desks_on_a_telephone(visit, places: Places):
    visitor = visit(360)
    visitor.sign_in("head")
    usual = set(places.usual())
    for path in places.every():
        visitor.go(path)
        visitor.fits()
        if path in usual:
            proper(visitor)


def test_what_a_section_and_those_who_approve_see(visit, places: Places):
    for who in ("edu", "leader", "legal"):
        visitor = visit(1280)
        visitor.sign_in(who)
        for path in ("/office/", places.case("waiting for the leader")):
            visitor.go(path)
            proper(visitor)


def test_the_desks_in_the_dark(visit, places: Places):
    visitor = visit(color_scheme="dark")
    visitor.sign_in("head")
    for path in places.usual():
        visitor.go(path)
        proper(visitor)


@pytest.mark.parametrize("width", WIDTHS)
def test_the_desks_in_large_type(visit, places: Places, width: int):
    visitor = visit(width)
    with visitor.go("/").expect_navigation():
        visitor.page.click("text=大字版")
    visitor.sign_in("head")
    for path in places.usual():
        visitor.go(path)
        visitor.fits()
    assert visitor.page.evaluate("getComputedStyle(document.body).fontSize") == "24px"


def test_at_200_percent_no_page_of_the_desks_scrolls_sideways(visit, places: Places):
    visitor = visit(640, device_scale_factor=2)
    visitor.sign_in("head")
    for path in places.usual():
        visitor.go(path)
        visitor.fits()


def test_the_desks_work_without_scripts(visit, places: Places):
    visitor = visit(java_script_enabled=False)
    visitor.sign_in("edu")
    page = visitor.go(places.case("overdue") + "acts/search/")
    page.fill("[name=system]", "电子公文系统")
    page.fill("[name=terms]", "招聘")
    page.fill("[name=result]", "没有找到")
    page.click("main button[type=submit] >> nth=0")
    assert page.locator("text=检索已登记").count()
    page = visitor.go(places.case("overdue") + "decide/")
    page.check("[value=clear]")
    page.click("text=下一步")
    assert "clarity=clear" in page.url and page.locator("fieldset [type=radio]").count() > 3
    assert visitor.complaints == []


@pytest.mark.parametrize("where", ["case", "decide", "letter", "redact"])
def test_everything_can_be_reached_by_keyboard(visit, places: Places, where: str):
    visitor = visit(1280)
    visitor.sign_in("head")
    paths = {
        "case": places.case("overdue"),
        "decide": places.case("overdue") + "decide/",
        "letter": places.letter("in_review"),
        "redact": places.of_papers()[-1],
    }
    page = visitor.go(paths[where])
    count = page.evaluate(FOCUSABLE)
    assert count > 8
    reached = []
    for _ in range(count):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(REACHED))
    assert sorted(reached) == list(range(count)), "each once"
    assert reached == sorted(reached), "in the order in which it is read"


def test_the_focus_can_be_seen(visit, places: Places):
    visitor = visit(1280)
    visitor.sign_in("head")
    page = visitor.go(places.case("overdue"))
    for _ in range(12):
        page.keyboard.press("Tab")
        drawn = page.evaluate("getComputedStyle(document.activeElement).outline")
        assert "none" not in drawn and " 0px" not in drawn


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_of_an_applicant(visit, width: int):
    visitor = visit(width)
    page = visitor.go("/apply/")
    proper(visitor)
    visitor.go("/apply/tacheng-edu/")
    proper(visitor)
    page.fill("[name=description]", TWO_WISHES)
    page.click("text=下一步：您是谁")
    page.wait_for_url("**/advice/")
    proper(visitor)
    page.click("text=照原样继续申请")
    page.wait_for_url("**/who/")
    proper(visitor)
    page.check("[name=applicant_kind][value=natural_person]")
    for name, value in PERSON.items():
        page.fill(f"[name={name}]", value)
    page.click("text=下一步：核对")
    page.wait_for_url("**/review/")
    proper(visitor)
    page.click("text=提交申请")
    page.wait_for_url("**/apply/done/")
    proper(visitor)
    number, code = page.locator(".big").all_inner_texts()[:2]
    visitor.go("/track/")
    proper(visitor)
    page.fill("[name=number]", number)
    page.fill("[name=code]", code)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/track/case/")
    proper(visitor)
