"""The pages of the casework and remedies desks in the demo office, each kind in each of its states."""

import sqlite3
from pathlib import Path

DESK = (
    "/office/",
    "/office/cases/",
    "/office/cases/?state=open&overdue=1",
    "/office/calendar/",
    "/office/statistics/",
    "/office/days/tacheng-edu/",
    "/office/profile/tacheng-edu/",
    "/office/functions/tacheng-edu/",
    "/office/cases/receive/tacheng-edu/",
    "/office/cases/import/tacheng-edu/",
    "/office/patterns/tacheng-edu/",
    "/office/letters/",
    "/office/grounds/",
    "/office/grounds/denied.deliberative/",
    "/office/remedies/",
    "/office/notices/",
    "/office/notices/preferences/",
)
CASES = {
    "partly granted, contested": "学校食堂供应商评审材料",
    "split": "三项教育统计资料",
    "overdue": "教师招聘笔试面试成绩",
    "third party asked": "塑胶跑道供货合同",
    "awaiting supplement": "学校建设材料",
    "rectification": "更正学籍信息中的姓名",
    "unconfirmed": "学籍转接流程文件",
    "answered late": "民办教师工龄认定材料",
    "reasons asked": "逐日车辆使用记录（第三十七件）",
    "overturned": "学校撤并听证记录",
    "with a struck entry": "营养餐采购验收单",
    "draft written": "幼儿园年检结论",
    "waiting for the leader": "学生欺凌处置情况",
}
OPEN_ACTS = (
    "supplement", "search", "extension", "withdraw", "third_party", "co_maker", "agency", "reasons", "fee",
    "transfer", "split", "join", "help",
)  # fmt: skip
REMEDY_ACTS = ("notify", "accept", "hearing", "extend", "decide", "withdraw", "hand")


class Places:
    """Where the pages are. The database of the served office is only read."""

    def __init__(self, data: Path) -> None:
        self._base = sqlite3.connect(f"file:{data / 'gongkai.sqlite3'}?mode=ro", uri=True)

    def key(self, query: str, *given: object) -> int:
        found = self._base.execute(query, given).fetchone()
        assert found is not None, (query, given)
        key: int = found[0]
        return key

    def case(self, state: str) -> str:
        key = self.key("select id from casework_application where title = ?", CASES[state])
        return f"/office/cases/{key}/"

    def letter(self, state: str) -> str:
        return f"/office/letters/{self.key('select max(id) from casework_letter where state = ?', state)}/"

    def remedy(self, column: str) -> str:
        key = self.key('select max(id) from remedies_remedy where "column" = ?', column)
        return f"/office/remedies/{key}/"

    def of_cases(self) -> list[str]:
        overdue, contested = self.case("overdue"), self.case("partly granted, contested")
        entry = self.key(
            "select id from casework_caseevent where kind = 'searched' and case_id = ?", _key(overdue)
        )
        return [
            *map(self.case, CASES),
            *(f"{overdue}acts/{code}/" for code in OPEN_ACTS),
            f"{self.case('third party asked')}acts/opinion/",
            f"{self.case('awaiting supplement')}acts/supplemented/",
            f"{self.case('rectification')}acts/rectify/",
            f"{self.case('reasons asked')}acts/reasons_given/",
            f"{contested}acts/archive/",
            f"{overdue}deadline/",
            f"{overdue}decide/",
            f"{self.case('draft written')}decide/",
            f"{self.case('waiting for the leader')}decide/",
            f"{contested}redecide/",
            f"{overdue}events/{entry}/strike/",
        ]

    def of_papers(self) -> list[str]:
        served = self.key("select min(letter_id) from casework_service")
        found = self.key("select max(id) from casework_casefile where kind = 'found'")
        return [
            *map(self.letter, ("draft", "in_review", "signed")),
            f"/office/letters/{served}/service/",
            f"/office/files/{found}/redact/",
        ]

    def of_remedies(self) -> list[str]:
        pending, contested = self.remedy("pending"), self.case("partly granted, contested")
        return [
            pending,
            self.remedy("overturned"),
            *(f"{pending}acts/{code}/" for code in REMEDY_ACTS),
            f"/office/remedies/case/{_key(contested)}/",
            f"/office/remedies/case/{_key(contested)}/register/",
        ]

    def every(self) -> list[str]:
        return [*DESK, *self.of_cases(), *self.of_papers(), *self.of_remedies()]

    def usual(self) -> list[str]:
        """The pages that people have before them all day."""
        return [
            "/office/",
            "/office/cases/",
            "/office/cases/receive/tacheng-edu/",
            "/office/letters/",
            "/office/remedies/",
            "/office/notices/",
            self.case("overdue"),
            self.case("third party asked"),
            f"{self.case('overdue')}acts/third_party/",
            f"{self.case('overdue')}deadline/",
            f"{self.case('overdue')}decide/",
            f"{self.case('draft written')}decide/",
            *map(self.letter, ("draft", "in_review", "signed")),
            self.remedy("pending"),
        ]


def _key(path: str) -> int:
    return int(path.rstrip("/").rpartition("/")[2])
