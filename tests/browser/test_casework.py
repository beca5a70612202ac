"""An application's way through the office in a browser: from the website to the cells of tables 3 and 4 and
to the printed report, and back from a cell to the case. Every page on the way is proper."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from gongkai.documents.ledger import Ledger, print_ledger

Visit = Callable[..., object]
TODAY = date.today()
WISH = "2024年度示例小学（虚构）屋面维修项目的报价清单和验收意见"
WAY = (
    "clear", "government_information", "made_here", "found", "no", "third_party_rights",
    "consents_in_part", "as_requested", "free",
)  # fmt: skip


class Person:
    """Somebody at a browser who fills in forms and presses buttons; every page is looked at."""

    def __init__(self, visitor, seen: set[str]) -> None:
        self.visitor, self.page, self.seen = visitor, visitor.page, seen

    def go(self, path: str) -> "Person":
        self.visitor.go(path)
        return self.looked()

    def looked(self) -> "Person":
        """The page is proper; one that looks like an earlier one is not put to axe again."""
        self.visitor.fits()
        assert self.page.locator("h1").count() == 1
        heads = self.page.locator("main :is(h1, h2, label)").all_inner_texts()
        look = re.sub(r"\d+", "0", f"{self.path} {heads}")
        if look not in self.seen:
            self.visitor.is_content()
        assert self.visitor.complaints == []
        self.seen.add(look)
        return self

    def follow(self, name: str) -> "Person":
        with self.page.expect_navigation():
            self.page.locator("main").get_by_role("link", name=name).first.click()
        return self.looked()

    def press(self, button: str, **fields: object) -> "Person":
        """Fill in the form that a button belongs to, and press it."""
        pressed = self.page.locator("main form button", has_text=button).first
        form = pressed.locator("xpath=ancestor::form")
        for details in form.locator("xpath=ancestor::details[not(@open)]").all():
            details.locator("summary").first.click()
        for name, value in fields.items():
            fill(form, name, value)
        with self.page.expect_navigation():
            pressed.click()
        return self.looked()

    def reads(self, *words: str) -> "Person":
        said = re.sub(r"\s", "", self.page.inner_text("main"))
        for word in words:
            assert word in said, f"{word} is not on {self.page.url}: {said[:600]}"
        return self

    @property
    def path(self) -> str:
        return "/" + self.page.url.split("/", 3)[3].partition("?")[0]


def fill(form, name: str, value: object) -> None:
    """One field, whatever it is."""
    field = form.locator(f"[name='{name.replace('__', '-')}']")
    kind = field.first.evaluate("field => field.type")
    if kind == "radio":
        form.locator(f"[name='{name}'][value='{value}']").check()
    elif kind == "file":
        field.first.set_input_files(value)
    elif kind.startswith("select"):
        field.first.select_option(value)
    else:
        field.first.fill(str(value))


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "报价清单.pdf"
    path.write_bytes(print_ledger(Ledger(title="报价清单", notes=["演示材料，全部虚构。"])))
    return path


@pytest.fixture
def people(visit) -> Callable[[str], Person]:
    """Everybody at a browser of their own; the applicant and the head with a telephone."""
    there: dict[str, Person] = {}
    seen: set[str] = set()

    def person(name: str) -> Person:
        if name not in there:
            visitor = visit(360 if name in {"applicant", "head"} else 1280)
            if name != "applicant":
                visitor.sign_in(name)
            there[name] = Person(visitor, seen)
        return there[name]

    return person


def test_from_the_website_to_the_report_and_back(people, paper: Path):
    number, code, case = is_applied(people)
    is_supplemented(people, number, code, case)
    is_consulted_and_extended(people, case)
    answer = is_decided(people, case, paper)
    is_served(people, number, code, answer)
    is_contested(people, case, paper)
    is_reported(people, number, case)


def is_applied(people) -> tuple[str, str, str]:
    """Three steps on the website; number and code are said once; the office confirms."""
    applicant = people("applicant").go("/").go("/apply/tacheng-edu/")
    applicant.press("下一步：您是谁", description=WISH, access="online", carrier="electronic")
    applicant.press(
        "下一步",
        applicant_kind="natural_person",
        person_name="冯试写",
        id_kind="居民身份证",
        id_number="000000199001010099",
        phone="000-0000099",
        address="示例市示例路99号（虚构）",
    )
    applicant.reads("冯试写", "核对并提交").press("提交申请")
    number, code = applicant.page.locator(".big").all_inner_texts()[:2]
    officer = people("officer").go("/office/").go("/office/cases/")
    officer.follow(number)
    case = officer.path
    officer.reads("收到之日未定").press("记下这次联系", on=TODAY, how="短信告知网上申请已收到")
    officer.press("交办", section="基础教育科")
    return number, code, case


def issued(people, *approvers: str) -> str:
    """The letter that the officer has before them: submitted, then approved by each in turn."""
    officer = people("officer")
    letter = officer.path
    officer.press("提交审批")
    for approver in approvers:
        people(approver).go(letter).press("同意", opinion="同意")
    people(approvers[-1]).reads("已经签发")
    return letter


def is_supplemented(people, number: str, code: str, case: str) -> None:
    """The notice is signed by the head; the applicant supplements on the tracking page."""
    until = TODAY + timedelta(days=14)
    people("officer").go(f"{case}acts/supplement/").press(
        "起草补正告知书", unclear="没有写明要哪个标段", items="写明标段", until=until
    )
    issued(people, "head")
    applicant = people("applicant").go("/track/").press("打开", number=number, code=code)
    applicant.press("提交补正", supplement="第一标段。").reads("办理进度")
    people("officer").go(case).reads("收到补正")


def is_consulted_and_extended(people, case: str) -> None:
    """A third party is asked and agrees in part; the head extends."""
    officer = people("officer").go(f"{case}acts/third_party/")
    officer.press(
        "起草征求意见书",
        name="示例防水工程有限公司（虚构）",
        information="第一标段的报价清单",
        harm="报价可能属于商业秘密",
    )
    issued(people, "head")
    officer.go(f"{case}acts/delivery/").press("登记", on_day=TODAY)
    officer.go(f"{case}acts/opinion/").press(
        "登记", answer="partly_agreed", on_day=TODAY, content="不同意公开单价", objection_accepted="yes"
    )
    officer.go(f"{case}acts/extension/").press("起草延期告知书", days=10, reason="涉及多份材料，需要逐份核对")
    issued(people, "head")
    officer.go(f"{case}deadline/").reads("延长")


def is_decided(people, case: str, paper: Path) -> str:
    """What is withheld is drawn over; seven questions; three people approve."""
    officer = people("officer").go(case)
    officer.press("加密存入案卷", kind="found", file=paper)
    officer.go(f"{case}decide/")
    for choice in WAY:
        officer.page.locator(f"form.question [value='{choice}']").check()
        officer.press("下一步")
    facts = officer.page.url
    officer.page.locator("fieldset.withheld a[href*='/redact/']").first.click()
    officer.page.get_by_role("button", name="在这一页加框").first.click()
    officer.page.locator("main form.redact [name='article']").first.fill("第十五条")
    officer.page.locator("main form.redact [name='reason']").first.fill("单价属于商业秘密")
    officer.press("生成遮盖后的文件")
    officer.page.goto(facts)
    officer.reads("部分公开", "第三十七条").press(
        "拟定并起草文书",
        content="第一标段报价清单（遮盖后）",
        provision_form="电子文档",
        withheld__part="单价",
        withheld__article="第十五条",
        withheld__reason="商业秘密，第三方不同意公开，理由成立",
    )
    return issued(people, "edu-head", "head", "leader")


def is_served(people, number: str, code: str, answer: str) -> None:
    """Sent online; it counts from the moment the applicant opens it."""
    people("officer").go(f"{answer}service/").press("登记发出", method="online").reads("还没有送达")
    applicant = people("applicant").go("/track/case/")
    with applicant.page.expect_download() as download:
        applicant.page.get_by_role("button", name=re.compile("打开.*答复书")).click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    applicant.go("/track/case/").reads("送达")
    people("officer").go(f"{answer}service/").reads("送达。")


def is_contested(people, case: str, paper: Path) -> None:
    """A reconsideration upholds the answer; a suit afterwards overturns it."""
    key = case.rstrip("/").rpartition("/")[2]
    officer = people("officer").go(f"/office/remedies/case/{key}/register/")
    officer.press("登记", kind="reconsideration", challenged="answer", filed_on=TODAY)
    review = is_heard(officer, paper, "upheld")
    officer.go(f"/office/remedies/case/{key}/register/").press(
        "登记",
        kind="suit_after_reconsideration",
        preceded_by=review.rstrip("/").rpartition("/")[2],
        challenged="answer",
        body="塔城市人民法院",
        filed_on=TODAY,
    )
    is_heard(officer, paper, "revoked")


def is_heard(officer: Person, paper: Path, result: str) -> str:
    """Papers received, answered, decided."""
    remedy = officer.path
    officer.go(f"{remedy}acts/notify/").press("登记", on=TODAY, procedure="ordinary", papers=paper)
    officer.go(f"{remedy}acts/answer/").press("登记", on=TODAY, how="当面提交", papers=paper)
    officer.go(f"{remedy}acts/decide/").press("登记", result=result, decided_on=TODAY, received_on=TODAY)
    return remedy


def is_reported(people, number: str, case: str) -> None:
    """The cells of this year are filled from the registers, printed, and lead back to the case."""
    officer = people("officer").go("/office/annual/")
    officer.press("开始编制", year=str(TODAY.year))
    report = officer.path.removesuffix("figures/")
    officer.go(report).press("从台账填表")
    for cell in ("table3.partly_granted.natural_person", "table4.suit_after_reconsideration.overturned"):
        officer.go(f"{report}cells/{cell}/").reads(number)
    printed = officer.visitor.context.request.get(f"{officer.visitor.office.url}{report}export/pdf/")
    assert printed.body().startswith(b"%PDF")
    officer.go(f"{report}cells/table3.partly_granted.natural_person/").follow(number)
    assert officer.path == case
    officer.reads("部分公开", "补正", "延长")
