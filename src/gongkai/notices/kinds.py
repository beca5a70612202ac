"""What a notice can be about. A desk that has more to say registers its kinds when it is loaded."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """``code`` is stored, ``label`` is what people read. A ``desk_only`` kind never leaves the desk, one
    ``for_applicants`` is told to people outside."""

    code: str
    label: str
    level: str = "note"
    desk_only: bool = False
    for_applicants: bool = False


class UnknownKind(LookupError):
    """A code nobody registered."""


_KINDS: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Make kinds known; the same kind may be registered again, another one under its code may not."""
    for kind in kinds:
        if _KINDS.setdefault(kind.code, kind) != kind:
            raise ValueError(f"{kind.code} is registered already as {_KINDS[kind.code].label}")


def kind_of(code: str) -> Kind:
    """The kind with this code. Raises ``UnknownKind``."""
    try:
        return _KINDS[code]
    except KeyError:
        raise UnknownKind(code) from None


def kinds_sent_out() -> tuple[Kind, ...]:
    """The kinds staff may be told outside the desk, so that one may wish to switch them off."""
    return tuple(kind for kind in _KINDS.values() if not (kind.desk_only or kind.for_applicants))


register(
    Kind("arrival_unconfirmed", "来件待确认", "warning"),
    Kind("assigned", "交您办理"),
    Kind("sent_back", "退回给您", "warning"),
    Kind("approval_waiting", "待您审批"),
    Kind("approved", "审批通过"),
    Kind("applicant_wrote", "申请人来信或补正"),
    Kind("third_party_replied", "第三方或其他机关回复"),
    Kind("due_soon", "即将到期", "warning"),
    Kind("overdue", "已经逾期", "urgent"),
    Kind("calendar_changed", "期限因放假安排变动", "warning"),
    Kind("remedy_filed", "收到复议或诉讼", "warning"),
    Kind("case_progress", "申请办理进展", for_applicants=True),
    Kind("delivery_failed", "通知没有送达", "warning", desk_only=True),
)
