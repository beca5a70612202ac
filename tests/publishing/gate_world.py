"""The gate worked at by everybody, beside a book of what must hold that knows nothing of its policies.

A ``Gate`` does deeds, as people, programs and intruders do them, and writes down which were let through.
What is public is then held against the book: two people and the secrecy review on exactly these words and
bytes, none of them an author, no finding that nobody answers for. A deed that must not be let through
fails at once, and so does one that only the database stopped.
"""

import hashlib
import json
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeVar
from unittest.mock import patch

from django.db import DatabaseError, models, transaction
from django.test import Client

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused
from gongkai.publishing import screened
from gongkai.publishing.models import Item, ItemFile, Publication, PublishedFile, ReviewSheet
from gongkai.publishing.queries.items import public
from gongkai.screening.findings import Finding, Screening, Severity
from gongkai.search.models import Entry
from tests.publishing.office import Publisher, content, moment

Deed = TypeVar("Deed")
NUMBER = "110101199003077758"
OLD_NAME = "示例旧称"
WORDS = {
    "plain": "请各学校认真落实。",
    "other": "请各学校按时报送。",
    "leak": f"联系人甄示范，身份证号{NUMBER}。",
    "later": f"由{OLD_NAME}负责。",
}
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f00050001ff89993d1d0000000049454e44ae426082"
)
FILES = {
    "list": ("清单.txt", "第一条 示例。".encode()),
    "leak": ("名单.csv", f"姓名,身份证号\n甄示范,{NUMBER}\n".encode()),
    "picture": ("照片.png", PICTURE),
    "later": ("说明.txt", f"由{OLD_NAME}承办。".encode()),
}
NAMES = {"plain": "附表.txt", "leak": f"{NUMBER}.txt"}
# Who may take which step, written down anew.
ROLES = {
    "section_head": "chief", "disclosure_office": "head", "secrecy": "secrecy", "authority": "secrecy head",
    "leader_in_charge": "leader",
}  # fmt: skip
STEPS = tuple(ROLES)
ROLE_OF = {"chief": "section_head", "head": "office_head", "secrecy": "secrecy_reviewer",
           "leader": "leader_in_charge"}  # fmt: skip
WRITERS = {"clerk", "chief", "officer", "head"}
PEOPLE = ("clerk", "chief", "officer", "head", "secrecy", "leader", "stranger")


class Leak(AssertionError):
    """Something that must hold does not."""


@dataclass
class Sheet:
    """What the book knows of a review: of what, by whose hands, and who said what."""

    item: int
    digest: str
    said: dict[str, Any]
    files: frozenset[tuple[str, str]]
    authors: frozenset[str]
    agreed: list[tuple[str, str]] = field(default_factory=list)
    doubts: set[str] = field(default_factory=set)
    answered: set[str] = field(default_factory=set)
    state: str = "open"

    @property
    def turn(self) -> str:
        """Whose turn it is; the authority's only where there is a doubt."""
        taken = {step for step, _ in self.agreed}
        return next(
            (each for each in STEPS if each not in taken and (each != "authority" or self.doubts)), ""
        )

    def lacks(self, *, by_hand: bool = False) -> str:
        """What this review lacks for its content to be public. Whoever writes rows by hand can call a review
        complete before its last step; two people and the secrecy review there must be all the same."""
        people, taken = {person for _, person in self.agreed}, {step for step, _ in self.agreed}
        if self.state != "complete" and not (by_hand and self.state == "open"):
            return f"the review is {self.state}"
        if len(people) < 2:
            return "fewer than two people agreed"
        if "secrecy" not in taken:
            return "nobody took the secrecy review"
        if not by_hand and (left_out := {*STEPS} - {"authority"} - taken):
            return f"{left_out} was left out"
        if people & self.authors:
            return "an author reviewed"
        return "a doubt was never answered" if self.doubts - self.answered else ""


@dataclass(frozen=True)
class Delegated:
    giver: str
    taker: str


def digest(said: dict[str, Any], files: list[tuple[str, bytes]]) -> str:
    """The book's own name for words and bytes."""
    made = hashlib.blake2b(json.dumps(said, sort_keys=True).encode())
    for name, data in files:
        made.update(b"\0" + name.encode() + b"\0" + hashlib.blake2b(data).digest())
    return made.hexdigest()


