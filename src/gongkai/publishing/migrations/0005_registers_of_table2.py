"""What the registers behind table 2 need: struck matters, files to import, where a suggestion came from."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.sealing.fields


class Migration(migrations.Migration):
    dependencies = [
        ("agencies", "0003_secrecy_reviewer"),
        ("publishing", "0004_duties"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="struck_reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="注销理由"),
        ),
        migrations.AddField(
            model_name="normativedocument",
            name="disclosed_on",
            field=models.DateField(blank=True, null=True, verbose_name="公开日期"),
        ),
        migrations.AddField(
            model_name="suggestion",
            name="source",
            field=models.CharField(
                choices=[
                    ("several", "多个申请人申请相同信息"),
                    ("applicant", "申请人建议"),
                    ("office", "本机关认为应当主动公开"),
                ],
                default="office",
                max_length=20,
                verbose_name="由来",
            ),
        ),
        migrations.CreateModel(
            name="RegisterFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("register", models.CharField(max_length=30)),
                ("kind", models.CharField(blank=True, max_length=30)),
                ("name", gongkai.sealing.fields.SealedText()),
                ("sha256", models.CharField(max_length=64)),
                ("content", gongkai.sealing.fields.SealedBytes(null=True)),
                ("at", models.DateTimeField()),
                ("imported_at", models.DateTimeField(blank=True, null=True)),
                ("imported", models.PositiveIntegerField(default=0, verbose_name="导入件数")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="agencies.agency"
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
                "verbose_name": "待导入的台账",
                "ordering": ["-pk"],
            },
        ),
    ]
