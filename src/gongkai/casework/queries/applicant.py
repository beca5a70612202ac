"""What the applicant may see of a case: where it stands, what happened, which documents there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.casework.identity import query_code_digest
from gongkai.casework.models import (
    Applicant,
    Application,
    CaseEvent,
    CaseFile,
    Letter,
    OfficeProfile,
)
from gongkai.casework.policies.applicant import may_read_online
from gongkai.casework.reckoning import deadline_of, events_of
from gongkai.casework.telling import Situation, situation, told
from gongkai.law.letters import letter_kind
from gongkai.law.service import ServiceMethod

Kind = CaseEvent.Kind


def find_by_code(number: str, code: str) -> Application | None:
    """The case that number and query code open together; ``None`` whichever of them is wrong."""
    digest = query_code_digest(number, code)
    return Application.objects.select_related("agency", "applicant").filter(query_code=digest).first()


def open_doors() -> list[OfficeProfile]:
    """The agencies that take applications over the website."""
    found = OfficeProfile.objects.filter(accepts_applications=True).select_related("agency")
    return list(found.order_by("agency_id"))


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of what concerns the applicant."""

    on: date
    text: str
    article: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was served. ``pk`` opens it, ``None`` where it came on paper and is not here."""

    pk: int | None
    title: str
    document_number: str
    signed_on: date | None
    method: str
    served_on: date | None


@dataclass(frozen=True, slots=True)
class Story:
    """A case told to its applicant."""

    case: Application
    situation: Situation
    happenings: tuple[Happening, ...]
    papers: tuple[Paper, ...]
    files: tuple[CaseFile, ...]


def story_of(case: Application) -> Story:
    """Where a case stands and how it came there, without anything internal."""
    events = events_of(case)
    reckoned = deadline_of(case, events)
    return Story(
        case=case,
        situation=situation(case, reckoned, events),
        happenings=tuple(_happenings(events)),
        papers=tuple(_papers(case)),
        files=tuple(case.files.filter(shown_to_applicant=True, removed_at=None)),
    )


def _happenings(events: list[CaseEvent]) -> list[Happening]:
    lines = ((event, told(event)) for event in events)
    return [Happening(event.on, line[0], line[1]) for event, line in lines if line is not None]


def _papers(case: Application) -> list[Paper]:
    letters = case.letters.filter(state=Letter.State.SIGNED).prefetch_related("services__entries")
    found = []
    for letter in letters:
        kind, services = letter_kind(letter.kind), list(letter.services.all())
        if kind.addressee != "applicant" or not services:
            continue
        served = min((s.served_on for s in services if s.served_on), default=None)
        found.append(
            Paper(
                pk=letter.pk if may_read_online(letter) else None,
                title=kind.title,
                document_number=letter.document_number,
                signed_on=letter.signed_on,
                method="、".join(ServiceMethod(service.method).label for service in services),
                served_on=served,
            )
        )
    return found


def everything_about(case: Application) -> dict[str, Any]:
    """What is kept about the applicant in this case, by the words the form used."""
    identity: Mapping[str, str] = case.applicant.identity
    story = story_of(case)
    return {
        "登记编号": case.number,
        "受理机关": case.agency.name,
        "申请人类别": case.get_applicant_kind_display(),
        "身份信息": {Applicant.IDENTITY_LABELS[key]: text for key, text in identity.items() if text},
        "申请内容": {
            "所需政府信息": case.description,
            "文号": case.document_number,
            "获取方式": case.get_access_display(),
            "载体形式": case.get_carrier_display(),
            "需要协助": case.needs_help,
        },
        "经过": [{"日期": each.on.isoformat(), "事项": each.text} for each in story.happenings],
        "文书": [
            {"名称": each.title, "文号": each.document_number, "日期": str(each.signed_on or "")}
            for each in story.papers
        ],
        "文件": [
            {"名称": file.name, "类别": file.get_kind_display(), "大小": file.size, "校验值": file.sha256}
            for file in case.files.filter(removed_at=None, added_by=None)
        ],
        "留言": [
            {
                "来自": "申请人" if each.from_applicant else "本机关",
                "时间": each.at.isoformat(),
                "内容": each.text,
            }
            for each in case.messages.all()
        ],
    }
