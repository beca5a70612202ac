"""``seed_demo``: fill an empty database with the demo office."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.agencies.models import Agency
from gongkai.config.demo.office import open_demo_office, write_accounts


class Command(BaseCommand):
    help = "在空数据库里建立演示单位、演示账号和演示年度报告。"

    def handle(self, *args: Any, **options: Any) -> None:
        if Agency.objects.exists():
            raise CommandError("数据库里已经有机关，不再写入演示数据。请换一个 GONGKAI_DATA 文件夹再试。")
        write_accounts(open_demo_office())
        self.stdout.write("演示单位已建立。")
