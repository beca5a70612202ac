"""Short histories of the gate, each made for one way in which something could get out."""

from django.db import transaction

from tests.publishing.gate_deeds import Gate
from tests.publishing.office import Publisher

_OF_NO_ITEM = {"draft", "hand_over", "new_rules"}
_FLAGS = {"ends", "stale", "twice", "cancelled"}

OUT = "draft clerk plain | review | publish officer"
DOUBT = "draft clerk plain | submit clerk | agree chief | agree head | agree secrecy unsure"
SCRIPTS = {
    "it goes out and back": f"{OUT} | withdraw clerk",
    "a draft is published": "draft clerk plain | publish officer | publish officer form",
    "three of four steps": "draft clerk plain | submit clerk | agree chief | agree head | agree secrecy"
    " | publish officer | raw save",
    "the author agrees": "draft chief plain | submit clerk | agree chief",
    "an editor agrees": "draft clerk plain | edit chief other | submit clerk | agree chief",
    "who attached a file agrees": "draft clerk plain | attach chief list | submit clerk | agree chief",
    "who handed it in agrees": "draft clerk plain | submit chief | agree chief",
    "an editor of a round before agrees": "draft clerk plain | edit chief other | submit clerk | recall clerk"
    " | edit clerk plain | submit clerk | agree chief",
    "an editor who took it back agrees": "draft clerk plain | submit clerk | recall clerk | edit chief other"
    " | edit chief plain | submit clerk | agree chief",
    "a stranger agrees": "draft clerk plain | submit clerk | agree stranger | agree clerk",
    "out of turn": "draft clerk plain | submit clerk | agree leader | agree secrecy",
    "one person takes every step": "hand_over chief head | hand_over secrecy head | hand_over leader head"
    " | draft clerk plain | submit clerk | agree head | agree head | agree head | agree head",
    "in the place of an author": "hand_over chief officer | draft chief plain | submit clerk | agree officer",
    "a stranger is asked to stand in": "hand_over chief stranger | draft clerk plain | submit clerk"
    " | agree stranger",
    "who holds no role gives it away": "hand_over clerk stranger | hand_over stranger clerk",
    "a file is not looked at": "draft clerk plain | attach clerk list | submit clerk | agree chief unseen",
    "a question is not answered": "draft clerk plain | submit clerk | agree chief silent",
    "what was found is agreed to": "draft clerk plain | submit clerk | agree chief found",
    "another text is agreed to": "draft clerk plain | submit clerk | agree chief another",
    "agreed to when closed": "draft clerk plain | review | agree leader",
    "changed during the review": "draft clerk plain | attach clerk list | submit clerk | edit clerk other"
    " | attach clerk list | rename clerk plain | remove clerk | replace clerk later",
    "changed words after the review": "draft clerk plain | review | edit clerk other | publish officer",
    "a file more after the review": "draft clerk plain | review | attach clerk list | publish officer",
    "a file less after the review": "draft clerk plain | attach clerk list | review | remove clerk"
    " | publish officer",
    "another name after the review": "draft clerk plain | attach clerk list | review | rename clerk plain"
    " | publish officer",
    "another file after the review": "draft clerk plain | attach clerk list | review | replace clerk later"
    " | publish officer",
    "withheld after the review": "draft clerk plain | review | classify clerk withheld | publish officer"
    " | raw save",
    "withheld while it is public": f"{OUT} | edit clerk other | review | classify clerk withheld"
    " | edit clerk plain | classify clerk withheld",
    "given up after the review": "draft clerk plain | review | drop clerk | publish officer | raw save",
    "returned": "draft clerk plain | submit clerk | agree chief | give_back head | publish officer"
    " | raw save",
    "recalled": "draft clerk plain | submit clerk | agree chief | recall clerk | publish officer",
    "recalled when complete": "draft clerk plain | review | recall clerk | publish officer",
    "the same words returned later": "draft clerk plain | review | edit clerk other | submit clerk"
    " | give_back chief | edit clerk plain | submit clerk | publish officer | give_back chief"
    " | publish officer",
    "a number in the words": "draft clerk leak | review | publish officer",
    "a number in a file": "draft clerk plain | attach clerk leak | review | publish officer",
    "a number in the name of a file": "draft clerk plain | attach clerk list | screen | rename clerk leak"
    " | review | publish officer",
    "an author lets it stand": "draft chief leak | submit clerk | waive chief",
    "a clerk lets it stand": "draft chief leak | submit clerk | waive clerk | waive officer",
    "one word for two findings": "draft clerk leak | attach clerk leak | screen | waive secrecy | review"
    " | publish officer",
    "a picture seen by one": "draft clerk plain | attach clerk picture | screen | attest secrecy"
    " | attest secrecy | attest stranger | review | publish officer",
    "a masked copy goes out": "draft clerk plain | attach clerk leak | mask clerk | review | publish officer",
    "new rules before the end": "draft clerk later | submit clerk | agree chief | agree head | agree secrecy"
    " | new_rules | agree leader | screen | agree leader | publish officer",
    "new rules after the review": "draft clerk later | review | new_rules | publish officer | plan officer",
    "new rules before a plan": "draft clerk later | review | plan officer | new_rules | clock",
    "new rules before the website": "draft clerk later | review | publish officer board | new_rules"
    " | on_website officer",
    "a plan is kept": "draft clerk plain | review | plan officer | clock",
    "changed after it was planned": "draft clerk plain | review | plan officer | edit clerk other | clock",
    "another review after it was planned": "draft clerk plain | review | plan officer | edit clerk other"
    " | submit clerk | give_back chief | edit clerk plain | submit clerk | give_back chief | clock",
    "a plan was called off": "draft clerk plain | review | plan officer | clock cancelled",
    "a plan runs twice": "draft clerk plain | review | plan officer | clock twice | withdraw clerk | clock",
    "withdrawn before the plan": f"{OUT} | edit clerk other | review | plan officer | withdraw clerk | clock",
    "changed before it was planned": "draft clerk plain | review | edit clerk other | plan officer",
    "planned without a review": "draft clerk plain | plan officer",
    "the authority is not asked": f"{DOUBT} | agree secrecy | agree leader | publish officer",
    "the authority does not say yes": f"{DOUBT} | refer secrecy | agree secrecy | answer secrecy perhaps"
    " | agree leader | publish officer",
    "the authority says no": f"{DOUBT} | refer secrecy | answer secrecy withhold | publish officer",
    "the authority says yes": f"{DOUBT} | refer secrecy | answer secrecy publish | agree leader"
    " | publish officer",
    "anybody answers for the authority": f"{DOUBT} | refer clerk | refer secrecy | answer clerk publish"
    " | answer stranger publish",
    "a stranger publishes": "draft clerk plain | review | publish stranger | publish leader",
    "a stranger withdraws": f"{OUT} | withdraw stranger",
    "a stranger writes": "draft clerk plain | edit stranger other | draft stranger plain | edit leader other",
    "a stale page": "draft clerk plain | edit clerk other | edit clerk plain stale",
    "a public notice ends": "draft clerk plain ends | review | publish officer | expire 5 | expire 6",
    "a new edition": f"{OUT} | edit clerk other | review | publish officer | withdraw clerk",
    "first on the board": "draft clerk plain | review | publish officer board | on_website officer"
    " | withdraw clerk",
    **{f"the database: {how}": f"draft clerk plain | attach clerk list | submit clerk | raw {how}"
       f" | agree chief | agree head | raw {how} | agree secrecy | raw {how} | agree leader | raw {how}"
       f" | publish officer | raw {how} | withdraw clerk | raw {how}"
       for how in ("save", "words", "title", "admin", "bulk", "complete", "back", "update", "file", "bytes")},
    **{f"a crash: {where}": f"draft clerk plain | attach clerk list | crash {where} | review"
       f" | crash {where} | publish officer | crash {where}"
       for where in ("publish", "files", "search", "withdraw", "review")},
}  # fmt: skip


def play(office: Publisher, script: str) -> int:
    """A history on a gate of its own, looked at after each deed; how often something went out."""
    with transaction.atomic():
        gate = Gate(office)
        try:
            for line in script.split("|"):
                _do(gate, *line.split())
                gate.check()
        finally:
            gate.close()
            transaction.set_rollback(True)
    return gate.published


def _do(gate: Gate, name: str, *words: str) -> None:
    flags = {word: True for word in words if word in _FLAGS}
    given: list[object] = [int(word) if word.isdecimal() else word for word in words if word not in _FLAGS]
    if name not in _OF_NO_ITEM:
        given.insert(0, 0)
    if name == "classify":
        given[-1] = given[-1] == "withheld"
    getattr(gate, name)(*given, **flags)
