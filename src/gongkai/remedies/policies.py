"""Who may keep the register, which act is open now, and what to be warned of."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.agencies.models import Account
from gongkai.agencies.policies import Refusal, Role, holds
from gongkai.casework.models import Application, CaseEvent, Letter, Service
from gongkai.casework.queries import find_case
from gongkai.casework.queries.serving import standing_of
from gongkai.law.breach import LawBreach
from gongkai.law.limits import TimeLimit, chinese_date
from gongkai.law.outcomes import decision as decision_on
from gongkai.law.remedies import RECONSIDERATION_FIRST_FROM, Clock, Route, route_for
from gongkai.law.respondent import RemedyEvent as Move
from gongkai.law.respondent import stage_after
from gongkai.law.workdays import WorkingCalendar
from gongkai.remedies.models import Remedy, RemedyEvent
from gongkai.remedies.reckoning import LIMITS, Course, course_of

Kind = RemedyEvent.Kind
KEEPING = (Role.OFFICER, Role.OFFICE_HEAD, Role.LEGAL_REVIEWER)
# What a body may say before the agency ever gets the papers.
WITHOUT_PAPERS = {"not_accepted", "not_docketed", "transferred"}


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that may be entered: ``rule`` says what the law asks, ``forum`` limits it to one."""

    code: str
    verb: str
    rule: str
    forum: str = ""


ACTS = (
    Act(
        "notify",
        "登记收到副本",
        "本机关的答复期限从收到副本的次日起算：复议普通程序10个工作日、简易程序5个工作日，诉讼15日"
        "（《行政复议法》第四十八条、第五十四条，《行政诉讼法》第六十七条）。",
    ),
    Act("accept", "登记受理或者立案日期", "复议机关、法院的审理期限从受理、立案起算。"),
    Act(
        "answer",
        "登记提交答复和证据",
        "书面答复，并提交当初作出答复的证据、依据和其他有关材料。逾期不提交的，视为没有证据、依据"
        "（《行政复议法》第七十条、《行政诉讼法》第六十七条）。",
    ),
    Act("hearing", "登记听证或者开庭", "还没到的日期列入到期提醒，举行以后再登记一次。"),
    Act(
        "extend",
        "登记延长复议期限",
        "适用普通程序的，最多延长30日（《行政复议法》第六十二条）。",
        "reconsideration",
    ),
    Act(
        "decide",
        "登记决定或者裁判",
        "表四按作出之日统计：维持、驳回请求计入“结果维持”；变更、撤销、确认违法、责令履行等计入“结果纠正”；"
        "不予受理、驳回申请、终止、调解、和解计入“其他结果”。",
    ),
    Act(
        "appeal",
        "登记上诉",
        "对判决上诉的期限15日，对裁定10日（《行政诉讼法》第八十五条）。上诉以后，年度报告重新计入“尚未审结”。",
        "litigation",
    ),
    Act(
        "second",
        "登记二审裁判",
        "一审、二审合计一件，按最新的结果统计。维持一审的，一审怎样就计入哪一列；发回重审的，计入“尚未审结”。",
        "litigation",
    ),
    Act("withdraw", "登记撤回", "复议终止、准予撤诉的，计入“其他结果”。"),
    Act("redone", "登记已按结果办理", "在限定的期限内重新答复或者履行，办完以后登记。"),
    Act("hand", "确定经办人", "经办人会看到这件复议、诉讼的期限。"),
)


def may_keep(case: Application, by: Account) -> Refusal | None:
    """Who may enter things into the register of remedies of a case."""
    if find_case(by, case.pk) is None:
        return Refusal("这件申请没有交给您所在的科室，您不能登记它的复议、诉讼。")
    if not holds(case.agency, by, *KEEPING):
        return Refusal("复议、诉讼由经办人、工作机构负责人或者法制审核人登记，您没有这些角色。")
    return None


