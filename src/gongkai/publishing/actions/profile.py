"""What an office sets for its publishing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.policies import ActionRefused, Refusal
from gongkai.audit.actions import record
from gongkai.law.breach import LawBreach
from gongkai.law.publishing.metadata import make_index_number
from gongkai.law.publishing.review import review_paths
from gongkai.publishing.models import PublicChange, PublishingProfile
from gongkai.publishing.policies.people import may_run_desk

_FIELDS = (
    "organization_code", "review_path", "own_phones", "newsletter_name", "wechat_name", "board_place",
    "board_max_age_days", "supervision_phone",
)  # fmt: skip
_ANY_YEAR = 2026


class UnableToSetProfile(ActionRefused):
    """The settings cannot be kept as they are given."""


@transaction.atomic
def set_profile(*, agency: Agency, values: Mapping[str, Any], by: Account, at: datetime) -> PublishingProfile:
    """Keep the settings. Index numbers that were given stay as they are (they never change)."""
    profile = PublishingProfile.objects.filter(agency=agency).first() or PublishingProfile(agency=agency)
    refusal = may_run_desk(agency, by) or _refusal(values)
    if refusal:
        raise UnableToSetProfile(refusal)
    values = {**values, "organization_code": _code(values)}
    changed = [name for name in _FIELDS if name in values and getattr(profile, name) != values[name]]
    for name in changed:
        setattr(profile, name, values[name])
    profile.save()
    PublicChange.objects.create(agency=agency, what="profile", at=at)
    record(
        by=by,
        at=at,
        act="set_publishing_profile",
        subject=f"agency:{agency.pk}",
        agency=agency,
        details={"fields": changed},
    )
    return profile


def _code(values: Mapping[str, Any]) -> str:
    """The code as index numbers print it. Raises ``LawBreach`` for what can be none."""
    return make_index_number(values["organization_code"], _ANY_YEAR, 1).organization_code


def _refusal(values: Mapping[str, Any]) -> Refusal | None:
    try:
        _code(values)
    except LawBreach as breach:
        return Refusal(breach.message, breach.article)
    path = review_paths().get(values.get("review_path", "standard"))
    if path is None:
        return Refusal("没有这条审查路径，请另选。", "《条例》第十七条")
    return None
