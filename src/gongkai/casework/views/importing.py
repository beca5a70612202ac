"""Importing an existing register: choose a file, see every row's fate, then import or drop it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.agencies.models import Agency
from gongkai.agencies.policies import ActionRefused
from gongkai.casework.actions.importing import drop_register, import_register, keep_register
from gongkai.casework.forms.importing import RegisterForm
from gongkai.casework.models import RegisterUpload
from gongkai.casework.policies.people import may_receive
from gongkai.casework.queries.importing import plan_of
from gongkai.casework.register import Defaults, template
from gongkai.casework.register.tables import MOST_BYTES
from gongkai.casework.views.intake import agency_of
from gongkai.casework.views.person import person
from gongkai.documents.reading.content import Unreadable
from gongkai.law.applicants import ApplicantKind
from gongkai.law.receipt import Channel
from gongkai.pieces.downloads import MEDIA_TYPES, attachment


@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a file. It is read at once, but nothing is imported."""
    agency = agency_of(request, slug)
    if request.method == "GET":
        return _choose_page(request, agency, RegisterForm())
    form, upload = RegisterForm(request.POST), request.FILES.get("file")
    if not form.is_valid() or upload is None:
        return _choose_page(request, agency, form, "还没有选文件；请选择登记簿文件。", 422)
    try:
        if (upload.size or 0) > MOST_BYTES:
            raise Unreadable(f"文件超过{MOST_BYTES // 1_000_000} MB，没有读取；请分成几个文件再试。")
        data, at = upload.read(), timezone.now()
        plan_of(agency, data, defaults_of(form.data), timezone.localdate(at))
        kept = keep_register(
            agency=agency, name=upload.name or "未命名", data=data, by=person(request), at=at
        )
    except (Unreadable, ActionRefused) as error:
        return _choose_page(request, agency, form, str(error), 422)
    return redirect(_preview_address(agency, kept, form.data))


def _choose_page(
    request: HttpRequest, agency: Agency, form: RegisterForm, error: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "agency": agency,
        "form": form,
        "error": error,
        "refusal": may_receive(agency, person(request)),
        "section": "cases",
    }
    return render(request, "casework/receive_import.html", context, status=status)


def defaults_of(data: Mapping[str, str]) -> Defaults:
    """What holds for rows that say nothing; an unknown code counts as none."""
    channel, kind = data.get("channel", ""), data.get("kind", "")
    return Defaults(
        Channel(channel) if channel in set(Channel) else None,
        ApplicantKind(kind) if kind in set(ApplicantKind) else None,
    )


def _preview_address(agency: Agency, upload: RegisterUpload, data: Mapping[str, str]) -> str:
    """With the two defaults in it, which are codes of a list and tell of nobody."""
    found, query = defaults_of(data), QueryDict(mutable=True)
    query.update({"channel": found.channel or "", "kind": found.kind or ""})
    return f"{reverse('casework:import_preview', args=[agency.slug, upload.pk])}?{query.urlencode()}"


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Every row's fate; imported only on a second word."""
    agency = agency_of(request, slug)
    upload = get_object_or_404(RegisterUpload, pk=pk, agency=agency)
    refusal = may_receive(agency, person(request))
    if refusal or upload.content is None:
        messages.error(request, str(refusal or "这份登记簿已经导入或者放弃了。"))
        return redirect("casework:import", slug)
    if request.method == "POST":
        return _settle(request, agency, upload)
    plan = plan_of(agency, bytes(upload.content), defaults_of(request.GET), timezone.localdate())
    context = {"agency": agency, "upload": upload, "plan": plan, "section": "cases"}
    return render(request, "casework/receive_import_preview.html", context)


def _settle(request: HttpRequest, agency: Agency, upload: RegisterUpload) -> HttpResponse:
    by, at = person(request), timezone.now()
    try:
        if request.POST.get("act") == "drop":
            drop_register(upload=upload, by=by, at=at)
            messages.success(request, "已经放弃，文件已经删除，没有导入任何一件。")
            return redirect("casework:import", agency.slug)
        done = import_register(upload=upload, defaults=defaults_of(request.GET), by=by, at=at)
    except (ActionRefused, Unreadable) as error:
        messages.error(request, str(error))
        return redirect("casework:import", agency.slug)
    messages.success(request, f"已经导入{done.imported}件；文件已经删除。")
    return redirect("casework:list")


@require_GET
def blank(request: HttpRequest, slug: str) -> HttpResponse:
    """The workbook to fill in."""
    agency_of(request, slug)
    return attachment(template(), "申请登记簿模板.xlsx", MEDIA_TYPES["xlsx"])
