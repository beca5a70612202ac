"""A letter: read, edited, approved, signed, downloaded; and the register of document numbers."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Account
from gongkai.agencies.policies import ActionRefused
from gongkai.agencies.queries import agencies_of
from gongkai.casework.actions import letters as actions
from gongkai.casework.actions.effect import enclose_files
from gongkai.casework.forms.letters import EnclosureForm, OpinionForm, WordsForm
from gongkai.casework.lettering import content_hash, paper_of
from gongkai.casework.models import Letter
from gongkai.casework.policies import gate, signing
from gongkai.casework.policies.enclosing import enclosed, offered
from gongkai.casework.queries import letters as queries
from gongkai.casework.queries.serving import standing_of
from gongkai.casework.views.person import person
from gongkai.documents.letters import FORMATS
from gongkai.documents.letters.layout import frame
from gongkai.law.letters import letter_kind
from gongkai.pieces.downloads import MEDIA_TYPES, attachment

State = Letter.State
Do = Callable[[Letter, Mapping[str, Any], Account, datetime], Letter]


def find(request: HttpRequest, pk: int) -> Letter:
    """A letter this person may see, else 404."""
    letter = queries.find_letter(person(request), pk)
    if letter is None:
        raise Http404
    return letter


@require_http_methods(["GET", "POST"])
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """What it says, what stands against it, who has approved it, and what may be done with it."""
    found = find(request, pk)
    if request.method == "GET":
        return _page(request, found)
    act = request.POST.get("do", "")
    if act not in _ACTS:
        raise Http404
    form_class, do, done = _ACTS[act]
    form = form_class(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        changed = do(found, form.cleaned_data, person(request), timezone.now())
    except ActionRefused as refused:
        current = find(request, pk)
        if isinstance(form, WordsForm) and _overtaken(refused):
            form = _over_the_latest(form, current)
        form.add_error(None, str(refused))
        return _page(request, current, form, 409 if _overtaken(refused) else 422)
    messages.success(request, _SIGNED if changed.state == State.SIGNED else done)
    return redirect("casework:letter", pk)


def _overtaken(refused: ActionRefused) -> bool:
    return isinstance(refused, actions.ChangedByOthers | actions.LookedAtOtherWords)


def _over_the_latest(form: WordsForm, letter: Letter) -> WordsForm:
    """What was typed, to be sent again over the words that stand now: the page has shown them."""
    given = {name: form.data.get(name) for name in form.fields}
    form = type(form)(given | {"revision": letter.revision})
    form.full_clean()
    return form


_SIGNED = "已经签发，编了文号，内容不能再改。下一步：送达。"


class _Nothing(WordsForm):
    """An act that asks for nothing but the revision that was looked at."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["text"]


_ACTS: Mapping[str, tuple[type[WordsForm] | type[OpinionForm] | type[EnclosureForm], Do, str]] = {
    "edit": (
        WordsForm,
        lambda letter, data, by, at: actions.edit_letter(
            letter=letter, text=data["text"], revision=data["revision"], by=by, at=at
        ),
        "已保存正文。",
    ),
    "redraft": (
        _Nothing,
        lambda letter, data, by, at: actions.redraft_letter(
            letter=letter, revision=data["revision"], by=by, at=at
        ),
        "已按案卷和今天的法律重新生成。",
    ),
    "submit": (
        _Nothing,
        lambda letter, data, by, at: actions.submit_letter(
            letter=letter, revision=data["revision"], by=by, at=at
        ),
        "已提交审批，审批的人会收到通知。",
    ),
    "drop": (
        _Nothing,
        lambda letter, data, by, at: actions.drop_letter(
            letter=letter, revision=data["revision"], by=by, at=at
        ),
        "已作废这份草稿，没有占用文号。",
    ),
    "enclose": (
        EnclosureForm,
        lambda letter, data, by, at: enclose_files(letter=letter, files=data["enclosed"], by=by, at=at),
        "已选定随附的文件；答复送达以后，申请人凭查询码可以看到。",
    ),
    "approve": (
        OpinionForm,
        lambda letter, data, by, at: actions.approve_letter(letter=letter, by=by, at=at, **data),
        "已同意，转到下一步审批。",
    ),
    "return": (
        OpinionForm,
        lambda letter, data, by, at: actions.return_letter(
            letter=letter, opinion=data["opinion"], by=by, at=at
        ),
        "已退回，起草人会收到通知。",
    ),
}


def _page(request: HttpRequest, letter: Letter, form: Form | None = None, status: int = 200) -> HttpResponse:
    by, today = person(request), timezone.localdate()
    paper, chosen = paper_of(letter), enclosed(letter)
    obstacles = gate.obstacles(letter, today)
    late = gate.lateness(letter, today) if letter.state in {State.DRAFT, State.IN_REVIEW} else None
    typed = form if isinstance(form, WordsForm) and "text" in form.fields else None
    context = {
        "letter": letter,
        "case": letter.case,
        "kind": letter_kind(letter.kind),
        "paper": paper,
        "frame": frame(paper),
        "hash": content_hash(paper),
        "obstacles": obstacles,
        "lateness": late,
        "steps": queries.steps_of(letter),
        "opinions": queries.opinions_of(letter),
        "changes": queries.changed_since_last_look(letter) if letter.state != State.SIGNED else [],
        "is_whole": letter.state != State.SIGNED or queries.is_whole(letter),
        "edit_refusal": signing.may_edit(letter, by),
        "submit_refusal": signing.may_submit(letter, by) or next(iter(obstacles), None),
        "approve_refusal": signing.may_approve(letter, by),
        "words": typed or WordsForm(initial={"text": paper.body_text, "revision": letter.revision}),
        "opinion": form
        if isinstance(form, OpinionForm)
        else OpinionForm(initial={"seen": content_hash(paper)}),
        "refused": form if form is not None and form.errors else None,
        "files": [(file, file in chosen) for file in offered(letter)],
        "to_redact": queries.files_to_redact(letter.case) if letter.kind == "answer_partly_granted" else [],
        "signs": signing.is_last_step(letter),
        "standings": [standing_of(service, today) for service in letter.services.all()],
        "section": "cases",
    }
    return render(request, "casework/letter.html", context, status=status)


@require_GET
def letter_file(request: HttpRequest, pk: int, file_format: str) -> HttpResponse:
    """The letter as a file; a draft says so in its name."""
    if file_format not in FORMATS:
        raise Http404
    found = find(request, pk)
    try:
        data = actions.read_letter_file(
            letter=found, file_format=file_format, by=person(request), at=timezone.now()
        )
    except ActionRefused as refused:
        messages.error(request, str(refused))
        return redirect("casework:letter", pk)
    return attachment(data, f"{_file_name(found)}.{file_format}", MEDIA_TYPES[file_format])


def _file_name(letter: Letter) -> str:
    """Kind and number; nobody's name."""
    title = letter_kind(letter.kind).printed_title
    if letter.state == State.SIGNED:
        return f"{title} {letter.document_number}".strip()
    return f"草稿 {title} {letter.case.number}"


@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """What is being written, and the numbers of every series of a year."""
    by, this_year = person(request), timezone.localdate().year
    years = queries.years_of_letters(by, this_year)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else this_year
    context = {
        "drafts": queries.drafts_of(by),
        "ledgers": queries.ledgers(by, agencies_of(by), year),
        "year": year,
        "years": years,
        "section": "cases",
    }
    return render(request, "casework/letters.html", context)
