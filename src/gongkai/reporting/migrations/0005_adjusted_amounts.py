"""An adjustment may be of an amount or of a decrease: table 2 has both."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0004_no_truncate"),
    ]

    operations = [
        migrations.AlterField(
            model_name="adjustment",
            name="adjusted",
            field=models.DecimalField(decimal_places=6, max_digits=18, verbose_name="报告数"),
        ),
        migrations.AlterField(
            model_name="adjustment",
            name="counted",
            field=models.DecimalField(decimal_places=6, max_digits=18, verbose_name="台账数"),
        ),
    ]
