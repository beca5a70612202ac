"""The people of the lists that were screened, to hold other lists against; whether a scan keeps a part in."""

from django.db import migrations, models

import gongkai.sealing.fields


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0006_proofs_and_articles"),
    ]

    operations = [
        migrations.AddField(
            model_name="scan",
            name="blocks",
            field=models.BooleanField(null=True),
        ),
        migrations.AddField(
            model_name="scan",
            name="people",
            field=gongkai.sealing.fields.SealedJSON(null=True),
        ),
        migrations.AddIndex(
            model_name="scan",
            index=models.Index(
                condition=models.Q(("blocks", True)), fields=["item"], name="scan_that_blocks"
            ),
        ),
        migrations.AddIndex(
            model_name="scan",
            index=models.Index(
                condition=models.Q(("people__isnull", False)), fields=["item"], name="scan_of_people"
            ),
        ),
    ]