def names_of(files: list[tuple[str, bytes]]) -> frozenset[tuple[str, str]]:
    return frozenset((name, hashlib.sha256(data).hexdigest()) for name, data in files)


class World:
    """The office, its items, and the book."""

    def __init__(self, office: Publisher) -> None:
        self.office = office
        self.people: dict[str, Account] = {name: getattr(office, name) for name in PEOPLE}
        models.prefetch_related_objects(list(self.people.values()), "memberships__section")
        self.items: list[int] = []
        self.authors: dict[int, set[str]] = {}
        self.sheets: dict[int, Sheet] = {}
        self.waived: set[tuple[int, str, str]] = set()
        self.attested: dict[tuple[int, str], set[str]] = {}
        self.delegated: list[Delegated] = []
        self.withheld: set[int] = set()
        self.gone: set[int] = set()
        self.published = 0
        self.version = 1
        self.by_hand = False
        self.cleanup = ExitStack()
        self._patch_rules()

    def close(self) -> None:
        self.cleanup.close()

    # The rules of screening, of which a second version knows a name that is out of date.

    def _patch_rules(self) -> None:
        real_contents, real_guarded = screened.screen_contents, screened.screen_guarded

        def contents(found: Any, name: str, rules: Any) -> Screening:
            text = "".join(passage.text for passage in found.passages)
            return self._known(real_contents(found, name, rules), text)

        def guarded(data: bytes, name: str, rules: Any) -> Screening:
            return self._known(real_guarded(data, name, rules), data.decode("utf-8", "replace"))

        for name, value in (("screen_contents", contents), ("screen_guarded", guarded)):
            self.cleanup.enter_context(patch.object(screened, name, value))
        self.cleanup.enter_context(patch.object(screened, "RULES_VERSION", "1"))

    def _known(self, found: Screening, text: str) -> Screening:
        if self.version < 2 or OLD_NAME not in text:
            return found
        late = Finding("words.old_name", Severity.BLOCK, "正文", OLD_NAME, "名称已经改了。")
        return replace(found, findings=(*found.findings, late))

    def new_rules(self) -> None:
        self.version = 2
        screened.RULES_VERSION = "2"

    # Trying.

    def item(self, place: int) -> Item:
        return Item.objects.select_related("agency", "node", "section").get(
            pk=self.items[place % len(self.items)]
        )

    def tried(self, deed: Callable[[], Deed], forbidden: str = "") -> Deed | None:
        """What a deed gave; ``None`` where it was refused in words."""
        try:
            with transaction.atomic():
                made = deed()
        except ActionRefused:
            return None
        except DatabaseError as error:
            raise Leak(f"only the database refused: {error}") from error
        if forbidden:
            raise Leak(forbidden)
        return made

    def touched(self, item: Item, who: str) -> None:
        self.authors.setdefault(item.pk, set()).add(who)

    def digest_of(self, item: Item) -> str:
        return digest(item.content, [(file.name, bytes(file.data)) for file in self.files(item)])

    @staticmethod
    def files(item: Item) -> list[ItemFile]:
        return list(item.files.filter(removed_at__isnull=True).defer(None).order_by("order", "pk"))

    def open_sheet(self, item: Item) -> ReviewSheet | None:
        sheets = item.sheets.filter(state="open").select_related("edition", "item__agency")
        return sheets.first()

    # What must hold.

    def unanswered(self, item_pk: int, said: dict[str, Any], files: list[tuple[str, bytes]]) -> str:
        """A finding that nobody answers for, or a picture that two people did not look at."""
        words = json.dumps(said, ensure_ascii=False)
        if self._leaks(words) and (item_pk, digest(said, []), "data") not in self.waived:
            return "a finding in the words stands"
        for name, data in files:
            key = hashlib.sha256(data).hexdigest()
            if self._leaks(name) and (item_pk, key, "name") not in self.waived:
                return "a finding in the name of a file stands"
            if self._leaks(data.decode("utf-8", "replace")) and (item_pk, key, "data") not in self.waived:
                return "a finding in a file stands"
            if data == PICTURE and len(self.attested.get((item_pk, key), ())) < 2:
                return "a picture was not looked at by two people"
        return ""

    def _leaks(self, text: str) -> bool:
        return NUMBER in text or (self.version > 1 and OLD_NAME in text)

    def lacks(self, item: Item) -> str:
        """What the working copy lacks for being published now; empty where it lacks nothing."""
        told = self.digest_of(item)
        found = [sheet for sheet in self.sheets.values() if sheet.item == item.pk]
        of_it = [sheet for sheet in found if sheet.digest == told and sheet.state != "recalled"]
        if not of_it:
            return "nobody reviewed it"
        files = [(file.name, bytes(file.data)) for file in self.files(item)]
        return (
            of_it[-1].lacks()
            or ("it is not to be published" if item.disclosure_class != "proactive" else "")
            or ("it was given up" if item.state == "dropped" else "")
            or self.unanswered(item.pk, item.content, files)
        )

    def check(self) -> None:
        """What is public was let out by the book; what is not is nowhere."""
        live = list(Publication.objects.live().select_related("item"))
        for publication in live:
            self._check_public(publication)
        shown = {publication.item_id for publication in live if publication.on_website}
        if set(public().values_list("item_id", flat=True)) != shown:
            raise Leak("the portal is told something else")
        found = {int(key) for key in Entry.objects.values_list("key", flat=True)}
        if found != shown:
            raise Leak(f"search finds {found - shown}, does not find {shown - found}")
        if shown & (self.gone | self.withheld):
            raise Leak("what was taken back or is withheld is public")

    def _check_public(self, publication: Publication) -> None:
        files = [(file.name, bytes(file.data)) for file in publication.files.defer(None)]
        told, sheet = digest(publication.content, files), self.sheets.get(publication.sheet_id)
        if sheet is None or sheet.item != publication.item_id:
            raise Leak("public without a review of it")
        if self.by_hand:
            # Whoever writes by hand may leave files out, but puts nothing in.
            same = publication.content == sheet.said and names_of(files) <= sheet.files
        else:
            same = sheet.digest == told
        if not same:
            raise Leak("public is something else than what was reviewed")
        if publication.title != publication.content["title"]:
            raise Leak("the title is not the one that was reviewed")
        if lacks := sheet.lacks(by_hand=self.by_hand):
            raise Leak(f"public, though {lacks}")

    def check_doors(self, item: Item) -> None:
        """Nobody outside gets anything of an item that is not on the website."""
        client = Client(raise_request_exception=False)
        for rest in ("", "files/1/", "files/1/preview/", "paper/docx/"):
            status = client.get(f"/items/{item.pk}/{rest}").status_code
            if status not in {404, 410}:
                raise Leak(f"/items/…/{rest} answers {status}")
        for page in ("/feed.xml", "/sitemap.xml"):
            if f"/items/{item.pk}/".encode() in client.get(page).content:
                raise Leak(f"{page} names it")


def made_up(item: Item, sheet: ReviewSheet, **other: Any) -> Publication:
    """A publication as somebody writes it who knows the models but not the gate."""
    edition = sheet.edition
    data = {
        "item": item, "edition": edition, "sheet": sheet, "content": edition.content, "kind": item.kind,
        "node": item.node, "content_sha256": edition.sha256, "title": edition.said.title,
        "published_on": moment().date(),
        "published_at": moment(), "first_published_on": moment().date(), "on_website": True,
    }  # fmt: skip
    return Publication(**data | other)


def smuggled(publication: Publication, **other: Any) -> PublishedFile:
    """A file put beside a publication by hand."""
    data = {
        "publication": publication, "name": "夹带.txt", "media_type": "text/plain", "size": 1,
        "sha256": "1" * 64, "order": 99, "data": b"x",
    }  # fmt: skip
    return PublishedFile(**data | other)


def said(words: str, title: str = "关于做好示例工作的通知", **data: Any):
    """A text of the machine; ``ends`` makes it a public notice."""
    return content(title=title, text=WORDS[words], **data)


AT = moment()
ENDS = moment().date() + timedelta(days=5)
