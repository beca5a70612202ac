"""What the board of duties asks of the catalog: kinds of columns, stages that are done, institutions."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0003_more_channels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="catalognode",
            name="column_kind",
            field=models.CharField(
                choices=[("dynamic", "动态、要闻"), ("notice", "通知公告、政策文件"), ("other", "其他栏目")],
                default="other",
                max_length=10,
                verbose_name="栏目类型",
            ),
        ),
        migrations.AddField(
            model_name="catalognode",
            name="template_row",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="milestone",
            name="item",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="milestones",
                to="publishing.item",
            ),
        ),
        migrations.AddField(
            model_name="publishingprofile",
            name="board_max_age_days",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="政务公开栏多少天没有更新算停更"
            ),
        ),
        migrations.CreateModel(
            name="Institution",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="是哪一项制度")),
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
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="institution",
                        to="publishing.item",
                    ),
                ),
            ],
            options={
                "verbose_name": "制度",
            },
        ),
    ]
