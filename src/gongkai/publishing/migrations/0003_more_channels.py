"""Channels for all boxes of the standard catalogs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0002_gate"),
    ]

    operations = [
        migrations.AlterField(
            model_name="posting",
            name="channel",
            field=models.CharField(
                choices=[
                    ("website", "政府网站"),
                    ("wechat", "微信公众号"),
                    ("weibo_or_app", "政务微博、客户端"),
                    ("bulletin_board", "政务公开栏"),
                    ("newsletter", "简报"),
                    ("media", "新闻媒体"),
                    ("meeting", "座谈会、发布会"),
                    ("gazette", "政府公报"),
                    ("internal", "内部通报、下发文件"),
                    ("reading_place", "公共查阅点"),
                    ("broadcast", "广播、电视"),
                    ("service_center", "政务服务中心"),
                    ("service_station", "便民服务站"),
                    ("on_site", "入户、现场告知"),
                    ("targeted_push", "精准推送"),
                    ("other", "其他渠道"),
                ],
                max_length=20,
                verbose_name="渠道",
            ),
        ),
    ]
