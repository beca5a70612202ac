"""An applicant at the website, for tests: the steps of applying, and the door to a case."""

import base64
import json
from html import unescape
from re import search, sub

from altcha.v1 import solve_challenge
from django.test import Client

from gongkai.casework.models import Application, OfficeProfile
from tests.agencies.cast import Cast

WANTED = {
    "description": "2024年度全市义务教育学校校舍维修改造项目清单（示例）",
    "document_number": "示教发〔2024〕12号",
    "access": "online",
    "carrier": "either",
}
PERSON = {
    "applicant_kind": "natural_person",
    "person_name": "甄示范",
    "id_kind": "居民身份证",
    "id_number": "000000199001010000",
    "phone": "000-0000001",
    "address": "示例市示例路1号",
    "email": "zhen@example.invalid",
}
ORGANIZATION = {
    "applicant_kind": "commercial_enterprise",
    "organization_name": "示例有限公司",
    "credit_code": "000000000000000000",
    "legal_representative": "贾样本",
    "contact": "史例",
    "phone": "000-0000002",
}
PERSONAL = ("甄示范", "000000199001010000", "000-0000001", "示例路1号", "zhen@example.invalid")


def open_door(cast: Cast, **changes) -> OfficeProfile:
    """The agency takes applications over the website."""
    given = {
        "letter_mark": "示教公",
        "address": "示例市示例大道9号",
        "phone": "000-0000000",
        "review_body": "示例市人民政府",
        "court": "示例市示例区人民法院",
    }
    return OfficeProfile.objects.create(agency=cast.agency, **given | changes)


def fill_in(client: Client, wanted: dict | None = None, who: dict | None = None, parts=None) -> str:
    """Everything up to the last step; gives the page of the last step."""
    answer = client.post("/apply/edu/", wanted or WANTED)
    if answer.headers["Location"].endswith("/advice/"):
        chosen = {"choice": "split", "part": parts} if parts else {"choice": "as_it_is"}
        answer = client.post("/apply/edu/advice/", chosen)
    assert answer.headers["Location"] == "/apply/edu/who/"
    answer = client.post("/apply/edu/who/", who or PERSON)
    assert answer.headers["Location"] == "/apply/edu/review/", answer.content.decode()
    return client.get("/apply/edu/review/").content.decode()


def proof(page: str) -> str:
    """What a browser with scripts would send: the solution of the task in the page."""
    found = search(r'data-challenge="([^"]+)"', page)
    assert found
    task = json.loads(unescape(found[1]))
    solved = solve_challenge(task["challenge"], task["salt"], task["algorithm"], task["maxnumber"])
    payload = {key: task[key] for key in ("algorithm", "challenge", "salt", "signature")}
    return base64.b64encode(json.dumps(payload | {"number": solved.number}).encode()).decode()


def apply(client: Client, **steps) -> list[tuple[Application, str]]:
    """Apply to the end; gives each case with its query code, as the page shows them."""
    fill_in(client, **steps)
    answer = client.post("/apply/edu/review/", {})
    assert answer.headers["Location"] == "/apply/done/", text_of(answer.content.decode())
    page = client.get("/apply/done/").content.decode()
    words = [found.split("<")[0] for found in page.split('class="big">')[1:]]
    return [
        (Application.objects.get(number=number), code)
        for number, code in zip(words[::2], words[1::2], strict=True)
    ]


def enter(client: Client, case: Application, code: str) -> None:
    """Open the case with number and code."""
    answer = client.post("/track/", {"number": case.number, "code": code})
    assert answer.headers["Location"] == "/track/case/"


def text_of(page: str) -> str:
    """The words of a page on one line."""
    return " ".join(unescape(sub(r"<[^>]+>", " ", page)).split())
