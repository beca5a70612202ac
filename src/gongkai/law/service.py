"""Which day counts as the service of a document, by method (国办公开办函〔2016〕235号).

Two days are told apart. ``on`` decides whether the agency was in time: the day of signature, or the
day of posting. ``remedy_from`` is the day the addressee knows the document: the periods for
reconsideration and suit run from it (行政复议法第二十条、行政诉讼法第四十六条).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from gongkai.law.breach import LawBreach
from gongkai.law.limits import chinese_date
from gongkai.law.rulebook import Switch, read_table

_POST = "国办公开办函〔2016〕235号"
_KNOWING = "《行政复议法》第二十条、《行政诉讼法》第四十六条"


class ServiceMethod(StrEnum):
    """How a document is sent."""

    DIRECT = "direct"
    ENTRUSTED = "entrusted"
    POSTAL = "postal"
    COUNTER_PICK_UP = "counter_pick_up"
    ONLINE = "online"
    EMAIL = "email"
    FAX = "fax"
    ANNOUNCEMENT = "announcement"

    @property
    def label(self) -> str:
        return str(_methods()[self.value]["label"])

    @property
    def article(self) -> str:
        return str(_methods()[self.value]["article"])

    @property
    def kinds(self) -> tuple["ServiceKind", ...]:
        """What may be entered in the ledger of a document sent that way."""
        return tuple(ServiceKind(kind) for kind in _methods()[self.value]["kinds"])


class ServiceKind(StrEnum):
    """What happened to a document on its way."""

    DISPATCHED = "dispatched"
    SIGNED = "signed"
    REFUSED = "refused"
    LEFT = "left"
    RETURNED = "returned"
    READ_ONLINE = "read_online"
    ANNOUNCED = "announced"

    @property
    def label(self) -> str:
        return next(str(kind["label"]) for kind in _table()["kinds"] if kind["code"] == self.value)


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """One line of the ledger of a document."""

    kind: ServiceKind
    on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class ServiceRules:
    """The choice of every switch of ``service.toml``."""

    electronic_service: str
    left_service: str
    announced_service: str
    postal_remedy_start: str

    @staticmethod
    @lru_cache
    def load() -> "ServiceRules":
        return ServiceRules(**{switch.code: switch.choice for switch in service_switches()})


@dataclass(frozen=True, slots=True)
class Served:
    """Whether and when a document was served; ``on`` is ``None`` while it was not.

    ``remedy_from`` is the day from which the periods of remedy run, ``None`` where it is not known.
    """

    on: date | None
    explanation: str
    article: str
    warning: str = ""
    remedy_from: date | None = None
    remedy_explanation: str = ""


@lru_cache
def service_switches() -> tuple[Switch, ...]:
    """The unsettled points of service, in the order of the file."""
    return tuple(Switch(**entry | {"choices": tuple(entry["choices"])}) for entry in _table()["switches"])


def require_postal_enterprise(carrier: str) -> None:
    """Raises ``LawBreach`` for a carrier that is not the postal enterprise."""
    name = carrier.strip().upper()
    if any(word in name for word in _table()["postal_enterprise"]):
        return
    shown = carrier.strip() or "未填写的承运单位"
    raise LawBreach(
        f"“{shown}”不是邮政企业，不能用来邮寄答复；请改由邮政企业寄送，或者直接送达、委托送达。", _POST
    )


def served(
    method: ServiceMethod, entries: Iterable[ServiceEntry], rules: ServiceRules | None = None
) -> Served:
    """The service of a document sent by a method, from the lines of its ledger.

    Raises ``LawBreach`` for a line the method does not know, one dated before the document was sent,
    and leaving that no refusal went before.
    """
    log = sorted(entries, key=lambda entry: entry.on)
    _check(method, log)
    rules = rules or ServiceRules.load()
    reckon = {
        "signature": _by_signature,
        "posting": _by_posting,
        "reading": _by_reading,
        "announcement": _by_announcement,
    }[_methods()[method.value]["counts"]]
    return reckon(method, log, rules)


def _check(method: ServiceMethod, log: list[ServiceEntry]) -> None:
    sent = _first(log, ServiceKind.DISPATCHED)
    for entry in log:
        if entry.kind not in method.kinds:
            raise LawBreach(
                f"“{method.label}”不能登记“{entry.kind.label}”；请改选送达方式或者登记种类。", method.article
            )
        if sent is not None and entry.on < sent:
            raise LawBreach(
                f"“{entry.kind.label}”的日期（{chinese_date(entry.on)}）早于"
                f"发出的日期（{chinese_date(sent)}），请核对。",
                method.article,
            )


def _by_signature(method: ServiceMethod, log: list[ServiceEntry], rules: ServiceRules) -> Served:
    signed = _first(log, ServiceKind.SIGNED)
    if signed is not None:
        return _on(signed, f"{method.label}的，以受送达人签收之日为送达之日。", method.article)
    refused, left = _first(log, ServiceKind.REFUSED), _first(log, ServiceKind.LEFT)
    if left is None:
        warning = "受送达人拒收，还没有送达；请邮寄，或者按规定留置并记录见证。" if refused else ""
        return Served(None, "还没有签收，没有送达。", method.article, warning)
    if refused is None or left < refused:
        raise LawBreach("留置以前没有拒收的记录；请先登记拒收的日期和经过，再登记留置。", method.article)
    article = "参照《民事诉讼法》关于留置送达的规定"
    if rules.left_service == "not_served":
        return Served(None, "本机关不把留置算作送达。", article, "受送达人拒收，请改用邮寄。")
    warning = "《条例》和235号函没有写留置送达；请保存见证或者照片、录像。"
    return _on(left, "受送达人拒收，以留置之日为送达之日。", article, warning)


def _by_posting(method: ServiceMethod, log: list[ServiceEntry], rules: ServiceRules) -> Served:
    returned, log = _after_return(log)
    posted, signed = _first(log, ServiceKind.DISPATCHED), _first(log, ServiceKind.SIGNED)
    if posted is None:
        return _not_posted(returned, log)
    text = "邮寄的，以投寄之日（交邮之日）为送达之日。"
    if rules.postal_remedy_start == "posting":
        return Served(posted, text, _POST, "", posted, "救济期限自投寄之日起算。")
    if signed is not None:
        known = "复议和诉讼的期限自申请人知道之日起算，邮寄的以签收之日为准。"
        return Served(posted, text, _POST, "", signed, known)
    warning = (
        "收件人拒收；请保存邮政企业的拒收证明，并改用其他方式再送达一次。"
        if _first(log, ServiceKind.REFUSED)
        else "还没有签收记录；请查询投递结果并登记签收之日。"
    )
    unknown = "签收之日未登记，申请人何时知道不能确定，救济期限暂不起算。"
    return Served(posted, text, _POST, warning, None, unknown)


def _not_posted(returned: date | None, log: list[ServiceEntry]) -> Served:
    if log:
        warning = "登记了后来的情况，但没有投寄的日期；请补记投寄之日。"
        return Served(None, "没有投寄的记录，不能确定送达之日。", _POST, warning)
    if returned is None:
        return Served(None, "还没有投寄，没有送达。", _POST)
    return Served(
        None,
        f"邮件于{chinese_date(returned)}退回，没有送达。",
        _POST,
        "请核对地址和电话后重新寄送，或者改用其他方式送达；退回的信封附卷。",
    )


def _by_reading(method: ServiceMethod, log: list[ServiceEntry], rules: ServiceRules) -> Served:
    returned, log = _after_return(log)
    sent = _first(log, ServiceKind.DISPATCHED)
    read = next((entry.on for entry in log if entry.kind in _RECEIVED), None)
    if rules.electronic_service == "dispatch" and sent is not None:
        return _on(sent, f"{method.label}的，以发出之日为送达之日。", method.article, _UNSETTLED_ELECTRONIC)
    if read is not None:
        text = f"{method.label}的，以申请人查看或者确认收到之日为送达之日。"
        return _on(read, text, method.article, _UNSETTLED_ELECTRONIC)
    if returned is not None and sent is None:
        text = f"{method.label}于{chinese_date(returned)}被退回，没有送达。"
        return Served(None, text, method.article, "请核对地址或者号码后重发，或者改用其他方式送达。")
    warning = "申请人还没有查看或者确认；临近答复期限的，请同时邮寄。" if sent else ""
    return Served(None, "还没有查看或者确认的记录，没有送达。", method.article, warning)


_RECEIVED = (ServiceKind.READ_ONLINE, ServiceKind.SIGNED)
_UNSETTLED_ELECTRONIC = "电子方式送达以哪一天为准，《条例》和235号函没有规定；要确定送达日的，请同时邮寄。"


def _by_announcement(method: ServiceMethod, log: list[ServiceEntry], rules: ServiceRules) -> Served:
    signed, announced = _first(log, ServiceKind.SIGNED), _first(log, ServiceKind.ANNOUNCED)
    if signed is not None:
        return _on(signed, "公告后申请人签收的，以签收之日为送达之日。", _POST)
    if announced is None:
        return Served(None, "还没有公告，没有送达。", method.article)
    if rules.announced_service == "announcement_day":
        return _on(announced, "以公告之日为送达之日。", method.article)
    warning = "235号函没有规定公告送达，公告不计算送达日；请继续联系申请人，并请法制机构确认。"
    return Served(None, f"已于{chinese_date(announced)}公告，送达日不能确定。", method.article, warning)


def _on(day: date, text: str, article: str, warning: str = "") -> Served:
    """Served on a day on which the addressee also came to know the document."""
    return Served(day, text, article, warning, day, f"救济期限自送达之日起算（{_KNOWING}）。")


def _first(log: list[ServiceEntry], kind: ServiceKind) -> date | None:
    return next((entry.on for entry in log if entry.kind is kind), None)


def _after_return(log: list[ServiceEntry]) -> tuple[date | None, list[ServiceEntry]]:
    """The day of the last return and what came after it; what was received cannot be returned."""
    for index in range(len(log) - 1, -1, -1):
        if log[index].kind is ServiceKind.RETURNED:
            if any(entry.kind in _RECEIVED for entry in log[:index]):
                break
            return log[index].on, log[index + 1 :]
    return None, log


def _table() -> dict[str, Any]:
    return read_table("service.toml")


@lru_cache
def _methods() -> Mapping[str, Mapping[str, Any]]:
    return {entry["code"]: entry for entry in _table()["methods"]}
