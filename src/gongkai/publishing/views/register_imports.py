"""Importing a list: choose a file, see every row's fate, then import or drop it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Agency
from gongkai.agencies.policies import ActionRefused
from gongkai.documents.reading.content import Unreadable
from gongkai.documents.reading.lines import MOST_BYTES
from gongkai.publishing.actions.imports import (
    drop_register_file,
    import_register_file,
    keep_register_file,
)
from gongkai.publishing.models import RegisterFile
from gongkai.publishing.policies.registers import LISTED, may_keep
from gongkai.publishing.queries.imports import MOST_ROWS, name_of, plan_of, template
from gongkai.publishing.views.normative import frame
from gongkai.publishing.views.person import agency_of, person
from gongkai.publishing.views.registers import kind_of
from gongkai.publishing.views.saving import saved

WHOLE = "all"


def _register(register: str, kind: str) -> tuple[str, str]:
    """Register and kind of an address, else 404; the library is of one kind."""
    if register == "documents" and kind == WHOLE:
        return register, ""
    if register == "entries" or (register == "matters" and kind in LISTED):
        return register, kind_of(kind).value
    raise Http404


def _home(agency: Agency, register: str, kind: str) -> str:
    if register == "documents":
        return reverse("publishing:library", args=[agency.slug])
    return reverse("publishing:register", args=[agency.slug, kind])


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, slug: str, register: str, kind: str) -> HttpResponse:
    """Choose a file. It is read at once, but nothing is entered."""
    agency, (found, of) = agency_of(request, slug), _register(register, kind)
    if request.method == "GET":
        return _choose_page(request, agency, found, of)
    upload = request.FILES.get("file")
    if upload is None:
        return _choose_page(request, agency, found, of, "还没有选文件；请选择台账文件。")
    try:
        if (upload.size or 0) > MOST_BYTES:
            raise Unreadable(f"文件超过{MOST_BYTES // 1_000_000} MB，没有读取；请分成几个文件再试。")
        data, at = upload.read(), timezone.now()
        plan_of(agency, data, found, of, timezone.localdate(at))
        kept = keep_register_file(
            agency=agency,
            register=found,
            kind=of,
            name=upload.name or "未命名",
            data=data,
            by=person(request),
            at=at,
        )
    except (Unreadable, ActionRefused) as error:
        return _choose_page(request, agency, found, of, str(error))
    return redirect("publishing:import_preview", kept.pk)


def _choose_page(
    request: HttpRequest, agency: Agency, register: str, kind: str, error: str = ""
) -> HttpResponse:
    context = frame(request, agency, kind or "library") | {
        "name": name_of(register, kind),
        "register": register,
        "code": kind or WHOLE,
        "error": error,
        "most": MOST_ROWS,
        "back": _home(agency, register, kind),
    }
    return render(request, "publishing/register_import.html", context, status=422 if error else 200)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row's fate; entered only on a second word."""
    file = get_object_or_404(RegisterFile.objects.select_related("agency"), pk=pk)
    agency = agency_of(request, file.agency.slug)
    home = _home(agency, file.register, file.kind)
    refusal = may_keep(agency, person(request))
    if refusal or file.content is None:
        messages.error(request, str(refusal or "这份文件已经导入或者放弃了。"))
        return redirect(home)
    if request.method == "POST":
        return _settle(request, file, home)
    plan = plan_of(agency, bytes(file.content), file.register, file.kind, timezone.localdate())
    context = frame(request, agency, file.kind or "library") | {
        "file": file,
        "plan": plan,
        "name": name_of(file.register, file.kind),
        "home": home,
    }
    return render(request, "publishing/register_import_preview.html", context)


def _settle(request: HttpRequest, file: RegisterFile, home: str) -> HttpResponse:
    by, at = person(request), timezone.now()
    try:
        if request.POST.get("act") == "drop":
            drop_register_file(file=file, by=by, at=at)
            messages.success(request, "已经放弃，文件已经删除，没有导入任何一条。")
        else:
            done = import_register_file(file=file, by=by, at=at)
            messages.success(request, f"已经导入{done.imported}条；文件已经删除。")
    except (ActionRefused, Unreadable) as error:
        messages.error(request, str(error))
    return redirect(home)


@require_GET
def blank(request: HttpRequest, slug: str, register: str, kind: str) -> HttpResponse:
    """The workbook to fill in."""
    agency, (found, of) = agency_of(request, slug), _register(register, kind)
    return saved(request, template(found, of), "xlsx", _home(agency, found, of))
