"""Letters of the demo office: approved by whoever is on their path, signed, and served."""

from collections.abc import Mapping

from gongkai.casework.actions.applicant import read_letter
from gongkai.casework.actions.letters import approve_letter, submit_letter
from gongkai.casework.actions.service import log_service, serve_letter
from gongkai.casework.lettering import content_hash, paper_of
from gongkai.casework.models import Application, Letter, Service
from gongkai.casework.policies import signing
from gongkai.config.demo.stage import Stage
from gongkai.law.letters import letter_kind
from gongkai.law.service import ServiceKind, ServiceMethod

Access = Application.Access
_METHODS: Mapping[str, ServiceMethod] = {
    Access.POST: ServiceMethod.POSTAL,
    Access.EMAIL: ServiceMethod.EMAIL,
    Access.ONLINE: ServiceMethod.ONLINE,
    Access.PICK_UP: ServiceMethod.COUNTER_PICK_UP,
    Access.INSPECTION: ServiceMethod.COUNTER_PICK_UP,
}
_ON_THE_WAY = 3  # working days a letter by post takes


def issue(  # noqa: PLR0913 - what a line may say
    stage: Stage,
    letter: Letter,
    *,
    stop: str = "",
    serve: str = "",
    late_reason: str = "",
    lost: bool = False,
    unread: bool = False,
) -> None:
    """Bring a draft as far as the plan says: to the end, or until it waits at ``stop``.

    ``stop`` is ``draft``, ``signed`` (not served yet) or the step of the path that has to wait.
    """
    if stop == "draft":
        return
    drafter = letter.drafted_by
    assert drafter is not None
    letter = submit_letter(letter=letter, by=drafter, at=stage.at())
    while letter.state == Letter.State.IN_REVIEW:
        step = signing.next_step(letter)
        assert step is not None
        if step.code == stop:
            return
        approver = stage.person(signing.may_take(letter, step)[0].username)
        letter = approve_letter(
            letter=letter,
            seen=content_hash(paper_of(letter)),
            by=approver,
            at=stage.at(),
            late_reason=late_reason,
        )
    if stop != "signed":
        send(stage, letter, ServiceMethod(serve) if serve else None, lost=lost, unread=unread)


def send(
    stage: Stage,
    letter: Letter,
    method: ServiceMethod | None = None,
    *,
    lost: bool = False,
    unread: bool = False,
) -> None:
    """Serve a signed letter, an applicant's the way the application asks for, others by post."""
    to_applicant = letter_kind(letter.kind).addressee == "applicant"
    method = method or (_METHODS[letter.case.access] if to_applicant else ServiceMethod.POSTAL)
    posted = method is ServiceMethod.POSTAL
    on_the_spot = method in {ServiceMethod.COUNTER_PICK_UP, ServiceMethod.DIRECT}
    service = serve_letter(
        letter=letter,
        method=method,
        on=stage.day,
        by=stage.hand(letter.case),
        at=stage.at(),
        tracking_number=f"示例邮件{letter.pk:06d}" if posted else "",
        carrier="中国邮政" if posted else "",
        also=ServiceKind.SIGNED if on_the_spot else None,
    )
    if unread:
        return
    if method is ServiceMethod.ONLINE:
        stage.after(1, lambda: read_letter(letter=letter, at=stage.at()))
    elif not on_the_spot:
        arrives = {True: ServiceKind.RETURNED, False: ServiceKind.SIGNED}[lost]
        stage.after(_ON_THE_WAY if posted else 1, lambda: _log(stage, service, arrives))


def _log(stage: Stage, service: Service, kind: ServiceKind) -> None:
    by = stage.hand(service.letter.case)
    log_service(service=service, kind=kind, on=stage.day, by=by, at=stage.at())
