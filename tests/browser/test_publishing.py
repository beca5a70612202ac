"""An item's way in a browser: written, reviewed by everybody, published, found, hung up, changed, withdrawn.
Every page on the way is proper, and so is every other page of the desk and of the portal, wide and narrow."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.browser.published import AGENCY, Published
from tests.browser.test_casework import Person, fill
from tests.browser.test_every_page import WIDTHS, proper

TODAY = date.today()
TITLE = "示例家长学校报名办事指南（浏览器演示）"
SIX = {
    "basis": "《示例办法》第三条",
    "duty": "基础教育科受理",
    "conditions": "在读学生的家长，凭学生证报名",
    "procedure": "网上报名，三个工作日回复",
    "discipline": "不得收取费用",
    "result": "短信告知是否录取",
}
OUTSIDE = {"public", "newcomer"}  # a browser keeps a page for thirty seconds; the newcomer has none
REVIEWERS = ("edu-head", "head", "secrecy", "leader")


@pytest.fixture(scope="session")
def places(office) -> Published:
    return Published(office.data)


@pytest.fixture
def people(visit) -> Callable[[str], Person]:
    """Everybody at a browser of their own; those outside and the leader with a telephone."""
    there: dict[str, Person] = {}
    seen: set[str] = set()

    def person(name: str) -> Person:
        if name not in there:
            visitor = visit(360 if name in {*OUTSIDE, "leader"} else 1280)
            if name not in OUTSIDE:
                visitor.sign_in(name)
            there[name] = Person(visitor, seen)
        return there[name]

    return person


def test_from_the_first_words_to_the_wall_and_off_again(people, places: Published, tmp_path: Path):
    item = is_written(people)
    is_reviewed(people, item, files=True)
    is_published(people, item)
    hangs(people, item)
    changes(people, item)
    is_withdrawn(people, item)


def is_written(people) -> str:
    """A writer of the section fills in the page; the path of the item."""
    writer = people("edu").go(f"/office/publishing/draft/{AGENCY}/?kind=service_guide")
    page = writer.page
    page.select_option("[name=node]", label=option(page, "审批、审核项目的办理结果"))
    page.select_option("[name=section]", label=option(page, "基础教育科"))
    details = {f"service_guide-{code}": text for code, text in SIX.items()}
    writer.press("存为草稿", title=TITLE, formed_on=TODAY, body="在线报名，也可以到窗口办理。", **details)
    writer.reads("已存为草稿", TITLE)
    return writer.path


def option(page, text: str) -> str:
    """The label of the option that holds a text."""
    labels = page.locator("option", has_text=text).all_text_contents()
    assert labels, text
    return labels[0]


def is_reviewed(people, item: str, *, files: bool = False) -> None:
    """The writer adds a file and hands it in; four people answer, each with a page of their own."""
    writer = people("edu").go(item)
    if files:
        page = writer.page
        form = page.locator("form[action$='/files/']").first
        upload = {"name": "报名表.csv", "mimeType": "text/csv", "buffer": "项目,填写\n年级,\n".encode()}
        form.locator("[type=file]").set_input_files([upload])
        with page.expect_navigation():
            form.locator("button[type=submit]").first.click()
        writer.looked().reads("报名表.csv")
    writer.press("提交审查")
    sheet = writer.path
    assert "/review/" in sheet
    for who in REVIEWERS:
        reviewer = people(who).go("/office/publishing/review/").reads(TITLE).go(sheet)
        form = reviewer.page.locator("form:has([name=step])")
        for radio in form.locator("[type=radio][value=clear]").all():
            radio.check()
        for tick in form.locator("[type=checkbox]").all():
            tick.check()
        reviewer.press("同意")
    people("leader").reads("审查通过")


def is_published(people, item: str) -> None:
    """It goes out; somebody with a telephone finds it by a piece of its attachment and by its words."""
    writer = people("edu").go(f"{item}publish/")
    writer.press("发布").reads("已发布")
    public = people("public").go("/search/")
    for words in ("家长学校报名", "三个工作日回复", "报名表"):
        public.press("检索", q=words).reads("示例家长学校")
    public.page.locator("main a", has_text="示例家长学校").first.click()
    public.page.wait_for_url("**/items/**")
    public.looked().reads(TITLE, *(text.replace("，", "，") for text in SIX.values()))


def number(item: str) -> str:
    return re.findall(r"\d+", item)[-1]


def hangs(people, item: str) -> None:
    """The sheet is a PDF; it is entered that it hangs; the screen in the hall has it."""
    writer = people("edu").go(f"{item}postings/")
    answer = writer.page.request.get(f"{writer.visitor.office.url}{item}sheet/A3/")
    assert answer.headers["content-type"] == "application/pdf" and answer.body().startswith(b"%PDF")
    writer.press("登记公开记录", channel="bulletin_board", posted_on=TODAY, place="一楼大厅")
    writer.reads("政务公开栏", "公开中")
    people("public").go(f"/board/{AGENCY}/")
    assert TITLE in people("public").page.content()


def changes(people, item: str) -> None:
    """Another condition: reviewed anew, published, and the sheet on the wall is out of date."""
    writer = people("edu").go(f"{item}edit/")
    form = writer.page.locator("main form:has([name=title])")
    fill(form, "service_guide-conditions", "在读学生的家长，不用证件")
    writer.press("保存", changed_on=TODAY)
    assert "凭学生证" in people("public").go(f"/items/{number(item)}/").page.content()
    is_reviewed(people, item)
    people("edu").go(f"{item}publish/").press("发布").reads("已发布")
    people("edu").go(f"{item}postings/").reads("旧版本，要换")
    people("officer").go(f"/office/publishing/duties/{AGENCY}/").reads(TITLE)


def is_withdrawn(people, item: str) -> None:
    """Gone from the page, from search and from the screen; the wall is asked for."""
    writer = people("edu").go(f"{item}withdraw/")
    writer.press("马上撤下", reason="报名改由学校办理", public_note="改由学校办理，请问学校。")
    writer.reads("已撤下")
    public = people("newcomer")
    public.visitor.go(f"/items/{number(item)}/")
    assert "改由学校办理" in public.page.content() and "不用证件" not in public.page.content()
    public.visitor.complaints.clear()  # a browser says on its console that the answer was 410
    public.go("/search/").press("检索", q="家长学校报名").reads("没有找到")
    assert TITLE not in public.go(f"/board/{AGENCY}/").page.content()
    people("edu").go(f"{item}postings/").reads("信息已撤下，要撤下")


def test_every_page_of_the_desk(visit, places: Published):
    visitor = visit(1280)
    visitor.sign_in("head")
    for path in places.every_page():
        visitor.go(path)
        proper(visitor)


def test_every_page_of_the_desk_on_a_telephone(visit, places: Published):
    visitor = visit(360)
    visitor.sign_in("head")
    for path in places.every_page():
        visitor.go(path)
        visitor.fits()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_public_page(visit, places: Published, width: int):
    visitor = visit(width)
    for path in places.public():
        visitor.go(path)
        proper(visitor)


def test_the_public_pages_in_large_type_and_in_the_dark(visit, places: Published):
    for options in ({}, {"color_scheme": "dark"}):
        visitor = visit(360, **options)
        if not options:
            with visitor.go("/").expect_navigation():
                visitor.page.click("text=大字版")
        for path in places.public():
            visitor.go(path)
            proper(visitor)


def test_what_is_gone_says_so_and_nothing_else(visit, places: Published):
    visitor = visit(360)
    page = visitor.go(f"/items/{places.gone()}/")
    visitor.fits()
    assert page.locator("h1").count() == 1
    assert "核实后重新公开" in page.inner_text("main")
    assert "课时收费" not in page.content()


def test_the_public_pages_work_without_scripts(visit, places: Published):
    visitor = visit(java_script_enabled=False)
    page = visitor.go("/search/")
    page.fill("[name=q]", "教师")
    page.click("main form button[type=submit]")
    assert page.locator("main .finds a").count() > 0
    visitor.go(f"/board/{AGENCY}/")
    assert page.locator("main h2").count() > 6
