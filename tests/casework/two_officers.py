"""Two officers who press a button at the same moment, on a real database file. A program of its own:
its connections are real ones, each thread with its own, which a test's transaction would not allow.

Prints as JSON, for each of two rounds, the two status codes and what the one who lost was told.
"""

import json
import os
import sys
import threading
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")


def _prepare() -> None:
    """A new database with the settings that tests have."""
    from gongkai.config.environment import ensure_keys

    ensure_keys()
    import django
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["*"]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _office():
    from django.utils import timezone

    from gongkai.agencies.actions import open_account, open_agency
    from gongkai.agencies.models import Membership
    from gongkai.casework.actions.intake import receive_application
    from gongkai.casework.models import OfficeProfile
    from tests.casework.cases import filing

    now = timezone.now()
    agency = open_agency(name="示例市教育局", slug="edu", by=None, at=now)
    officers = [
        open_account(
            agency=agency, username=name, full_name=f"示例{name}", password="only-for-tests-7",
            roles=[Membership.Role.OFFICER], by=None, at=now,
        )
        for name in ("first", "second")
    ]  # fmt: skip
    OfficeProfile.objects.create(
        agency=agency, letter_mark="示教公", review_body="示例市人民政府", court="示例法院"
    )
    filed = filing(timezone.localdate())
    cases = [receive_application(agency=agency, filing=filed, by=officers[0], at=now).case for _ in range(2)]
    return officers, cases


def _press(officers, case, acts) -> tuple[list[int], str]:
    """Both have the page open; both press at once."""
    from django.db import connections
    from django.test import Client

    from tests.casework.acting import text_of

    case.refresh_from_db()
    together, answers = threading.Barrier(2), [None, None]

    def press(number: int) -> None:
        client = Client()
        client.force_login(officers[number])
        act, given = acts[number]
        together.wait()
        answers[number] = client.post(
            f"/office/cases/{case.pk}/acts/{act}/", {"revision": case.revision, **given}
        )
        connections.close_all()

    threads = [threading.Thread(target=press, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lost = next((text_of(answer) for answer in answers if answer.status_code == 409), "")
    return sorted(answer.status_code for answer in answers), lost


def main() -> None:
    _prepare()
    from django.utils import timezone

    officers, (one, other) = _office()
    later = timezone.localdate() + timezone.timedelta(days=20)
    notice = {"unclear": "没有写明年度（示例）", "items": "写明年度", "until": later.isoformat()}
    today = timezone.localdate().isoformat()
    rounds = [
        _press(officers, one, [("supplement", notice)] * 2),
        _press(
            officers,
            other,
            [
                ("withdraw", {"on_day": today, "reason": "当面撤回（示例）"}),
                ("help", {"on_day": today, "what": "朗读（示例）"}),
            ],
        ),
    ]
    drafts, events = one.letters.count(), list(other.events.values_list("kind", flat=True))
    print(json.dumps({"rounds": rounds, "drafts": drafts, "events": events}))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main()
