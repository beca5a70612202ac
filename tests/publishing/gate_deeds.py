"""Every deed at the gate: going out, coming back, and what intruders and accidents do."""

from contextlib import suppress
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from gongkai.agencies.policies import ActionRefused
from gongkai.publishing.actions import releasing, reviewing
from gongkai.publishing.models import Item, Planned, Publication, ReviewSheet
from tests.publishing.gate_reviewing import Reviewing
from tests.publishing.gate_world import AT, WRITERS, Leak, made_up, said, smuggled


class Boom(Exception):
    """The machine fell over in the middle of it."""


class Gate(Reviewing):
    """The world with everything that can be done in it."""

    def publish(self, place: int, who: str, via: str = "action") -> None:
        item = self.item(place)
        before = Publication.objects.filter(item=item).count()
        lacks = self.lacks(item) or ("" if who in WRITERS else f"{who} published")
        if via == "form":
            client = Client(raise_request_exception=False)
            client.force_login(self.people[who], backend="django.contrib.auth.backends.ModelBackend")
            answer = client.post(
                reverse("publishing:publish", args=[item.pk]), {"channels": ["website"], "place": ""}
            )
            if answer.status_code >= 500:
                raise Leak("only the database refused the form")
        else:
            channels = ["website"] if via == "action" else ["bulletin_board"]
            self.tried(
                lambda: releasing.publish_item(item=item, channels=channels, by=self.people[who], at=AT)
            )
        self._went_out(item, before, lacks)

    def _went_out(self, item: Item, before: int, lacks: str) -> None:
        out = Publication.objects.filter(item=item).count() > before
        if out and lacks:
            raise Leak(f"published, though {lacks}")
        if out:
            self.published += 1
            self.gone.discard(item.pk)

    def plan(self, place: int, who: str) -> None:
        item = self.item(place)
        lacks = self.lacks(item)
        self.tried(
            lambda: releasing.plan_publication(
                item=item, channels=["website"], due_at=AT + timedelta(hours=1), by=self.people[who], at=AT
            ),
            lacks or ("" if who in WRITERS else f"{who} published"),
        )

    def clock(self, place: int, *, twice: bool = False, cancelled: bool = False) -> None:
        """The moment of a plan has come; a worker may hold it from before it was done or called off."""
        item = self.item(place)
        held = list(Planned.objects.filter(item=item).select_related("item__agency", "by"))
        for planned in held[-1:]:
            if cancelled:
                self.tried(
                    lambda planned=planned: releasing.cancel_planned(
                        planned=Planned.objects.get(pk=planned.pk), by=self.people["officer"], at=AT
                    )
                )
            over = Planned.objects.get(pk=planned.pk).done_at is not None
            for _ in range(2 if twice else 1):
                before = Publication.objects.filter(item=item).count()
                lacks = self.lacks(self.item(place)) or ("the plan was over" if over else "")
                self.tried(
                    lambda planned=planned: releasing.run_planned(
                        planned=planned, by=None, at=AT + timedelta(hours=1)
                    )
                )
                self._went_out(item, before, lacks)
                over = True

    def on_website(self, place: int, who: str) -> None:
        item = self.item(place)
        live = item.publications.live().first()
        stands = ""
        if live is not None:
            files = [(file.name, bytes(file.data)) for file in live.files.defer(None)]
            stands = self.unanswered(item.pk, live.content, files)
        self.tried(
            lambda: releasing.show_on_website(item=item, by=self.people[who], at=AT),
            stands or ("" if who in WRITERS else f"{who} published"),
        )

    def withdraw(self, place: int, who: str) -> None:
        item = self.item(place)
        made = self.tried(
            lambda: releasing.withdraw_item(item=item, reason="发错了", by=self.people[who], at=AT),
            "a stranger withdrew" if who == "stranger" else "",
        )
        if made is not None:
            self.gone.add(item.pk)
            self.check_doors(item)

    def expire(self, place: int, days: int) -> None:
        item = self.item(place)
        for live in item.publications.live():
            at = AT + timedelta(days=days)
            releasing.expire_item(publication=live, by=None, at=at)
            live.refresh_from_db()
            over = live.ends_on is not None and live.ends_on < at.date()
            if over != (live.ended_at is not None):
                raise Leak("a public notice stays beyond its last day, or does not stay until it")
            if over:
                self.gone.add(item.pk)
                self.check_doors(item)

    def raw(self, place: int, how: str) -> None:
        """Written past every action: the database, or the model, lets out what the book lets out."""
        item = self.item(place)
        sheet = item.sheets.select_related("edition").last()
        if sheet is None:
            return
        self.by_hand = True
        with suppress(Boom), transaction.atomic():
            with suppress(DatabaseError, ValueError, ValidationError), transaction.atomic():
                self._intrude(item, sheet, how)
            for live in Publication.objects.live():
                self._check_public(live)
            raise Boom
        self.by_hand = False

    def _intrude(self, item: Item, sheet: ReviewSheet, how: str) -> None:
        other = said("other", title="夹带的标题").to_json()
        made = made_up(item, sheet, content=other) if how == "words" else made_up(item, sheet)
        if how == "title":
            made.title = "夹带的标题"
        if how in {"save", "words", "title"}:
            made.save()
        elif how == "admin":
            made.full_clean()
            made.save()
        elif how == "bulk":
            Publication.objects.bulk_create([made])
        elif how == "complete":
            ReviewSheet.objects.filter(pk=sheet.pk).update(state="complete")
            made.save()
        elif how == "bytes":
            made.save()
            for line in sheet.edition.files.all():
                smuggled(made, sha256=line.sha256, name=line.name, order=line.order).save()
        else:
            self._intrude_on_public(item, how, other)

    def _intrude_on_public(self, item: Item, how: str, other: dict[str, Any]) -> None:
        rows = Publication.objects.filter(item=item)
        if how == "back":
            rows.update(ended_at=None, end="")
        elif how == "update":
            rows.update(content=other, title="夹带的标题")
        elif how == "file":
            for live in rows.filter(ended_at=None):
                smuggled(live).save_base(force_insert=True)

    def crash(self, place: int, where: str) -> None:
        """Power fails in the middle of a deed: nothing of it stays."""
        item = self.item(place)
        module, name = {
            "publish": (releasing, "_say"), "files": (releasing, "_hand_out_files"),
            "search": (releasing, "put"), "withdraw": (releasing, "_say"), "review": (reviewing, "say"),
        }[where]  # fmt: skip
        before = self._state(item)
        officer, clerk = self.people["officer"], self.people["clerk"]
        with patch.object(module, name, side_effect=Boom), suppress(Boom, ActionRefused):
            if where == "withdraw":
                releasing.withdraw_item(item=item, reason="发错了", by=officer, at=AT)
            elif where == "review":
                self.screen(place)
                reviewing.submit_item(item=item, by=clerk, at=AT)
            else:
                releasing.publish_item(item=item, channels=["website"], by=officer, at=AT)
        if self._state(self.item(place)) != before:
            raise Leak(f"half of it stayed after a crash in {where}")

    @staticmethod
    def _state(item: Item) -> tuple[object, ...]:
        live = item.publications.live().values_list("pk", "on_website")
        return (item.state, item.revision, tuple(live), item.sheets.count(), item.postings.count())
