"""The review before release (第十七条): who takes which step, what is checked, what is still missing.

A sheet holds one ``StepTaken`` for each step done on *this* content; a changed byte starts a new sheet.
``review_gaps`` is empty exactly when the review is complete; ``taking_gap`` says why somebody may not
take a step now. Any string that names a person once and for all will do for ``person``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any, Literal

from gongkai.law.limits import Due
from gongkai.law.publishing.gaps import Gap
from gongkai.law.publishing.switches import PublishingRules
from gongkai.law.rulebook import read_table
from gongkai.law.workdays import WorkingCalendar

_ARTICLE = "第十七条"
StepKind = Literal["draft", "review", "secrecy", "outside"]


class Answer(StrEnum):
    """What a reviewer says to one check."""

    CLEAR = "clear"
    PERMITTED = "permitted"
    FOUND = "found"
    UNSURE = "unsure"

    @property
    def label(self) -> str:
        return {
            "clear": "不涉及",
            "permitted": "涉及，依法可以公开",
            "found": "涉及，不得公开",
            "unsure": "不能确定",
        }[self.value]


class Opinion(StrEnum):
    """How a step ends."""

    AGREED = "agreed"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        return {"agreed": "同意公开", "returned": "退回修改"}[self.value]


@dataclass(frozen=True, slots=True)
class ReviewCheck:
    """One question of the sheet; ``permitted``: what is found may be published on a ground of law."""

    code: str
    label: str
    article: str
    question: str
    permitted: bool
    refer_to: str


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One step: a member with one of ``roles`` takes it and answers ``checks``."""

    code: str
    kind: StepKind
    label: str
    roles: tuple[str, ...]
    checks: tuple[str, ...]
    article: str


