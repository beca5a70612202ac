"""What P7 is laid beside: a plain Django site of one model, a ``ListView`` of 20 rows and a ``DetailView``,
for granian: ``bench.portal_plain:application``. ``PLAIN_DATABASE`` names its SQLite file.

No middleware, no session, no templates but these two: the least that Django does for such a page.
"""

import os
import tempfile
from pathlib import Path

import django
from django.conf import settings

_FOLDER = Path(os.environ.get("PLAIN_DATABASE") or Path(tempfile.gettempdir()) / "plain.sqlite3")
_PAGE = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>{title}</title><main>{main}</main></html>"
_LIST = (
    "<h1>信息</h1><ul>{% for each in object_list %}<li><a href='/items/{{ each.pk }}/'>{{ each.title }}</a>"
    " {{ each.published_on }}</li>{% endfor %}</ul>{{ page_obj.paginator.count }}"
)
_ONE = "<h1>{{ object.title }}</h1><p>{{ object.published_on }}</p><div>{{ object.words|linebreaks }}</div>"

settings.configure(
    DEBUG=False,
    SECRET_KEY="only for measuring",  # nosec B106
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(_FOLDER)}},
    INSTALLED_APPS=["django.contrib.contenttypes"],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.cached.Loader",
                        [
                            (
                                "django.template.loaders.locmem.Loader",
                                {
                                    "list.html": _PAGE.format(title="信息", main=_LIST),
                                    "one.html": _PAGE.format(title="{{ object.title }}", main=_ONE),
                                },
                            )
                        ],
                    )
                ]
            },
        }
    ],
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after Django is set up
from django.db import connection, models  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.generic import DetailView, ListView  # noqa: E402


class Row(models.Model):
    """One published item."""

    title = models.CharField(max_length=300)
    published_on = models.DateField(db_index=True)
    words = models.TextField()

    class Meta:
        app_label = "contenttypes"
        ordering = ["-published_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Rows(ListView):  # type: ignore[type-arg]
    """Twenty of them, the newest first."""

    model, template_name, paginate_by = Row, "list.html", 20


class One(DetailView):  # type: ignore[type-arg]
    """One of them."""

    model, template_name = Row, "one.html"


urlpatterns = [path("items/", Rows.as_view()), path("items/<int:pk>/", One.as_view())]


def fill(rows: list[tuple[int, str, str, str]]) -> None:
    """Make the table anew: number, title, day, words."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    Row.objects.bulk_create([Row(pk=pk, title=t, published_on=d, words=w) for pk, t, d, w in rows])


application = get_wsgi_application()
