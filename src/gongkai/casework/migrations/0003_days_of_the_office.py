"""Whose word a day is, and the years whose days are all known."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0002_sections_of_people"),
        ("casework", "0002_append_only"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="localday",
            name="scope",
            field=models.CharField(
                choices=[
                    ("national", "全国放假通知"),
                    ("regional", "地方民族节日"),
                    ("local", "本机关或者当地停止办公"),
                ],
                default="local",
                max_length=10,
                verbose_name="性质",
            ),
        ),
        migrations.CreateModel(
            name="SettledYear",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                (
                    "scope",
                    models.CharField(
                        choices=[("national", "全国放假通知"), ("regional", "地方民族节日")],
                        max_length=10,
                        verbose_name="性质",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="settled_years",
                        to="agencies.agency",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "已录全的年份",
                "ordering": ["year", "scope"],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "year", "scope"), name="year_settled_once")
                ],
            },
        ),
    ]
