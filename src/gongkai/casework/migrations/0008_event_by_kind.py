"""Events of one kind, over all cases: withdrawals are counted, waits are looked up."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0007_indexes_of_large_registers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="caseevent",
            index=models.Index(fields=["kind", "case"], name="event_by_kind"),
        ),
    ]
