"""Where an item is to be posted is kept with the plan to publish it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0007_people_of_lists")]

    operations = [
        migrations.AddField(
            model_name="planned",
            name="place",
            field=models.CharField(blank=True, max_length=300, verbose_name="位置或者网址"),
        ),
    ]
