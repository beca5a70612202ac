"""Whether a case may be decided now, and by which approval path."""

from collections.abc import Iterator

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal
from gongkai.casework.models import Application, CaseEvent, Letter
from gongkai.casework.policies.people import may_act
from gongkai.law.approval import ApprovalPath, SuggestedPath, path

ANSWER_PATHS = ("standard", "sensitive", "full")
"""The paths an answer may take, the longest last."""


def signed_answer(case: Application) -> Letter | None:
    """The letter that answered the case, once it is signed."""
    letters = case.letters.filter(state=Letter.State.SIGNED).order_by("-pk")
    return next((each for each in letters if is_answer(each)), None)


def is_answer(letter: Letter) -> bool:
    """Whether a letter, once served, answers its case."""
    return letter.act is not None and letter.act["kind"] == CaseEvent.Kind.ANSWERED


def may_decide(case: Application, by: Account) -> Refusal | None:
    """An open application whose day of receipt is known and whose answer is not signed yet."""
    refusal = may_act(case, by)
    if refusal is None and case.matter != Application.Matter.DISCLOSURE:
        refusal = Refusal("更正申请不走七步；请起草更正告知书。", "《条例》第四十一条")
    if refusal is None and case.received_on is None:
        refusal = Refusal("还没有确定收到之日；先与申请人确认，再拟定办理结果。", "《条例》第三十一条")
    signed = signed_answer(case) if refusal is None else None
    if signed:
        refusal = Refusal(
            f"已经签发答复（{signed.document_number}），办理结果不能再改；有错的，另行更正。",
            "《条例》第三十六条",
        )
    return refusal


def offered_paths() -> Iterator[ApprovalPath]:
    """The approval paths of an answer, the shortest first."""
    yield from (path(code) for code in ANSWER_PATHS)


def path_refusal(suggested: SuggestedPath, chosen: str, reason: str) -> Refusal | None:
    """A path may be longer than suggested; a shorter one needs a reason."""
    if chosen not in ANSWER_PATHS:
        return Refusal("请选一种审批路径。", "《条例》第十七条")
    shorter = len(path(chosen).steps) < len(suggested.path.steps)
    if shorter and not reason.strip():
        return Refusal(
            f"这个办理结果应当走“{suggested.path.label}”：{suggested.reason}改走“{path(chosen).label}”的，要写明理由。",
            "《条例》第十七条",
        )
    return None
