"""``rescan``: screen everything public that the rules in force have not seen yet, now."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gongkai.publishing.actions.scanning import rescan_public


class Command(BaseCommand):
    help = "按现行规则复查全部已公开的信息。升级以后系统会自己分批复查；要马上查完的，运行这条命令。"

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        while made := rescan_public(by=None, at=timezone.now()):
            count += made
            self.stdout.write(f"已复查{count}条……")
        self.stdout.write(f"复查完毕，共{count}条。查出的问题在“主动公开”的“公开后复查”里。")