@dataclass(frozen=True, slots=True)
class ReviewPath:
    """The steps in order; at least ``reviewers`` different people besides the drafter take them.
    ``escalated`` is the path to go on once somebody cannot tell; empty where there is none."""

    code: str
    label: str
    reviewers: int
    steps: tuple[ReviewStep, ...]
    escalated: str = ""

    @property
    def reviews(self) -> tuple[ReviewStep, ...]:
        """Every step but the drafter's."""
        return tuple(step for step in self.steps if step.kind != "draft")

    def step(self, code: str) -> ReviewStep:
        """A step by its code. Raises ``KeyError`` where the path has none of that code."""
        for step in self.steps:
            if step.code == code:
                return step
        raise KeyError(code)


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step done: by whom (any stable id), in which role, with which opinion and answers.

    ``grounds``: check → the ground on which what was found may be published.
    """

    step: str
    person: str
    role: str
    opinion: Opinion
    answers: Mapping[str, Answer] = field(default_factory=dict)
    grounds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """The review of one content, byte for byte. ``drafters``: all who wrote or changed it; ``taken``:
    the steps done, in the order they were done."""

    path: ReviewPath
    drafters: frozenset[str]
    taken: tuple[StepTaken, ...] = ()

    @property
    def reviewers(self) -> frozenset[str]:
        """The different people, besides the drafters, who agreed."""
        agreed = {entry.person for entry in self.taken if entry.opinion is Opinion.AGREED}
        return frozenset(agreed - self.drafters)


@dataclass(frozen=True, slots=True)
class Referral:
    """Who decides what the office cannot (第十七条), in a sentence for the sheet."""

    to: str
    label: str
    article: str
    sentence: str


@lru_cache
def review_paths() -> Mapping[str, ReviewPath]:
    """Every path by its code, in the order of the file."""
    return {
        entry["code"]: ReviewPath(
            entry["code"],
            entry["label"],
            entry["reviewers"],
            tuple(_step(step) for step in entry["steps"]),
            entry.get("escalated", ""),
        )
        for entry in read_table("review_path.toml")["paths"]
    }


def _step(entry: Mapping[str, Any]) -> ReviewStep:
    lists = {name: tuple(entry[name]) for name in ("roles", "checks")}
    return ReviewStep(**{**entry, **lists})


@lru_cache
def review_checks() -> Mapping[str, ReviewCheck]:
    """The checks of the review sheet by their code, in order."""
    return {entry["code"]: ReviewCheck(**entry) for entry in read_table("review_path.toml")["checks"]}


def step_now(sheet: ReviewSheet) -> ReviewStep | None:
    """The first step nobody has agreed to; ``None`` when all are done."""
    agreed = {entry.step for entry in sheet.taken if entry.opinion is Opinion.AGREED}
    return next((step for step in sheet.path.reviews if step.code not in agreed), None)


def taking_gap(sheet: ReviewSheet, step: ReviewStep, person: str, role: str) -> Gap | None:
    """Why a person may not take a step now; ``None`` where they may."""
    if person in sheet.drafters:
        return _gap("own_draft", step, "拟稿人不能审查自己拟的内容，请交由其他人审查。")
    if role not in step.roles:
        return _gap("wrong_role", step, f"“{step.label}”不由您的角色办理，请交由负责这一步的人员。")
    if any(entry.opinion is Opinion.RETURNED for entry in sheet.taken):
        return _gap("returned", step, "内容已退回修改，改好重新提交后再审查。")
    now = step_now(sheet)
    if now != step:
        told = f"现在轮到“{now.label}”" if now else "各步都已审查完毕"
        return _gap("out_of_turn", step, f"{told}，还不能办理“{step.label}”。")
    return _too_few_left(sheet, step, person)


def _too_few_left(sheet: ReviewSheet, step: ReviewStep, person: str) -> Gap | None:
    """A person who has taken a step already waits where too few steps are left for others."""
    people = sheet.reviewers | {person}
    left = len(sheet.path.reviews) - len(sheet.taken) - 1
    if len(people) + left >= sheet.path.reviewers:
        return None
    return _gap("too_few", step, f"{_several(sheet.path)}，请交由还没有参加审查的人员。")


def review_gaps(sheet: ReviewSheet) -> tuple[Gap, ...]:
    """Everything that still stands between the content and its release, in the order of the path;
    empty exactly when the review is complete.

    Raises ``KeyError`` for a sheet with a step that its path does not have.
    """
    return tuple(_gaps(sheet))


def _gaps(sheet: ReviewSheet) -> Iterator[Gap]:
    for step in sheet.path.reviews:
        yield from _step_gaps(sheet, step)
    if len(sheet.reviewers) < sheet.path.reviewers:
        sentence = f"{_several(sheet.path)}，现在只有{len(sheet.reviewers)}人。"
        yield Gap("too_few", "审查人数", _ARTICLE, sentence)
    codes = [step.code for step in sheet.path.reviews]
    turns = [codes.index(sheet.path.step(entry.step).code) for entry in sheet.taken]
    if turns != sorted(turns):
        yield Gap("out_of_turn", "审查顺序", _ARTICLE, "审查没有按顺序办理，请重新提交，从第一步审查起。")
    for check in review_checks().values():
        yield from _check_gaps(sheet, check)


def _step_gaps(sheet: ReviewSheet, step: ReviewStep) -> Iterator[Gap]:
    entries = [entry for entry in sheet.taken if entry.step == step.code]
    if not entries:
        yield _gap("not_taken", step, f"还没有办理“{step.label}”。")
    for entry in entries:
        if entry.opinion is Opinion.RETURNED:
            yield _gap("returned", step, f"“{step.label}”退回了内容，改好后重新提交审查。")
        if entry.person in sheet.drafters:
            yield _gap("own_draft", step, f"“{step.label}”是拟稿人自己办理的，不算数，请交由其他人审查。")
        if entry.role not in step.roles:
            yield _gap("wrong_role", step, f"“{step.label}”办理人的角色不对，不算数，请重新审查。")


def _check_gaps(sheet: ReviewSheet, check: ReviewCheck) -> Iterator[Gap]:
    """The answers to one check; the word of the authority settles the doubts of the office."""
    said = [entry for entry in sheet.taken if check.code in entry.answers]
    steps = {entry.step for entry in said}
    for step in sheet.path.reviews:
        if check.code in step.checks and step.code not in steps:
            sentence = f"“{step.label}”还没有回答“{check.label}”。"
            yield Gap(f"unanswered.{check.code}", check.label, check.article, sentence)
    decided = any(_decides(sheet.path.step(entry.step), entry.answers[check.code]) for entry in said)
    for entry in said:
        yield from _answer_gaps(check, entry, decided)


def _decides(step: ReviewStep, answer: Answer) -> bool:
    return step.kind == "outside" and answer is not Answer.UNSURE


def _answer_gaps(check: ReviewCheck, entry: StepTaken, decided: bool) -> Iterator[Gap]:
    answer = entry.answers[check.code]
    if answer is Answer.UNSURE and not decided:
        yield Gap(f"unsure.{check.code}", check.label, _ARTICLE, referral(check.code).sentence)
    if answer is Answer.FOUND or (answer is Answer.PERMITTED and not check.permitted):
        sentence = f"审查认为涉及{check.label}，不得公开；请删去或者遮盖后重新提交，或者改为不予公开。"
        yield Gap(f"found.{check.code}", check.label, check.article, sentence)
    elif answer is Answer.PERMITTED and not entry.grounds.get(check.code, "").strip():
        sentence = f"涉及{check.label}又要公开的，须写明依据（当事人同意、法律要求公开或者公共利益）。"
        yield Gap(f"ground.{check.code}", check.label, check.article, sentence)


def _several(path: ReviewPath) -> str:
    return f"审查至少要由{path.reviewers}个不同的人办理"


def referral(check_code: str) -> Referral:
    """To whom a doubt about a check goes. Raises ``KeyError`` for an unknown check."""
    check = review_checks()[check_code]
    labels = {entry["code"]: entry["label"] for entry in read_table("review_path.toml")["authorities"]}
    label = labels[check.refer_to]
    sentence = f"不能确定是否涉及{check.label}的，应当报{label}确定；确定之前不得公开。"
    return Referral(check.refer_to, label, _ARTICLE, sentence)


def referral_due(
    sent_on: date, calendar: WorkingCalendar, rules: PublishingRules | None = None
) -> Due | None:
    """By when the authority usually answers a referral; ``None`` where the office sets no such day."""
    days = int((rules or PublishingRules.load()).referral_days)
    if not days:
        return None
    due_on = calendar.add_working_days(sent_on, days)
    return Due(due_on, "报请确定的答复", _ARTICLE, calendar.doubts_between(sent_on, due_on))


def _gap(code: str, step: ReviewStep, sentence: str) -> Gap:
    return Gap(f"{code}.{step.code}", step.label, step.article, sentence)
