"""Deeds of those who write."""

from typing import Any

from gongkai.publishing.actions import copying, drafting
from gongkai.publishing.intake import Incoming
from gongkai.publishing.models import Item
from gongkai.publishing.screened import readable_text
from tests.publishing.gate_world import AT, ENDS, FILES, NAMES, WRITERS, Leak, World, said


class Writing(World):
    """Items made, changed, classified and given up."""

    def _only_writers(self, who: str) -> str:
        return "" if who in WRITERS else f"{who} wrote"

    def draft(self, who: str, words: str, *, ends: bool = False) -> None:
        text = said(words, ends_on=ENDS if ends else None)
        made = self.tried(
            lambda: drafting.draft_item(
                agency=self.office.agency, node=self.office.node, section=self.office.section, content=text,
                by=self.people[who], at=AT,
            ),
            self._only_writers(who),
        )  # fmt: skip
        if made is not None:
            self.items.append(made.pk)
            self.touched(made, who)

    def edit(self, place: int, who: str, words: str, *, stale: bool = False, ends: bool = False) -> None:
        item = self.item(place)
        revision = item.revision - 1 if stale else item.revision
        under_review = "changed during the review" if item.state == "in_review" else ""
        made = self.tried(
            lambda: drafting.edit_item(
                item=item,
                content=said(words, ends_on=ENDS if ends else None),
                by=self.people[who],
                at=AT,
                revision=revision,
            ),
            self._only_writers(who) or under_review or ("a stale page won" if stale else ""),
        )
        if made is not None:
            self.touched(item, who)

    def attach(self, place: int, who: str, which: str) -> None:
        item, (name, data) = self.item(place), FILES[which]
        self._changes(
            item,
            who,
            lambda: drafting.add_item_file(
                item=item, name=name, data=data, media_type="text/plain", text=readable_text(name, data),
                by=self.people[who], at=AT,
            ),
        )  # fmt: skip

    def replace(self, place: int, who: str, which: str) -> None:
        item, (_, data) = self.item(place), FILES[which]
        for file in self.files(item)[:1]:
            incoming = Incoming(file.name, data, "text/plain", readable_text(file.name, data))
            self._changes(
                item,
                who,
                lambda file=file, incoming=incoming: copying.put_in_place(
                    file=file, incoming=incoming, by=self.people[who], at=AT
                ),
            )

    def mask(self, place: int, who: str) -> None:
        item = self.item(place)
        for file in self.files(item)[-1:]:
            self._changes(
                item, who, lambda file=file: copying.mask_file(file=file, by=self.people[who], at=AT)
            )

    def rename(self, place: int, who: str, name: str) -> None:
        item = self.item(place)
        for file in self.files(item)[:1]:
            self._changes(
                item,
                who,
                lambda file=file: drafting.rename_item_file(
                    file=file, name=NAMES[name], by=self.people[who], at=AT
                ),
            )

    def remove(self, place: int, who: str) -> None:
        item = self.item(place)
        for file in self.files(item)[:1]:
            self._changes(
                item, who, lambda file=file: drafting.remove_item_file(file=file, by=self.people[who], at=AT)
            )

    def _changes(self, item: Item, who: str, deed: Any) -> None:
        under_review = "changed during the review" if item.state == "in_review" else ""
        before = self.digest_of(item)
        if self.tried(lambda: (deed(), True), self._only_writers(who) or under_review):
            self.touched(item, who)
        elif self.digest_of(item) != before:
            raise Leak("refused, and changed all the same")

    def classify(self, place: int, who: str, withheld: bool) -> None:
        item = self.item(place)
        live = item.publications.live().exists()
        made = self.tried(
            lambda: drafting.classify_item(
                item=item, disclosure_class="withheld" if withheld else "proactive",
                ground="state_secret" if withheld else "", reason="示例理由" if withheld else "",
                by=self.people[who], at=AT,
            ),
            self._only_writers(who) or ("withheld while it is public" if withheld and live else ""),
        )  # fmt: skip
        if made is not None:
            self.touched(item, who)
            (self.withheld.add if withheld else self.withheld.discard)(item.pk)

    def drop(self, place: int, who: str) -> None:
        item = self.item(place)
        public = "given up while it is public" if item.publications.live().exists() else ""
        self.tried(
            lambda: drafting.drop_item(item=item, reason="示例理由", by=self.people[who], at=AT),
            self._only_writers(who) or public,
        )
