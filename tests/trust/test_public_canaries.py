"""Nothing that is not published gets to the public, on whatever way, and what is taken back is gone at once.

``make trials`` does the same with five hundred items.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.trust.hidden_files import HIDING
from tests.trust.opening import Looker
from tests.trust.published_world import MARK, STATES

ROOT = Path(__file__).resolve().parents[2]

# Fields of the desk that hold no words of anybody: codes, hashes, kinds of files, lists of channels.
CODES = {
    "CatalogNode.code", "CatalogNode.source", "CatalogNode.channels", "CatalogNode.cycle",
    "CatalogNode.template_row", "NodeVersion.content", "ItemFile.media_type", "ItemFile.sha256",
    "Edition.sha256", "EditionFile.sha256", "ReviewSheet.path", "Opinion.step", "Opinion.role",
    "Opinion.answers", "Opinion.files", "Opinion.content_sha256", "Referral.check_code", "Scan.part",
    "Scan.rules", "Scan.findings", "Waiver.part", "Waiver.finding", "Waiver.kind", "Attestation.part",
    "Publication.content_sha256", "PublishedFile.media_type", "PublishedFile.sha256", "PublicChange.what",
    "Planned.channels", "Planned.outcome", "PostingProof.media_type", "PostingProof.sha256",
    "PublishingProfile.organization_code", "PublishingProfile.review_path", "Institution.code",
    "RegisterFile.register", "RegisterFile.kind", "RegisterFile.sha256", "Item.index_number",
    # The ground of what is withheld is a code of the law where the page offers it.
    "Item.ground",
}  # fmt: skip
# Made for the public: the catalog, the finder of the board, the settings of the desk, the word of an end.
FOR_EVERYBODY = {
    "CatalogNode.title", "CatalogNode.source_note", "CatalogNode.elements", "CatalogNode.basis",
    "CatalogNode.audience", "CatalogNode.limit_article", "CatalogNode.caution", "FinderLine.matter",
    "FinderLine.person", "FinderLine.room", "FinderLine.phone", "PublishingProfile.own_phones",
    "PublishingProfile.newsletter_name", "PublishingProfile.wechat_name", "PublishingProfile.board_place",
    "PublishingProfile.supervision_phone", "Publication.public_note",
}  # fmt: skip
# The reason for a suggestion needs a case; tests/trust/canary_office.py works in those. The people of a scan
# are read by the program from lists with masks.
ELSEWHERE = {"Suggestion.reason", "Scan.people"}


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, Any]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    environ.pop("DATABASE_URL", None)
    environ |= {
        "GONGKAI_DATA": str(tmp_path_factory.mktemp("office")),
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    program = [sys.executable, "-m", "tests.trust.public_office", str(len(STATES))]
    ran = subprocess.run(program, check=False, cwd=ROOT, env=environ, capture_output=True, timeout=400)
    assert ran.stdout, ran.stderr.decode()[-3000:]
    return json.loads(ran.stdout.decode().splitlines()[-1])


@pytest.mark.parametrize("name", HIDING)
def test_whoever_looks_finds_a_canary_in_a_hidden_corner(name: str):
    looker = Looker(MARK)
    assert looker.look(name, HIDING[name](lambda where: f"{MARK}10001{where}"))


def test_no_canary_gets_out(told):
    assert told["found"] == []


def test_no_address_fails(told):
    assert told["wrong"] == []


def test_every_public_address_was_asked_for(told):
    assert told["not asked"] == []
    assert told["patterns"] > 25 and told["addresses"] > 300 and told["statuses"]["200"] > 30


def test_every_field_with_words_held_a_canary(told):
    assert set(told["without canary"]) <= CODES | FOR_EVERYBODY | ELSEWHERE
    assert told["canaries"] > 150


def test_the_public_reads_what_is_public(told):
    assert told["public"] == 3 and told["saved files"] > 30 and told["searches"] > 500


def test_what_is_taken_back_is_gone_with_the_next_request(told):
    assert told["taken back"]["seen before"] > 8, "it was there, and kept"
    assert told["taken back"]["still"] == []
