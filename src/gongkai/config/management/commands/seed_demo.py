"""``seed_demo``: fill an empty database with the demo office."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.config.demo.casework import open_demo
from gongkai.config.demo.office import open_demo_office, write_accounts


class Command(BaseCommand):
    help = "在空数据库里建立演示单位、演示账号、演示案件和演示年度报告。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--without-cases", action="store_true", help="不写演示案件和由案件汇总的年度报告（快一些）"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if Agency.objects.exists():
            raise CommandError("数据库里已经有机关，不再写入演示数据。请换一个 GONGKAI_DATA 文件夹再试。")
        without = options["without_cases"]
        write_accounts(open_demo_office() if without else open_demo(timezone.now()))
        self.stdout.write("演示单位已建立。")
