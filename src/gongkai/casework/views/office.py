"""What the office says of itself on its letters, and which section answers for what."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from gongkai.agencies.models import Agency
from gongkai.agencies.policies import ActionRefused
from gongkai.agencies.queries import agencies_of
from gongkai.casework.actions.office import save_functions, save_profile
from gongkai.casework.forms.desk import FunctionsForm, ProfileForm
from gongkai.casework.models import OfficeProfile
from gongkai.casework.policies.office import may_keep_profile
from gongkai.casework.views.person import person


def _agency(request: HttpRequest, slug: str) -> Agency:
    return get_object_or_404(agencies_of(person(request)), slug=slug)


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """Names and addresses that letters print."""
    agency, by = _agency(request, slug), person(request)
    known = OfficeProfile.objects.filter(agency=agency).first()
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=known)
    if request.method == "POST" and form.is_valid():
        try:
            save_profile(agency=agency, values=form.cleaned_data, by=by, at=timezone.now())
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "已保存，以后起草的文书就用这些内容。")
            return redirect("casework:profile", slug)
    context = {
        "agency": agency,
        "form": form,
        "is_new": known is None,
        "refusal": may_keep_profile(agency, by),
        "section": "today",
    }
    return render(request, "casework/profile.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def functions(request: HttpRequest, slug: str) -> HttpResponse:
    """The department-function table."""
    agency, by = _agency(request, slug), person(request)
    sections = agency.sections.prefetch_related("functions")
    form = FunctionsForm(request.POST if request.method == "POST" else None, sections=sections)
    if request.method == "POST" and form.is_valid():
        try:
            count = save_functions(agency=agency, matters=form.matters(), by=by, at=timezone.now())
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"已保存，{count}个科室有变动。" if count else "没有变动。")
            return redirect("casework:functions", slug)
    context = {
        "agency": agency,
        "form": form,
        "refusal": may_keep_profile(agency, by),
        "section": "today",
    }
    return render(request, "casework/functions.html", context, status=422 if form.errors else 200)