def may_strike(remedy: Remedy, by: Account) -> Refusal | None:
    """Wrong entries are struck out by the head of the disclosure office."""
    if holds(remedy.agency, by, Role.OFFICE_HEAD):
        return None
    return Refusal("划销记录由政府信息公开工作机构负责人决定，您没有这个角色。")


def against(remedy: Remedy, course: Course, act: str, by: Account) -> Refusal | None:
    """What stands against an act now: the sentence of the disabled button."""
    return may_keep(remedy.case, by) or _AGAINST[act](remedy, course)


def openings(remedy: Remedy, by: Account) -> list[tuple[Act, Refusal | None]]:
    """Every act of this forum, with what stands against it."""
    course = course_of(remedy)
    return [(act, against(remedy, course, act.code, by)) for act in ACTS if act.forum in {"", remedy.forum}]


def recommended(remedy: Remedy) -> str:
    """The act that comes next for the agency; empty where it waits for others."""
    if remedy.owes:
        return "redone"
    return {"registered": "notify", "filed": "answer", "appealed": "second"}.get(remedy.state, "decide")


def _move(remedy: Remedy, course: Course, move: Move) -> Refusal | None:
    if course.notified is None and not course.remanded_on:
        return Refusal(f"还没有登记收到{remedy.papers}，各项期限从收到之日起算；请先登记收到。")
    return _lawful(course, move)


def _lawful(course: Course, move: Move) -> Refusal | None:
    try:
        stage_after(course.forum, course.stage, move)
    except LawBreach as breach:
        return Refusal(breach.message, breach.article)
    return None


def _against_notify(remedy: Remedy, course: Course) -> Refusal | None:
    if course.notified is not None:
        day = chinese_date(course.notified.on)
        return Refusal(f"已登记{day}收到{remedy.papers}；登记错了的，先划销那条记录。")
    return _unless_decided(course)


def _against_accept(remedy: Remedy, course: Course) -> Refusal | None:
    if any(event.kind == Kind.ACCEPTED for event in course.events):
        return Refusal("受理或者立案的日期已经登记；登记错了的，先划销那条记录。")
    return _unless_decided(course)


def _against_extend(remedy: Remedy, course: Course) -> Refusal | None:
    if course.notified is None:
        return Refusal(f"还没有登记收到{remedy.papers}，不知道适用哪种程序；请先登记收到。")
    if course.procedure == "simplified":
        return Refusal("适用简易程序的复议不能延长审理期限。", "《行政复议法》第六十二条")
    if any(event.kind == Kind.EXTENDED for event in course.events):
        return Refusal("延长复议期限已经登记过。", "《行政复议法》第六十二条")
    return _unless_decided(course)


def _unless_decided(course: Course) -> Refusal | None:
    if course.dates.decided_on or course.dates.withdrawn_on:
        return Refusal("案件已有决定、裁判或者已撤回，不用再登记这一项。")
    return None


def _against_hearing(remedy: Remedy, course: Course) -> Refusal | None:
    if course.dates.hearing_on and not course.dates.decided_on and not course.dates.withdrawn_on:
        return None  # a second hearing changes no stage
    return _move(remedy, course, Move.HEARING)


def _against_redone(remedy: Remedy, course: Course) -> Refusal | None:
    if course.follow_up is None:
        return Refusal("还没有结果，没有要按结果办理的事。")
    if course.owes:
        return None
    if course.follow_up.action == "none":
        return Refusal(course.follow_up.text, course.follow_up.article)
    return Refusal("已经登记按结果办理；登记错了的，先划销那条记录。")


