"""What an agency has published, one page each: its data, its words, its files, its papers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from gongkai.documents.articles import Article, Heading, Paragraph, to_html
from gongkai.documents.articles.papers import Paper, to_docx, to_pdf
from gongkai.documents.writing import Unwritable
from gongkai.law.publishing.completeness import RequiredPart, required_parts
from gongkai.pieces.downloads import MEDIA_TYPES, attachment
from gongkai.portal import reading
from gongkai.portal.pages import absolute, public_page, unchanged
from gongkai.portal.previews import preview_of
from gongkai.publishing.models import Item, Publication, PublishedFile
from gongkai.publishing.queries.items import find_public

PAPERS = {"pdf": to_pdf, "docx": to_docx}
PICTURES = {"image/png", "image/jpeg", "image/gif", "image/webp"}
_SAFE_FILE = {
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
_NO_LONGER = {Item.Validity.REPEALED, Item.Validity.EXPIRED}
_PARTS = {Item.Kind.SERVICE_GUIDE: "service_guide", Item.Kind.DISCLOSURE_GUIDE: "guide"}


@public_page
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One publication. One that was taken off with a word to the public says that word and nothing else."""
    publication = find_public(pk)
    if publication is None:
        note = reading.note_on_the_end(pk)
        if not note:
            raise Http404
        return render(request, "portal/gone.html", {"note": note}, status=410)
    return render(request, "portal/item.html", page_of(publication, timezone.localdate()))


def page_of(publication: Publication, today: date) -> dict[str, object]:
    """Everything the page of a publication shows."""
    shown, said = publication.item, publication.said
    readable = ExpressionWrapper(~Q(text=""), output_field=BooleanField())
    files = list(publication.files.annotate(is_readable=readable))
    return {
        "publication": publication,
        "item": shown,
        "agency": shown.agency,
        "said": said,
        "rows": _data_of(publication),
        "crumbs": [*reading.above(publication.node), publication.node],
        "body": body_of(publication, files),
        "parts": parts_of(publication),
        "office": reading.office_of(shown.agency) if publication.kind == Item.Kind.DISCLOSURE_GUIDE else [],
        "files": [file for file in files if not file.is_picture],
        "related": reading.related_to(shown),
        "standing": _standing(publication, today),
        "changed_at": reading.last_change(publication),
        "section": "disclosure",
    }


def _data_of(publication: Publication) -> list[tuple[str, str | date]]:
    """What describes it in the catalog, the empty fields left out."""
    shown, said = publication.item, publication.said
    rows: list[tuple[str, str | date | None]] = [
        ("索引号", shown.index_number),
        ("文号", said.document_number),
        ("发布机构", said.issuer or shown.agency.name),
        ("主题分类", " › ".join(node.title for node in (*reading.above(publication.node), publication.node))),
        ("生成日期", said.formed_on),
        ("发布日期", publication.first_published_on),
        ("更新日期", _if_later(publication.published_on, publication.first_published_on)),
        ("实施日期", said.effective_on),
        ("公示截止", said.ends_on),
        ("体裁分类", publication.get_kind_display()),
        ("公开方式", shown.get_disclosure_class_display()),
        ("有效性", shown.get_validity_display()),
        ("责任科室", publication.section.name if publication.section else ""),
        ("关键词", "、".join(said.keywords)),
        ("内容概述", said.summary),
    ]
    return [(label, value) for label, value in rows if value]


