"""The newsletter: its issues, one issue with its articles, its papers."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.agencies.models import Agency
from gongkai.documents.newsletters import newsletter as as_pdf
from gongkai.documents.newsletters import newsletter_docx as as_docx
from gongkai.documents.writing import Unwritable
from gongkai.pieces.downloads import MEDIA_TYPES, attachment
from gongkai.publishing.actions.newsletters import (
    add_entries,
    drop_issue,
    edit_issue,
    move_entry,
    release_issue,
    remove_entry,
    renew_entry,
    start_issue,
)
from gongkai.publishing.actions.scanning import screen_item
from gongkai.publishing.forms.channels import EntriesForm, FirstIssueForm, IssueForm
from gongkai.publishing.models import NewsletterEntry, NewsletterIssue, PublishingProfile
from gongkai.publishing.papers import newsletter_of
from gongkai.publishing.policies.newsletters import may_edit_issue
from gongkai.publishing.policies.people import may_run_desk
from gongkai.publishing.queries import newsletters as query
from gongkai.publishing.views.person import agency_of, person
from gongkai.publishing.views.saving import performed

_PAPERS = {"pdf": as_pdf, "docx": as_docx}
_NAME = "政务公开简报"


def _name_of(agency: Agency) -> str:
    profile = PublishingProfile.objects.filter(agency=agency).first()
    return (profile.newsletter_name if profile else "") or _NAME


@require_http_methods(["GET", "POST"])
def newsletters(request: HttpRequest, slug: str) -> HttpResponse:
    """The issues so far, and the next one."""
    agency, by, on = agency_of(request, slug), person(request), timezone.localdate()
    name = _name_of(agency)
    first = not query.has_issues(agency, name)
    last = query.issues_of(agency).first()
    initial = (IssueForm.of(last) if last else {}) | {"issued_on": on}
    kind = FirstIssueForm if first else IssueForm
    form = kind(request.POST or None, initial=initial)
    if request.method == "POST":
        done = _started(request, agency, name, form)
        if done:
            return done
    context = {
        "agency": agency,
        "name": name,
        "issues": query.issues_of(agency),
        "open": query.open_issue(agency),
        "number": query.next_numbers(agency, name, on.year)[0],
        "form": form,
        "refusal": may_run_desk(agency, by),
        "page": "newsletters",
        "section": "publishing",
    }
    return render(request, "publishing/newsletters.html", context, status=422 if form.errors else 200)


def _started(request: HttpRequest, agency: Agency, name: str, form: IssueForm) -> HttpResponse | None:
    def start() -> None:
        given = dict(form.cleaned_data)
        begins = {part: given.pop(part) for part in ("number", "total_number") if part in given}
        start_issue(agency=agency, name=name, values=given, by=person(request), at=timezone.now(), **begins)

    done = performed(request, form, start, "已建好这一期，请选文章。", request.path)
    issue = query.open_issue(agency) if done else None
    return redirect("publishing:newsletter", issue.pk) if issue else done


def _find(request: HttpRequest, pk: int) -> NewsletterIssue:
    issue = query.find_issue(person(request), pk)
    if issue is None:
        raise Http404
    return issue


@require_http_methods(["GET", "POST"])
def newsletter(request: HttpRequest, pk: int) -> HttpResponse:
    """One issue: its articles in order, what could go in, the day and who gets it."""
    issue, by = _find(request, pk), person(request)
    form = IssueForm(request.POST or None, initial=IssueForm.of(issue))
    if request.method == "POST":
        done = performed(
            request,
            form,
            lambda: edit_issue(issue=issue, values=form.cleaned_data, by=by, at=timezone.now()),
            "已保存。",
            reverse("publishing:newsletter", args=[pk]),
        )
        if done:
            return done
        issue = _find(request, pk)
    offered = query.offered_to(issue, by)
    entries = EntriesForm(offered=offered)
    context = {
        "agency": issue.agency,
        "issue": issue,
        "lines": query.entry_lines(query.entries_of(issue)),
        "boxes": list(zip(entries["publications"], offered, strict=True)),
        "form": form,
        "refusal": may_run_desk(issue.agency, by),
        "closed": may_edit_issue(issue),
        "page": "newsletters",
        "section": "publishing",
    }
    return render(request, "publishing/newsletter.html", context, status=422 if form.errors else 200)


def _do(request: HttpRequest, act: Callable[[], object], said: str, back: str) -> HttpResponse:
    return performed(request, None, act, said, back) or redirect(back)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Articles for an issue."""
    issue, by = _find(request, pk), person(request)
    form = EntriesForm(request.POST, offered=query.offered_to(issue, by))
    publications = form.chosen() if form.is_valid() else []
    return _do(
        request,
        lambda: add_entries(issue=issue, publications=publications, by=by, at=timezone.now()),
        "已放进这一期。",
        reverse("publishing:newsletter", args=[pk]),
    )


@require_POST
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """An article up, down, out, or in its new edition."""
    found = NewsletterEntry.objects.select_related("issue", "publication").filter(pk=pk).first()
    if found is None:
        raise Http404
    issue, by, at = _find(request, found.issue_id), person(request), timezone.now()
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "up": (lambda: move_entry(entry=found, up=True, by=by, at=at), "已上移。"),
        "down": (lambda: move_entry(entry=found, up=False, by=by, at=at), "已下移。"),
        "out": (lambda: remove_entry(entry=found, by=by, at=at), "已从这一期去掉。"),
        "renew": (lambda: renew_entry(entry=found, by=by, at=at), "已换成现在公开的版本。"),
    }
    if request.POST.get("do") not in acts:
        raise Http404
    act, said = acts[request.POST["do"]]
    return _do(request, act, said, reverse("publishing:newsletter", args=[issue.pk]))


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """It goes out, screened as screening is now."""
    issue, by, at = _find(request, pk), person(request), timezone.now()
    for entry in issue.entries.select_related("publication__item__agency"):
        screen_item(item=entry.publication.item, by=by, at=at)
    return _do(
        request,
        lambda: release_issue(issue=issue, by=by, at=at),
        "已登记印发；每一篇都记下了一条简报的公开记录。",
        reverse("publishing:newsletter", args=[pk]),
    )


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """It will not be."""
    issue = _find(request, pk)
    back = reverse("publishing:newsletters", args=[issue.agency.slug])
    return _do(
        request,
        lambda: drop_issue(issue=issue, by=person(request), at=timezone.now()),
        "已作废这一期；期号留给下一期。",
        back,
    )


@require_GET
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """An issue as PDF to print, as Word to change."""
    issue = _find(request, pk)
    if kind not in _PAPERS:
        raise Http404
    try:
        data = _PAPERS[kind](newsletter_of(issue, query.entries_of(issue)))
    except Unwritable as error:
        messages.error(request, str(error))
        return redirect("publishing:newsletter", pk)
    return attachment(data, f"{issue}.{kind}", MEDIA_TYPES[kind])