_AGAINST: Mapping[str, Callable[[Remedy, Course], Refusal | None]] = {
    "notify": _against_notify,
    "accept": _against_accept,
    "answer": lambda remedy, course: _move(remedy, course, Move.ANSWERED),
    "hearing": _against_hearing,
    "extend": _against_extend,
    "decide": lambda remedy, course: _lawful(course, Move.DECIDED),
    "appeal": lambda remedy, course: _move(remedy, course, Move.APPEALED),
    "second": lambda remedy, course: _lawful(course, Move.APPEAL_DECIDED),
    "withdraw": lambda remedy, course: _lawful(course, Move.WITHDRAWN),
    "redone": _against_redone,
    "hand": lambda remedy, course: None,
}


@dataclass(frozen=True, slots=True)
class Filing:
    """What is known of a remedy when it comes in. ``route`` and ``preceded_by`` are for suits."""

    forum: str
    challenged: str
    body: str
    filed_on: date
    route: str = ""
    body_number: str = ""
    claimant: str = Remedy.Claimant.APPLICANT
    preceded_by: Remedy | None = None


def unfileable(case: Application, filing: Filing, calendar: WorkingCalendar) -> Refusal | None:
    """What the law of the two routes says against registering this remedy."""
    if filing.filed_on < case.arrived_on:
        day = chinese_date(case.arrived_on)
        return Refusal(f"提出的日期早于申请到达的日期（{day}），请核对。")
    if _is_registered(case, filing):
        return Refusal(
            f"本件已经登记过{chinese_date(filing.filed_on)}提出的同一件复议、诉讼，再登记一次表四会多计一件；"
            "确实是另一件的，请写明案号。",
            "年度报告表四",
        )
    if filing.forum == Remedy.Forum.RECONSIDERATION:
        return None
    if filing.route not in Remedy.Route.values:
        return Refusal("请选择是未经复议直接起诉，还是复议后起诉；年度报告表四分开统计。")
    if filing.route == Remedy.Route.DIRECT_SUIT:
        return None
    return _unless_reconsidered(case, filing.filed_on, filing.preceded_by, calendar)


def _is_registered(case: Application, filing: Filing) -> bool:
    """Whether the same remedy is there already, as after a button that was pressed twice. Another one of
    the same day has another number."""
    same = case.remedies.filter(
        forum=filing.forum,
        route=filing.route if filing.forum == Remedy.Forum.LITIGATION else "",
        challenged=filing.challenged,
        claimant=filing.claimant,
        filed_on=filing.filed_on,
    )
    number = filing.body_number.strip()
    return any(not number or each.body_number in {"", number} for each in same)


def _unless_reconsidered(
    case: Application, filed_on: date, preceded_by: Remedy | None, calendar: WorkingCalendar
) -> Refusal | None:
    article = "《行政诉讼法》第四十五条"
    if preceded_by is None:
        return Refusal("复议后起诉要选本件的行政复议；还没有登记的，先登记复议。", article)
    if preceded_by.case_id != case.pk or preceded_by.forum != Remedy.Forum.RECONSIDERATION:
        return Refusal("选的不是本件申请的行政复议，请重新选择。", article)
    course = course_of(preceded_by)
    ended = course.dates.decided_on or course.dates.withdrawn_on
    if ended and filed_on < ended:
        return Refusal(f"起诉日期早于复议决定的日期（{chinese_date(ended)}），请核对。", article)
    if ended or _is_over(course, filed_on, calendar):
        return None
    return Refusal(
        "复议还没有登记结果，复议期限也没有届满；请先登记复议决定，没有经过复议的选“未经复议直接起诉”。",
        article,
    )


def _is_over(course: Course, on: date, calendar: WorkingCalendar) -> bool:
    """Whether the time to decide the reconsideration had run out before a day."""
    lines = (line for line in course.clocks(calendar) if line.whose == "authority")
    return any(line.due is not None and line.due < on for line in lines)


def warnings(remedy: Remedy, calendar: WorkingCalendar) -> list[Refusal]:
    """What may be pleaded, or has to be looked at. It stops nobody: whether a remedy is admitted is for
    the organ or the court to say."""
    return [*_of_route(remedy), *_of_time(remedy, calendar), *_of_double_track(remedy)]


