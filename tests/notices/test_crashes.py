"""Nothing is lost and nothing is told twice under two names, wherever a worker dies."""

from pathlib import Path

from tests.notices.crash_trial import AT_THE_SERVER, trial
from tests.notices.doomed import POINTS


def test_workers_killed_at_every_step_lose_no_mail_and_repeat_it_only_under_its_own_id(tmp_path: Path):
    points = len(POINTS) + len(AT_THE_SERVER)
    tally = trial(tmp_path, notices=80, crashes=points, most=4)
    assert tally.crashes == points
    assert (tally.delivered, tally.missing, tally.unknown, tally.settled) == (80, 0, 0, 80)
    assert tally.sent_again <= 3, "only where the server had the mail and the worker did not know"
