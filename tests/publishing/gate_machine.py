"""Hypothesis at the gate: whatever is done in whatever order, what must hold holds."""

from typing import ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.publishing.gate_deeds import Gate
from tests.publishing.gate_world import FILES, NAMES, PEOPLE, WORDS
from tests.publishing.office import Publisher

PLACE = st.integers(0, 1)
# Most deeds are done by those who may; the rest by anybody.
WRITER = st.sampled_from(("clerk", "clerk", "officer", "chief", *PEOPLE))
ANYBODY = st.sampled_from(PEOPLE)
RAW = ("save", "words", "title", "admin", "bulk", "complete", "back", "update", "file", "bytes")
CRASHES = ("publish", "files", "search", "withdraw", "review")


class GateMachine(RuleBasedStateMachine):
    """One history of the gate, taken back when it is over."""

    office: ClassVar[Publisher]
    told: ClassVar[dict[str, int]] = {"machines": 0, "deeds": 0, "published": 0}

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.gate = Gate(self.office)

    def teardown(self) -> None:
        self.gate.close()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)
        self.told["machines"] += 1
        self.told["published"] += self.gate.published

    @initialize(words=st.sampled_from(("plain", "plain", "leak", "later")), ends=st.booleans())
    def begin(self, words: str, ends: bool) -> None:
        self.gate.draft("clerk", words, ends=ends)

    @rule(who=WRITER, words=st.sampled_from(tuple(WORDS)))
    def draft(self, who: str, words: str) -> None:
        if len(self.gate.items) < 2:
            self.gate.draft(who, words)

    @rule(place=PLACE, who=WRITER, words=st.sampled_from(tuple(WORDS)), stale=st.booleans())
    def edit(self, place: int, who: str, words: str, stale: bool) -> None:
        self.gate.edit(place, who, words, stale=stale)

    @rule(place=PLACE, who=WRITER, which=st.sampled_from(tuple(FILES)))
    def attach(self, place: int, who: str, which: str) -> None:
        self.gate.attach(place, who, which)

    @rule(place=PLACE, who=WRITER, which=st.sampled_from(tuple(FILES)))
    def replace(self, place: int, who: str, which: str) -> None:
        self.gate.replace(place, who, which)

    @rule(place=PLACE, who=WRITER)
    def mask(self, place: int, who: str) -> None:
        self.gate.mask(place, who)

    @rule(place=PLACE, who=WRITER, name=st.sampled_from(tuple(NAMES)))
    def rename(self, place: int, who: str, name: str) -> None:
        self.gate.rename(place, who, name)

    @rule(place=PLACE, who=WRITER)
    def remove(self, place: int, who: str) -> None:
        self.gate.remove(place, who)

    @rule(place=PLACE, who=WRITER, withheld=st.booleans())
    def classify(self, place: int, who: str, withheld: bool) -> None:
        self.gate.classify(place, who, withheld)

    @rule(place=PLACE, who=WRITER)
    def drop(self, place: int, who: str) -> None:
        self.gate.drop(place, who)

    @rule(place=PLACE, who=WRITER)
    def submit(self, place: int, who: str) -> None:
        self.gate.submit(place, who)

    @rule(
        place=PLACE,
        after=st.integers(0, 3),
        who=ANYBODY,
        how=st.sampled_from(("well", "well", "unsure", "unseen", "silent", "found", "another")),
    )
    def agree(self, place: int, after: int, who: str, how: str) -> None:
        """Under review, so many steps in, somebody agrees."""
        self.gate.review(place, steps=after)
        self.gate.agree(place, who, how)

    @rule(place=PLACE)
    def review(self, place: int) -> None:
        self.gate.review(place)

    @rule(place=PLACE, via=st.sampled_from(("action", "form", "board", "plan")))
    def go_out(self, place: int, via: str) -> None:
        self.gate.clear(place)
        self.gate.review(place)
        if via == "plan":
            self.gate.plan(place, "officer")
            self.gate.clock(place)
        else:
            self.gate.publish(place, "officer", via)

    @rule(place=PLACE, words=st.sampled_from(("plain", "other")), ends=st.booleans())
    def go_out_again(self, place: int, words: str, ends: bool) -> None:
        self.gate.edit(place, "clerk", words, ends=ends)
        self.gate.clear(place)
        self.gate.review(place)
        self.gate.publish(place, "officer")

    @rule(place=PLACE, who=ANYBODY)
    def give_back(self, place: int, who: str) -> None:
        self.gate.give_back(place, who)

    @rule(place=PLACE, who=WRITER)
    def recall(self, place: int, who: str) -> None:
        self.gate.recall(place, who)

    @rule(place=PLACE, who=ANYBODY)
    def refer(self, place: int, who: str) -> None:
        self.gate.refer(place, who)

    @rule(place=PLACE, who=ANYBODY, told=st.sampled_from(("publish", "publish", "withhold", "perhaps")))
    def answer(self, place: int, who: str, told: str) -> None:
        self.gate.answer(place, who, told)

    @rule(giver=ANYBODY, taker=ANYBODY)
    def hand_over(self, giver: str, taker: str) -> None:
        self.gate.hand_over(giver, taker)

    @rule(place=PLACE)
    def screen(self, place: int) -> None:
        self.gate.screen(place)

    @rule(place=PLACE, who=ANYBODY)
    def waive(self, place: int, who: str) -> None:
        self.gate.waive(place, who)

    @rule(place=PLACE, who=ANYBODY)
    def attest(self, place: int, who: str) -> None:
        self.gate.attest(place, who)

    @rule()
    def new_rules(self) -> None:
        self.gate.new_rules()

    @rule(place=PLACE, who=WRITER, via=st.sampled_from(("action", "form", "board")))
    def publish(self, place: int, who: str, via: str) -> None:
        self.gate.publish(place, who, via)

    @rule(place=PLACE, who=WRITER)
    def plan(self, place: int, who: str) -> None:
        self.gate.plan(place, who)

    @rule(place=PLACE, twice=st.booleans(), cancelled=st.booleans())
    def clock(self, place: int, twice: bool, cancelled: bool) -> None:
        self.gate.clock(place, twice=twice, cancelled=cancelled)

    @rule(place=PLACE, who=WRITER)
    def on_website(self, place: int, who: str) -> None:
        self.gate.on_website(place, who)

    @rule(place=PLACE, who=ANYBODY)
    def withdraw(self, place: int, who: str) -> None:
        self.gate.withdraw(place, who)

    @rule(place=PLACE, days=st.integers(4, 6))
    def expire(self, place: int, days: int) -> None:
        self.gate.expire(place, days)

    @rule(place=PLACE, how=st.sampled_from(RAW))
    def raw(self, place: int, how: str) -> None:
        self.gate.raw(place, how)

    @rule(place=PLACE, where=st.sampled_from(CRASHES))
    def crash(self, place: int, where: str) -> None:
        self.gate.crash(place, where)

    @invariant()
    def holds(self) -> None:
        self.told["deeds"] += 1
        self.gate.check()