def _if_later(on: date, before: date) -> date | None:
    return on if on > before else None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a reader must know before reading: a tone, a word, a sentence."""

    tone: str
    word: str
    sentence: str


def _standing(publication: Publication, today: date) -> Standing | None:
    shown, said = publication.item, publication.said
    if shown.validity in _NO_LONGER:
        word = shown.get_validity_display()
        return Standing("error", word, "这份文件不再有效，只供查考。")
    if shown.validity == Item.Validity.AMENDED:
        return Standing("warning", "已修改", "这份文件的部分内容改过，请对照修改它的文件一起看。")
    if said.effective_on and said.effective_on > today:
        on = said.effective_on
        return Standing("note", "尚未施行", f"这份文件自{on.year}年{on.month}月{on.day}日起施行。")
    if said.ends_on:
        return _notice_period(said.ends_on, today)
    return None


def _notice_period(ends_on: date, today: date) -> Standing:
    until = f"{ends_on.year}年{ends_on.month}月{ends_on.day}日"
    if ends_on < today:
        return Standing("note", "公示期满", f"公示到{until}为止，已经期满。")
    return Standing("done", "正在公示", f"公示到{until}为止；有不同意见的，请在这一天之前提出。")


def parts_of(publication: Publication) -> list[tuple[RequiredPart, str]]:
    """The parts that a guide must have, with what it says in each; none for other kinds."""
    subject = _PARTS.get(Item.Kind(publication.kind))
    if subject is None:
        return []
    said = publication.said
    return [(part, said.details.get(part.code, "")) for part in required_parts(subject)]


def body_of(publication: Publication, files: Iterable[PublishedFile]) -> SafeString:
    """The text; every tag is written by ``to_html``, which escapes every word."""
    there = {file.sha256 for file in files if file.media_type in PICTURES}

    def address(sha256: str) -> str:
        return reverse("portal:item_picture", args=[publication.item_id, sha256]) if sha256 in there else ""

    return SafeString(to_html(publication.said.article, address))  # nosec B703


def _file(pk: int, **named: object) -> PublishedFile:
    publication = find_public(pk)
    found = publication.files.filter(**named).first() if publication else None
    if found is None:
        raise Http404
    return found


@public_page
def file(request: HttpRequest, pk: int, order: int) -> HttpResponseBase:
    """A file to save; never opened in the site's own name."""
    found = _file(pk, order=order)
    etag = f'"{found.sha256}"'
    answer = unchanged(request, etag) or attachment(bytes(found.data), found.name, found.media_type)
    for name, value in (_SAFE_FILE | {"ETag": etag}).items():
        answer.headers[name] = value
    return answer


@public_page
def picture(request: HttpRequest, pk: int, sha256: str) -> HttpResponseBase:
    """A picture of the text, shown in its place."""
    found = _file(pk, sha256=sha256, media_type__in=PICTURES)
    etag = f'"{found.sha256}"'
    answer = unchanged(request, etag) or HttpResponse(bytes(found.data), content_type=found.media_type)
    for name, value in (_SAFE_FILE | {"ETag": etag}).items():
        answer.headers[name] = value
    return answer


@public_page
def preview(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """What can be read in a file, as a page."""
    found = _file(pk, order=order)
    shown = preview_of(found)
    if shown is None:
        raise Http404
    publication = found.publication
    context = {"file": found, "preview": shown, "publication": publication, "section": "disclosure"}
    return render(request, "portal/preview.html", context)


@public_page
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The publication as a paper of its agency."""
    publication = find_public(pk)
    if publication is None or kind not in PAPERS:
        raise Http404
    try:
        data = PAPERS[kind](_paper_of(request, publication))
    except Unwritable as error:
        return render(request, "portal/sorry.html", {"message": str(error)}, status=503)
    return attachment(data, f"{publication.title[:80]}.{kind}", MEDIA_TYPES[kind])


def _paper_of(request: HttpRequest, publication: Publication) -> Paper:
    shown, said = publication.item, publication.said
    pictures = publication.files.filter(media_type__in=PICTURES).defer(None)
    return Paper(
        title=publication.title_on_paper,
        agency=said.issuer or shown.agency.name,
        article=whole_article(publication),
        document_number=said.document_number,
        formed_on=said.formed_on,
        pictures={each.sha256: bytes(each.data) for each in pictures},
        index_number=shown.index_number,
        address=absolute(request, reverse("portal:item", args=[shown.pk])) or None,
    )


def whole_article(publication: Publication) -> Article:
    """The parts of a guide as chapters before the rest of the text."""
    chapters: list[Heading | Paragraph] = []
    for part, text in parts_of(publication):
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        chapters += [Heading(part.label), *map(Paragraph, lines)] if lines else []
    return Article((*chapters, *publication.said.article.blocks))