def _of_route(remedy: Remedy) -> Iterator[Refusal]:
    case = remedy.case
    is_direct = remedy.route == Remedy.Route.DIRECT_SUIT and remedy.challenged == Remedy.Challenged.ANSWER
    if not (is_direct and case.decision and case.closed_on):
        return
    if case.closed_on < RECONSIDERATION_FIRST_FROM:
        return
    route = route_for(decision_on(case.decision, case.closed_on), case.closed_on)
    article = "《行政复议法》第二十三条第一款第四项"
    if route is Route.RECONSIDERATION_FIRST:
        yield Refusal(
            "本件不予公开，应当先申请行政复议；对方直接起诉的，可以在答辩中提出，由法院审查。", article
        )
    elif route is Route.MIXED:
        yield Refusal("本件部分公开，对不予公开的部分应当先申请行政复议；由法院审查。", article)


def _of_time(remedy: Remedy, calendar: WorkingCalendar) -> Iterator[Refusal]:
    knew_on = _knew_on(remedy)
    limit = _limit_of(remedy, knew_on) if knew_on else None
    if knew_on is None or limit is None:
        return
    due = limit.due(knew_on, calendar)
    if remedy.filed_on > due.due_on:
        known = "复议决定书{}送到，从这一天推算" if remedy.preceded_by else "对方{}知道答复"
        yield Refusal(
            f"{known.format(chinese_date(knew_on))}，{limit.text}至{chinese_date(due.due_on)}届满；"
            f"对方{chinese_date(remedy.filed_on)}提出，可能超过期限。请核对送达凭证。",
            limit.article,
        )


def _knew_on(remedy: Remedy) -> date | None:
    """The day from which the time to challenge the answer ran, if that is what is challenged and it is
    known: by post not the day of posting but the day on which it was signed for."""
    if remedy.preceded_by is not None:
        dates = course_of(remedy.preceded_by).dates
        return dates.decision_received_on or dates.decided_on
    if remedy.challenged != Remedy.Challenged.ANSWER:
        return None
    return min(_days_of_knowing(remedy.case), default=None)


def _days_of_knowing(case: Application) -> Iterator[date]:
    """For each service of the answer the day from which the periods run; one that arrived is enough."""
    letters = Letter.objects.filter(case=case.joined_to or case, state=Letter.State.SIGNED)
    answers = letters.filter(act__kind=CaseEvent.Kind.ANSWERED)
    for service in Service.objects.filter(letter__in=answers).select_related("letter__case__agency"):
        found = standing_of(service, service.at.date()).served
        if found is not None and found.remedy_from is not None:
            yield found.remedy_from


def _limit_of(remedy: Remedy, knew_on: date) -> TimeLimit | None:
    clock = Clock.RECONSIDERATION_APPLICATION
    if remedy.forum == Remedy.Forum.LITIGATION:
        clock = Clock.SUIT_AFTER_RECONSIDERATION if remedy.preceded_by else Clock.DIRECT_SUIT
    try:
        return LIMITS.on(clock.value, knew_on)
    except LawBreach:
        return None


def _of_double_track(remedy: Remedy) -> Iterator[Refusal]:
    others = remedy.case.remedies.exclude(pk=remedy.pk).exclude(forum=remedy.forum)
    open_on_filing = [
        other
        for other in others.filter(filed_on__lte=remedy.filed_on)
        if (ended := _ended_on(other)) is None or ended > remedy.filed_on
    ]
    if open_on_filing and remedy.preceded_by is None:
        yield Refusal(
            f"提出时，本件的{open_on_filing[0].get_forum_display()}还没有结果；复议和诉讼不能同时进行。",
            "《行政复议法》第二十九条",
        )


def _ended_on(remedy: Remedy) -> date | None:
    dates = course_of(remedy).dates
    return dates.withdrawn_on or dates.decided_on
