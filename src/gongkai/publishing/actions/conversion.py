"""From an application to everybody: suggested, decided, drafted with what the applicant got (第四十四条)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from gongkai.agencies.models import Account, Section
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.casework.models import Application
from gongkai.documents.articles import Article, Paragraph
from gongkai.publishing.actions.drafting import add_item_file, draft_item
from gongkai.publishing.content import Content
from gongkai.publishing.intake import Incoming, Unfit, fit, shown_name
from gongkai.publishing.models import CatalogNode, Item, Suggestion
from gongkai.publishing.policies.conversion import may_convert, may_decide, may_suggest
from gongkai.publishing.queries.suggestions import asked_with, provided_files

OPENING = "本机关在办理政府信息公开申请时提供过这份政府信息，现主动公开。"


class UnableToConvert(ActionRefused):
    """The case has nothing to publish, or it was decided otherwise."""


@transaction.atomic
def suggest_conversion(*, case: Application, source: str, by: Account, at: datetime) -> Suggestion:
    """Suggest publishing what an applicant got."""
    _check(may_suggest(case, by))
    if source not in Suggestion.Source.values:
        raise UnableToConvert(Refusal("请选择建议的由来。", "《条例》第四十四条"))
    suggestion = Suggestion.objects.create(
        agency=case.agency, case=case, source=source, asked=asked_with(case), by=by, at=at
    )
    _say(suggestion, by, at, "suggested_conversion")
    return suggestion


@transaction.atomic
def decide_conversion(
    *, suggestion: Suggestion, outcome: str, reason: str, by: Account, at: datetime
) -> Suggestion:
    """Agree, or decline with the reason."""
    suggestion = _locked(suggestion)
    _check(may_decide(suggestion, by))
    if outcome not in Suggestion.Outcome.values:
        raise UnableToConvert(Refusal("请选择同意还是不予采纳。"))
    if outcome == Suggestion.Outcome.DECLINED and not reason.strip():
        raise UnableToConvert(Refusal("不予采纳的，请写明理由。", "《条例》第四十四条"))
    suggestion.outcome, suggestion.reason = outcome, reason.strip()
    suggestion.decided_on = timezone.localdate(at)
    suggestion.save(update_fields=["outcome", "reason", "decided_on"])
    _say(suggestion, by, at, "decided_conversion", reason.strip())
    return suggestion


def draft_conversion(
    *,
    suggestion: Suggestion,
    title: str,
    node: CatalogNode,
    section: Section | None,
    by: Account,
    at: datetime,
) -> Item:
    """Begin the item, with copies of what the applicant got. A file that may not be published is left out.

    Whose case it was is known to screening: the item must not hold the applicant's data. Reading the files
    takes a while; nothing is held meanwhile.
    """
    _check(may_convert(suggestion, by))
    files = _readable(suggestion.case)
    return _begin(suggestion, title, node, section, files, by, at)


def _readable(case: Application) -> list[Incoming]:
    found = []
    for file in provided_files(case):
        try:
            found.append(fit(shown_name(file.name), bytes(file.content)))
        except Unfit:
            continue
    return found


@transaction.atomic
def _begin(
    suggestion: Suggestion,
    title: str,
    node: CatalogNode,
    section: Section | None,
    files: Sequence[Incoming],
    by: Account,
    at: datetime,
) -> Item:
    suggestion = _locked(suggestion)
    _check(may_convert(suggestion, by))
    assert suggestion.decided_on is not None
    said = Content(title=title, formed_on=suggestion.decided_on, article=Article((Paragraph(OPENING),)))
    item = draft_item(
        agency=suggestion.agency,
        node=node,
        section=section,
        content=said,
        from_case=suggestion.case,
        by=by,
        at=at,
    )
    for file in files:
        add_item_file(
            item=item,
            name=file.name,
            data=file.data,
            media_type=file.media_type,
            text=file.text,
            by=by,
            at=at,
        )
    suggestion.item = item
    suggestion.save(update_fields=["item"])
    _say(suggestion, by, at, "drafted_conversion")
    return item


def _locked(suggestion: Suggestion) -> Suggestion:
    rows = Suggestion.objects.select_for_update(of=("self",)).select_related("agency", "case__agency")
    return rows.get(pk=suggestion.pk)


def _check(refusal: Refusal | None) -> None:
    if refusal:
        raise UnableToConvert(refusal)


def _say(suggestion: Suggestion, by: Account, at: datetime, act: str, reason: str = "") -> None:
    details = {"code": suggestion.case.number} | ({"reason": reason} if reason else {})
    record(by=by, at=at, act=act, subject=suggestion.subject, agency=suggestion.agency, details=details)
