"""Writes the reference pages of law and screening from their tables: ``python scripts/reference.py``."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from gongkai.law.applicants import ApplicantKind
from gongkai.law.clock.events import Consulted
from gongkai.law.letters import letter_kinds
from gongkai.law.lifecycle import TRANSITIONS, Act, CaseState, ClockWait
from gongkai.law.limits import TimeLimits
from gongkai.law.notices import regions
from gongkai.law.outcomes import DECISIONS, OUTCOMES, Precondition, counted_outcome, row_for
from gongkai.law.publishing.review import ReviewStep, review_checks, review_paths
from gongkai.law.publishing.switches import publishing_switches
from gongkai.law.publishing.templates import standard_catalogs
from gongkai.law.receipt import Channel
from gongkai.law.remedies import Route, remedy_results
from gongkai.law.report.checks import CHECKS, Check
from gongkai.law.report.checks.contract import NEED_LABELS
from gongkai.law.report.findings import SEVERITY_LABELS
from gongkai.law.report.formats import load_format
from gongkai.law.rulebook import list_tables, read_table, switches
from gongkai.law.service import ServiceKind, ServiceMethod, service_switches
from gongkai.screening.findings import Severity
from gongkai.screening.hidden.classes import CLASSES
from gongkai.screening.kinds import KINDS
from gongkai.screening.wordlists import CODE_VERSION
from gongkai.screening.wordlists import list_tables as word_lists
from gongkai.screening.wordlists import read_table as read_word_list

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
CHECK_SCENARIOS = "tests/law/scenarios/report_checks.toml"
STATUS = {"verified": "已核对", "unverified": "待核", "unsettled": "无明文"}


def pages() -> Mapping[str, str]:
    """File name → text of every generated page."""
    return {
        "states.md": _page("案件的状态", "src/gongkai/law/lifecycle.py", _states()),
        "outcomes.md": _page("办理结果与年度报告的行", "src/gongkai/law/outcomes.py", _outcomes()),
        "time-limits.md": _page("期限", "src/gongkai/law/data/time_limits.toml", _limits()),
        "holidays.md": _page("放假通知", "src/gongkai/law/data/workdays", _holidays()),
        "checks.md": _page("年度报告的核对关系", "src/gongkai/law/report/checks", _checks()),
        "unsettled.md": _page(
            "没有明文的算法",
            "src/gongkai/law/data/counting_rules.toml、service.toml、publishing.toml、catalogs",
            _unsettled(),
        ),
        "review.md": _page("公开前的审查", "src/gongkai/law/data/review_path.toml", _review()),
        "catalogs.md": _page("可以照搬的公开目录", "src/gongkai/law/data/catalogs", _catalogs()),
        "screening.md": _page("公开前的筛查", "src/gongkai/screening", _screening()),
        "glossary.md": _page("词汇", "src/gongkai/law", _glossary()),
    }


def _page(title: str, source: str, lines: Iterable[str]) -> str:
    note = f"由 `scripts/reference.py` 根据 `{source}` 生成，请改原表，不要改本页。"
    return "\n".join([f"# {title}", "", note, "", *lines]) + "\n"


def _table(header: str, rows: Iterable[Iterable[str]]) -> list[str]:
    columns = header.split()
    lines = [columns, ["---"] * len(columns), *rows]
    return [f"| {' | '.join(line)} |" for line in lines]


def _states() -> Iterable[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f"    {state.value} : {state.label}" for state in CaseState)
    yield from _inside_in_progress()
    yield f"    [*] --> {CaseState.RECEIVED.value}"
    moves = [move for move in TRANSITIONS if move.state is not move.then]
    yield from (f"    {move.state.value} --> {move.then.value} : {move.act.label}" for move in moves)
    yield f"    {CaseState.CLOSED.value} --> [*]"
    yield "```"
    yield ""
    yield from _table(
        "状态 事件 事件代码 之后 依据",
        ([m.state.label, m.act.label, f"`{m.act.value}`", m.then.label, m.article] for m in TRANSITIONS),
    )
    yield ""
    yield "## 办理中的停计"
    yield ""
    yield (
        "停计不是案件的状态，由事件推算：期限届满前征求意见的停计；要求说明理由是否停计由 `reasons_clock` "
        "决定（见[没有明文的算法](unsettled.md)）。按复议决定或者判决重新办理的，期限不停计。"
    )
    yield ""
    yield from _table(
        "停计 代码 开始 结束 依据",
        ([w.label, f"`{w.value}`", w.begun_by.label, w.ended_by.label, w.article] for w in ClockWait),
    )


def _inside_in_progress() -> Iterable[str]:
    """What happens in the stage itself: the clock counts, or waits for somebody."""
    waits = {act for wait in ClockWait for act in (wait.begun_by, wait.ended_by)}
    stays = [move.act for move in TRANSITIONS if move.state is move.then is CaseState.IN_PROGRESS]
    yield f"    state {CaseState.IN_PROGRESS.value} {{"
    yield "        counting : 期限计算中"
    yield from (f"        {wait.value} : {wait.label}，期限停计" for wait in ClockWait)
    yield "        [*] --> counting"
    for wait in ClockWait:
        yield f"        counting --> {wait.value} : {wait.begun_by.label}"
        yield f"        {wait.value} --> counting : {wait.ended_by.label}"
    yield from (f"        counting --> counting : {act.label}" for act in stays if act not in waits)
    yield "    }"


def _outcomes() -> Iterable[str]:
    forms = [load_format("fy2021"), load_format("fy2019")]
    yield from _table(
        "答复 代码 依据 2021年格式的行 2019年格式的行 之前须有",
        (
            [
                found.label,
                f"`{found.code}`",
                found.article or "无明文",
                *(f"`{row_for(counted_outcome(found), form)}`" for form in forms),
                "；".join(needed.label for needed in found.preconditions),
            ]
            for found in DECISIONS
        ),
    )


def _limits() -> Iterable[str]:
    yield from _table(
        "期限 长度 依据 文件 施行 状态",
        (
            [
                limit.label,
                limit.text,
                limit.article,
                limit.document,
                f"{limit.valid_from}起" + (f"至{limit.valid_until}" if limit.valid_until else ""),
                STATUS[limit.status],
            ]
            for limit in TimeLimits.load().limits
        ),
    )


def _holidays() -> Iterable[str]:
    tables = [read_table("workdays", name) for name in list_tables("workdays")]
    yield from _table(
        "年 通知 文号 状态",
        (
            [str(table["year"]), notice["title"], notice["notice"], STATUS[notice["notice_status"]]]
            for table in tables
            for notice in table["notices"]
        ),
    )
    yield ""
    yield (
        "没有通知的年份按周一至周五为工作日推算，答案标明“估计”。节假日一般使期限后延，"
        "所以推算的届满日一般不晚于实际届满日。年末几天也可能被下一年的通知改动。"
    )
    for region in regions():
        table = read_table("regions", f"{region}.toml")
        yield ""
        yield f"## {table['name']}（`{region}`）"
        yield ""
        yield f"依据：{table['rule']}。"
        yield ""
        yield from _table("年 放假安排", ([str(e["year"]), _festivals(e)] for e in table["years"]))


def _festivals(entry: Mapping[str, Any]) -> str:
    return "；".join(map(_span, entry.get("holidays", []))) or "未载入，答案标明“估计”"


def _span(holiday: Mapping[str, object]) -> str:
    first, last = holiday["first"], holiday["last"]
    return f"{holiday['name']}{first}" + (f"至{last}" if last != first else "")


def _unsettled() -> Iterable[str]:
    yield from _switches()
    for catalog in standard_catalogs().values():
        if catalog.status == "verified" and catalog.unsettled:
            yield f"## {catalog.label}：待核的事项"
            yield ""
            yield f"来源：{catalog.document}。下列事项只知道标题，内容要素是建议，使用前请与原文核对："
            yield ""
            yield "".join(f"“{row.second_level}”" for row in catalog.unsettled) + "。"
            yield ""


def _switches() -> Iterable[str]:
    for switch in (*switches(), *service_switches(), *publishing_switches()):
        others = "、".join(f"`{choice}`" for choice in switch.choices if choice != switch.choice)
        yield f"## {switch.label}"
        yield ""
        yield f"`{switch.code}` 现为 `{switch.choice}`，也可以是 {others}。{switch.note}"
        yield ""
        yield f"相关文件：{switch.document}。"
        yield ""


def _checks() -> Iterable[str]:
    yield (
        "`gongkai check` 逐项核对的关系。错误须改正后才能签发；提醒须核对或说明；说明供参考。"
        "“需要”一栏空着的，一份报告就能核对；“未内置”的由存有该材料的工作台核对。"
        f"好例与坏例的全文在 `{CHECK_SCENARIOS}`，由 `tests/law/report/test_checks.py` 逐条运行。"
    )
    yield ""
    rows = tomllib.loads((ROOT / CHECK_SCENARIOS).read_text("utf-8"))["scenarios"]
    yield from _table("代码 关系 轻重 依据 需要 好例 坏例", (_check(each, rows) for each in CHECKS))


def _review() -> Iterable[str]:
    yield "每一步由一个没有参与起草的人办理，意见只对这一稿有效；改动一个字，从头审查（第十七条）。"
    for path in review_paths().values():
        yield ""
        yield f"## {path.label}（`{path.code}`）"
        yield ""
        yield f"拟稿人以外至少 {path.reviewers} 人。" + (
            f"不能确定的，转到 `{path.escalated}`。" if path.escalated else ""
        )
        yield ""
        yield from _table("步骤 代码 角色 回答 依据", map(_review_step, path.steps))
    yield ""
    yield "## 要回答的问题"
    yield ""
    yield from _table(
        "问题 代码 怎么问 涉及了还能公开 不能确定的报请 依据",
        (
            [
                check.label,
                f"`{check.code}`",
                check.question,
                "能，须写明依据" if check.permitted else "不能",
                check.refer_to,
                check.article,
            ]
            for check in review_checks().values()
        ),
    )


def _review_step(step: ReviewStep) -> Iterable[str]:
    checks = "、".join(review_checks()[code].label for code in step.checks)
    yield from (
        step.label,
        f"`{step.code}`",
        "、".join(f"`{role}`" for role in step.roles),
        checks,
        step.article,
    )


def _catalogs() -> Iterable[str]:
    yield "“公开目录”页可以从下面任何一份开始，照搬以后都能改；每次改动留版本和理由。"
    for catalog in standard_catalogs().values():
        yield ""
        yield f"## {catalog.label}（`{catalog.code}`）"
        yield ""
        yield f"来源：{catalog.document}，{catalog.valid_from}起；{STATUS[catalog.status]}。"
        yield ""
        yield from _table(
            "一级 事项 代码 法定事项 公开内容 核对",
            (
                [
                    row.first_level,
                    row.second_level,
                    f"`{row.code}`",
                    "、".join(row.items),
                    "；".join(row.elements),
                    STATUS[row.status],
                ]
                for row in catalog.rows
            ),
        )


def _screening() -> Iterable[str]:
    yield "`gongkai screen` 和办公桌用的是同一套规则。“拦下”的处理好才能发布，“提醒”的请核对。"
    yield ""
    yield "## 个人信息、秘密和用语"
    yield ""
    yield from _table(
        "发现 代码 怎么办 依据",
        ([kind.label, f"`{code}`", kind.message, kind.article] for code, kind in KINDS.items()),
    )
    yield ""
    yield f"## 隐藏内容（{len(CLASSES)}类）"
    yield ""
    yield from _table(
        "隐藏内容 代码 轻重 文件 清理的副本里",
        (
            [
                each.label,
                f"`{each.code}`",
                "拦下" if each.severity is Severity.BLOCK else "提醒",
                "、".join(each.formats),
                each.cleaning,
            ]
            for each in CLASSES
        ),
    )
    yield from _word_lists()


def _word_lists() -> Iterable[str]:
    tables = {name: read_word_list(name) for name in word_lists()}
    newest = max(table["version"] for table in tables.values())
    yield ""
    yield "## 规则的版本"
    yield ""
    yield (
        f"现行规则是 `{newest}.{CODE_VERSION}`，后面再接各表的校验值：最新的一张表的日期、检查程序的版本。"
        "任何一张表改动，版本就变，已经公开的全部按新规则复查。"
    )
    yield ""
    yield from _table(
        "表 日期 依据",
        ([f"`{name}.toml`", str(table["version"]), table["source"]] for name, table in tables.items()),
    )


# Terms that no table of the law floor holds, because they are names of records and acts of the desks.
_TERMS = (
    ("补正", "supplement", "申请人把不明确的申请补充完整（第三十条）"),
    ("更正", "rectification", "机关更正关于本人的不准确记录（第四十一条）"),
    ("纠正", "overturned", "复议机关或者法院改正行政行为"),
    ("收到之日", "received_on", "由渠道和确认记录推算（第三十一条）"),
    ("答复期限", "due_on", "由事件推算，从不填写"),
    ("不计算在期限内", "excluded", "征求意见等所用的时间"),
    ("逐日说明", "proof_sheet", "期限的每一天算或者不算，依据哪一条"),
    ("区分处理", "severance", "能分开的部分照样公开（第三十七条）"),
    ("遮盖", "redaction", "盖住不公开的内容，无法复原"),
    ("检索记录", "search_record", "何人在何处用何词检索"),
    ("重新办理", "redecision", "复议决定或者判决要求重新答复"),
    ("并案", "join", "一份答复答几件，各计一件"),
    ("拆分", "split", "一事一申请，各计一件"),
    ("转送", "transfer", "交由另一机关办理，只由其统计"),
    ("划销", "strike", "记录写错了，后面再记一条说明它作废"),
    ("固定台账", "cut", "12月31日的统计，以后不再变"),
    ("调整", "adjustment", "填的数和台账不同，须写明理由"),
    ("证据材料", "evidence_bundle", "有目录、有页码的一册"),
    ("公开信息", "item", "一条信息，从拟稿到撤下；索引号一条一个"),
    ("稿", "edition", "提交审查的那一刻的全部内容，以后不变"),
    ("审查表", "review_sheet", "一稿的审查，每一步的意见都记着这一稿的校验值"),
    ("发布", "publication", "公众看得到的那一份"),
    ("公开记录", "posting", "哪一天公开在哪个渠道，有凭证；一条信息可以有几条"),
    ("目录事项", "catalog_node", "公开目录的一项，有来源、科室、节奏和期限"),
    ("放行", "waiver", "有人具名说明为什么这一处可以公开"),
    ("核对签名", "attestation", "机器读不出的文件，两个人看过每一页"),
    ("评估审查", "reassessment", "不予公开的，每年再看一次（第十八条）"),
)


def _glossary() -> Iterable[str]:
    yield "代码里只用这里的标识符，页面上只用这里的词。"
    yield ""
    yield from _table("词 标识符 含义", _TERMS)
    for title, entries in _enumerations():
        yield ""
        yield f"## {title}"
        yield ""
        yield from _table("词 标识符", entries)


def _enumerations() -> Iterable[tuple[str, list[tuple[str, str]]]]:
    kinds: tuple[tuple[str, Iterable[Any]], ...] = (
        ("申请人", ApplicantKind), ("接收渠道", Channel), ("案件的状态", CaseState),
        ("期限在等什么", ClockWait), ("办理中的事件", Act), ("征求谁的意见", Consulted),
        ("签发前案卷要有的", Precondition),
        ("送达方式", ServiceMethod), ("送达情况", ServiceKind), ("救济途径", Route),
    )  # fmt: skip
    for title, members in kinds:
        yield title, [(member.label, f"`{member.value}`") for member in members]
    yield "办理结果（表三的行）", [(outcome.label, f"`{outcome.code}`") for outcome in OUTCOMES]
    yield "文书", [(kind.title, f"`{kind.code}`") for kind in letter_kinds()]
    results = remedy_results().values()
    yield "复议、诉讼的结果", [(result.label, f"`{result.forum}.{result.code}`") for result in results]


def _check(check: Check, rows: list[dict[str, Any]]) -> Iterable[str]:
    """A line of the table: of the check's scenarios the first good and the first bad one that give
    what it needs."""
    fitting = [row for row in rows if row["code"] == check.code and all(need in row for need in check.needs)]
    needs = "、".join(NEED_LABELS[need] for need in check.needs)
    yield from (f"`{check.code}`", check.title, SEVERITY_LABELS[check.severity], check.article)
    yield needs if check.decide else f"{needs}（未内置）"
    for bad in (False, True):
        yield next((row["name"] for row in fitting if bool(row["finds"]) is bad), "")


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, "utf-8")
