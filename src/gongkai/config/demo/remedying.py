"""Verbs of the plan that are about reconsiderations and suits, and about deciding anew."""

from collections.abc import Callable, Mapping

from gongkai.agencies.models import Account
from gongkai.casework.actions.redecision import open_redecision
from gongkai.config.demo.stage import Stage
from gongkai.documents.ledger import Ledger, print_ledger
from gongkai.remedies.actions.answering import record_hearing, submit_answer
from gongkai.remedies.actions.files import Paper
from gongkai.remedies.actions.registering import record_notification, register
from gongkai.remedies.actions.results import (
    Verdict,
    record_appeal,
    record_redone,
    record_result,
    record_second_instance_result,
    record_withdrawal,
)
from gongkai.remedies.models import Remedy
from gongkai.remedies.policies import Filing

_PAPERS_TAKE = 2  # working days from the filing to the papers at the agency


def reconsider(  # noqa: PLR0913 - what a line may say
    stage: Stage,
    name: str,
    *,
    remedy: str,
    body: str,
    challenged: str = "answer",
    claimant: str = "applicant",
    procedure: str = "ordinary",
) -> None:
    """Somebody asks for reconsideration; the papers reach the agency two working days later."""
    filing = Filing("reconsideration", challenged, body, stage.day, claimant=claimant)
    _file(stage, name, remedy, filing, procedure)


def sue(  # noqa: PLR0913 - what a line may say
    stage: Stage, name: str, *, remedy: str, body: str, challenged: str = "answer", after: str = ""
) -> None:
    """Somebody sues, directly or ``after`` a reconsideration of the plan."""
    route = "suit_after_reconsideration" if after else "direct_suit"
    before = _remedy(stage, after) if after else None
    filing = Filing("litigation", challenged, body, stage.day, route=route, preceded_by=before)
    _file(stage, name, remedy, filing, "ordinary")


def _file(stage: Stage, name: str, remedy: str, filing: Filing, procedure: str) -> None:
    made = register(case=stage.case(name), filing=filing, by=_keeper(stage), at=stage.at())
    stage.remedies[remedy] = made.pk
    stage.after(_PAPERS_TAKE, lambda: _notified(stage, remedy, procedure))


def _notified(stage: Stage, name: str, procedure: str) -> None:
    remedy = _remedy(stage, name)
    record_notification(
        remedy=remedy,
        on=stage.day,
        procedure=procedure,
        body_number=f"（{stage.day.year}）演示{remedy.pk}号",
        papers=[_paper(remedy.papers)],
        by=_keeper(stage),
        at=stage.at(),
    )


def respond(stage: Stage, name: str, *, remedy: str) -> None:
    submit_answer(
        remedy=_remedy(stage, remedy),
        on=stage.day,
        how="当面提交答复书和证据一册",
        papers=[_paper("答复书")],
        by=_keeper(stage),
        at=stage.at(),
    )


def hear(stage: Stage, name: str, *, remedy: str, what: str, in_days: int = 0) -> None:
    """A hearing is held, or announced for a day to come."""
    record_hearing(
        remedy=_remedy(stage, remedy),
        on=stage.working_day(in_days),
        what=what,
        by=_keeper(stage),
        at=stage.at(),
    )


def conclude(stage: Stage, name: str, *, remedy: str, result: str, redo_within: int = 0) -> None:
    """The decision or the judgment, or that the other side took it back."""
    if result == "withdrawn":
        record_withdrawal(
            remedy=_remedy(stage, remedy),
            on=stage.day,
            reason="收到准予撤诉的裁定（演示）",
            by=_keeper(stage),
            at=stage.at(),
        )
        return
    record_result(
        remedy=_remedy(stage, remedy),
        verdict=_verdict(stage, result, redo_within),
        papers=[_paper("决定书或者裁判文书")],
        by=_keeper(stage),
        at=stage.at(),
    )


def appeal(stage: Stage, name: str, *, remedy: str, side: str = "applicant") -> None:
    record_appeal(remedy=_remedy(stage, remedy), on=stage.day, side=side, by=_keeper(stage), at=stage.at())


def second(stage: Stage, name: str, *, remedy: str, result: str) -> None:
    """The court of appeal decides."""
    record_second_instance_result(
        remedy=_remedy(stage, remedy),
        verdict=_verdict(stage, result),
        by=_keeper(stage),
        at=stage.at(),
    )


def redone(stage: Stage, name: str, *, remedy: str, how: str) -> None:
    record_redone(remedy=_remedy(stage, remedy), on=stage.day, how=how, by=_keeper(stage), at=stage.at())


def redecide(stage: Stage, name: str, *, into: str, remedy: str, within: int = 0) -> None:
    """What was overturned is decided anew in a case of its own, named ``into``."""
    case, found = stage.case(name), _remedy(stage, remedy)
    made = open_redecision(
        case=case,
        basis=f"{found.body}{found.body_number}（{found.get_forum_display()}）要求重新作出答复",
        received_on=stage.day,
        ordered_until=stage.working_day(within) if within else None,
        by=stage.hand(case),
        at=stage.at(),
    )
    stage.cases[into] = made.pk


def _remedy(stage: Stage, name: str) -> Remedy:
    return Remedy.objects.select_related("case__agency").get(pk=stage.remedies[name])


def _keeper(stage: Stage) -> Account:
    return stage.person("officer")


def _verdict(stage: Stage, result: str, redo_within: int = 0) -> Verdict:
    until = stage.working_day(redo_within) if redo_within else None
    return Verdict(result, stage.day, stage.day, f"（{stage.day.year}）演示决字", redo_until=until)


def _paper(title: str) -> Paper:
    return Paper(f"{title}.pdf", print_ledger(Ledger(title=title, notes=["演示材料，内容全部虚构。"])))


REMEDY_VERBS: Mapping[str, Callable[..., None]] = {
    each.__name__: each
    for each in (reconsider, sue, respond, hear, conclude, appeal, second, redone, redecide)
}
