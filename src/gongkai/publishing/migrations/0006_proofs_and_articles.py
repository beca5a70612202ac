"""Proofs of postings, and what of an article at WeChat is known for sure."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import gongkai.sealing.fields


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0005_registers_of_table2"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name="posting",
            name="proof",
        ),
        migrations.AddField(
            model_name="finderline",
            name="changed_on",
            field=models.DateField(blank=True, null=True, verbose_name="更新日期"),
        ),
        migrations.AddField(
            model_name="wechatarticle",
            name="digest",
            field=models.CharField(blank=True, max_length=120, verbose_name="摘要"),
        ),
        migrations.AddField(
            model_name="wechatarticle",
            name="title",
            field=models.CharField(default="", max_length=64, verbose_name="标题"),
        ),
        migrations.AddField(
            model_name="wechatarticle",
            name="uncertain",
            field=models.BooleanField(default=False, verbose_name="不知道做成了没有"),
        ),
        migrations.CreateModel(
            name="PostingProof",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", gongkai.sealing.fields.SealedText()),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("data", gongkai.sealing.fields.SealedBytes()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "posting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proofs",
                        to="publishing.posting",
                    ),
                ),
            ],
            options={
                "verbose_name": "公开凭证",
                "ordering": ["pk"],
            },
        ),
    ]
