"""Indexes for what would else be read as a whole: query codes, letters by state, unread messages."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_sections_of_people"),
        ("casework", "0006_no_truncate"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["query_code"], name="case_by_query_code"),
        ),
        migrations.AddIndex(
            model_name="letter",
            index=models.Index(fields=["state", "kind", "case"], name="letter_by_state"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)), fields=["case"], name="message_not_read"
            ),
        ),
        migrations.AddIndex(
            model_name="service",
            index=models.Index(
                condition=models.Q(("served_on__isnull", False)), fields=["letter"], name="service_done"
            ),
        ),
    ]
