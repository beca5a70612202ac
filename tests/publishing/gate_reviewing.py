"""Deeds of those who review, and of those who answer for what screening found."""

import hashlib

from gongkai.publishing.actions import referring, reviewing, scanning
from gongkai.publishing.actions.delegating import delegate
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.models import Item, ReviewSheet
from gongkai.publishing.policies.findings import Found, found_in
from gongkai.publishing.policies.review import next_step
from gongkai.publishing.queries.working import working_parts
from tests.publishing.gate_world import AT, FILES, ROLE_OF, ROLES, Delegated, Leak, Sheet, digest, names_of
from tests.publishing.gate_writing import Writing


class Reviewing(Writing):
    """Sheets handed in, agreed to, returned, recalled, put to an authority."""

    def submit(self, place: int, who: str) -> None:
        self.screen(place)
        item = self.item(place)
        made = self.tried(
            lambda: reviewing.submit_item(item=item, by=self.people[who], at=AT), self._only_writers(who)
        )
        if made is not None:
            files = [(file.name, bytes(file.data)) for file in self.files(item)]
            authors = frozenset(self.authors[item.pk] | {who})
            self.sheets[made.pk] = Sheet(
                item.pk, self.digest_of(item), item.content, names_of(files), authors
            )

    def _giver(self, who: str, step: str) -> str | None:
        """For whom a person would take a step: for oneself, for somebody who asked, for nobody."""
        roles = ROLES[step].split()
        if who in roles:
            return who
        return next(
            (each.giver for each in self.delegated if each.taker == who and each.giver in roles), None
        )

    def _must_not_take(self, book: Sheet, who: str, step: str) -> str:
        giver = self._giver(who, step)
        if step != book.turn:
            return f"{step} was taken before {book.turn}"
        if giver is None:
            return f"{who} took {step}"
        if who in book.authors:
            return f"{who}, an author, reviewed"
        mine = [each.giver for each in self.delegated if each.taker == who] if giver != who else [who]
        may = [each for each in mine if each in ROLES[step].split() and each not in book.authors]
        return "" if may else f"{who} reviewed in the place of an author"

    def agree(self, place: int, who: str, how: str = "well") -> None:
        item = self.item(place)
        sheet = self.open_sheet(item)
        if sheet is None or (step := next_step(sheet)) is None:
            return self._agree_to_closed(item, who)
        book = self.sheets[sheet.pk]
        files = [line.sha256 for line in sheet.edition.files.all()]
        answers = dict.fromkeys(step.checks, "clear")
        forbidden = self._must_not_take(book, who, step.code)
        if how == "unsure" and step.checks:
            answers[step.checks[0]] = "unsure"
        if how == "unseen" and files:
            files, forbidden = files[1:], "a file was not looked at"
            if set(files) >= {line.sha256 for line in sheet.edition.files.all()}:
                forbidden = self._must_not_take(book, who, step.code)
        if how == "silent" and answers:
            answers, forbidden = {}, "a question was not answered"
        if how == "found" and answers:
            answers, forbidden = dict.fromkeys(answers, "found"), "what must not be public was agreed to"
        if step.code == "authority":
            answers = dict.fromkeys(book.doubts, "clear")
            forbidden = forbidden or ("the authority was not asked" if book.doubts - book.answered else "")
        seen = "0" * 64 if how == "another" else sheet.edition.sha256
        made = self.tried(
            lambda: reviewing.agree(
                sheet=sheet, seen=seen, answers=answers, files=files, by=self.people[who], at=AT
            ),
            forbidden or ("agreed to something else" if how == "another" else ""),
        )
        if made is not None:
            book.agreed.append((step.code, who))
            book.doubts |= {check for check, told in answers.items() if told == "unsure"}
            self._settle(book, sheet.pk)
        return None

    @staticmethod
    def _settle(book: Sheet, pk: int) -> None:
        book.state = ReviewSheet.objects.get(pk=pk).state
        if book.state == "complete" and (lacks := book.lacks()):
            raise Leak(f"the review is complete, though {lacks}")

    def _agree_to_closed(self, item: Item, who: str) -> None:
        sheet = item.sheets.select_related("edition", "item__agency").last()
        if sheet is not None:
            self.tried(
                lambda: reviewing.agree(
                    sheet=sheet, seen=sheet.edition.sha256, answers={}, files=[], by=self.people[who], at=AT
                ),
                "agreed to a sheet that is closed",
            )

    def review(self, place: int, steps: int = 4) -> None:
        """Handed in by the clerk, and everybody whose turn it is agrees, up to so many."""
        self.submit(place, "clerk")
        for _ in range(steps):
            sheet = self.open_sheet(self.item(place))
            step = next_step(sheet) if sheet else None
            if step is None or step.code == "authority":
                break
            self.agree(place, ROLES[step.code])

    def give_back(self, place: int, who: str) -> None:
        sheet = self.open_sheet(self.item(place))
        if sheet is None or (step := next_step(sheet)) is None:
            return
        made = self.tried(
            lambda: reviewing.return_item(
                sheet=sheet, seen=sheet.edition.sha256, opinion="有错字", by=self.people[who], at=AT
            ),
            self._must_not_take(self.sheets[sheet.pk], who, step.code),
        )
        if made is not None:
            self.sheets[sheet.pk].state = "returned"

    def recall(self, place: int, who: str) -> None:
        item = self.item(place)
        sheet = self.open_sheet(item) or item.sheets.select_related("edition", "item__agency").last()
        if sheet is None:
            return
        made = self.tried(
            lambda: reviewing.recall_item(sheet=sheet, by=self.people[who], at=AT),
            self._only_writers(who) or ("recalled when closed" if sheet.state != "open" else ""),
        )
        if made is not None:
            self.sheets[sheet.pk].state = "recalled"

    def refer(self, place: int, who: str) -> None:
        sheet = self.open_sheet(self.item(place))
        for check in sorted(self.sheets[sheet.pk].doubts)[:1] if sheet else ():
            self.tried(
                lambda check=check: referring.refer(
                    sheet=sheet, check=check, authority="", question="能否公开", sent_on=AT.date(),
                    by=self.people[who], at=AT,
                ),
                "" if who in {"secrecy", "head"} or self._giver(who, "authority") else f"{who} referred",
            )  # fmt: skip

    def answer(self, place: int, who: str, told: str) -> None:
        sheet = self.open_sheet(self.item(place))
        made = sheet.referrals.filter(answered_on=None).first() if sheet else None
        if sheet is None or made is None:
            return
        entered = self.tried(
            lambda: referring.enter_answer(
                made=made, answer=told, note="示例1号", answered_on=AT.date(), by=self.people[who], at=AT
            ),
            "" if told in {"publish", "withhold"} else "an answer that is none was taken for one",
        )
        if entered is None:
            return
        book = self.sheets[sheet.pk]
        if told == "publish":
            book.answered.add(made.check_code)
            if sheet.opinions.filter(step="authority", verdict="agreed").exists():
                book.agreed.append(("authority", who))
        self._settle(book, sheet.pk)

    def hand_over(self, giver: str, taker: str) -> None:
        role = ROLE_OF.get(giver, "officer")
        made = self.tried(
            lambda: delegate(
                agency=self.office.agency, role=role, taker=self.people[taker], from_on=AT.date(),
                until_on=AT.date(), reason="出差", by=self.people[giver], at=AT,
            ),
            "a stranger was asked to review" if "stranger" in {giver, taker} else "",
        )  # fmt: skip
        if made is not None:
            self.delegated.append(Delegated(giver, taker))

    def screen(self, place: int) -> None:
        screen_item(item=self.item(place), by=self.people["clerk"], at=AT)

    def waive(self, place: int, who: str) -> None:
        item = self.item(place)
        found = next((each for each in found_in(item, working_parts(item)) if each.stands), None)
        if found is None:
            return
        author = "an author let a finding stand" if who in self.authors[item.pk] else ""
        made = self.tried(
            lambda: scanning.waive(item=item, found=found, reason="示例", by=self.people[who], at=AT),
            author or ("" if who in {"chief", "head", "secrecy"} else f"{who} let a finding stand"),
        )
        if made is not None:
            self.waived.add((item.pk, self._part(item, found), self._corner(found)))

    @staticmethod
    def _part(item: Item, found: Found) -> str:
        return digest(item.content, []) if found.part.is_words else found.part.part

    @staticmethod
    def _corner(found: Found) -> str:
        return "name" if found.finding["where"] == "文件名" else "data"

    def clear(self, place: int) -> None:
        """Everything found is answered for by whoever may."""
        self.screen(place)
        for who in ("secrecy", "head", "chief", "secrecy"):
            self.waive(place, who)
            self.attest(place, who)

    def attest(self, place: int, who: str) -> None:
        item = self.item(place)
        for file in self.files(item):
            if file.name == FILES["picture"][0] or file.data == FILES["picture"][1]:
                key = hashlib.sha256(bytes(file.data)).hexdigest()
                made = self.tried(
                    lambda key=key: scanning.attest(item=item, part=key, by=self.people[who], at=AT),
                    "a stranger vouched" if who == "stranger" else "",
                )
                if made is not None:
                    self.attested.setdefault((item.pk, key), set()).add(who)
