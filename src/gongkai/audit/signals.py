"""What the trail keeps without being asked: signing in and out, and writes on the floor below."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal, receiver
from django.utils import timezone

from gongkai.agencies.models import Account, Agency
from gongkai.agencies.signals import written
from gongkai.audit.actions import record


def _agency_of(account: Account) -> Agency | None:
    return Agency.objects.filter(memberships__account=account).first()


def _note(act: str, account: Account | None) -> None:
    if account is not None:
        record(
            by=account,
            at=timezone.now(),
            act=act,
            subject=f"account:{account.pk}",
            agency=_agency_of(account),
        )


@receiver(user_logged_in)
def _signed_in(user: Account, **_: Any) -> None:
    _note("signed_in", user)


@receiver(user_logged_out)
def _signed_out(user: Account | None, **_: Any) -> None:
    _note("signed_out", user)


@receiver(user_login_failed)
def _sign_in_failed(credentials: dict[str, Any], **_: Any) -> None:
    """Only for accounts that exist: anything else may be a password typed in the wrong field."""
    account = Account.objects.filter(username=credentials.get("username", "")).first()
    if account is not None:
        record(
            by=None,
            at=timezone.now(),
            act="sign_in_failed",
            subject=f"account:{account.pk}",
            agency=_agency_of(account),
        )


@receiver(written)
def _written_below(sender: type[Agency], signal: Signal, **line: Any) -> None:
    record(**line)
