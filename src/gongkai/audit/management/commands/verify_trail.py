"""``verify_trail``: recompute the whole chain of the trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongkai.audit.queries import verify_chain


class Command(BaseCommand):
    help = "逐条核对操作留痕的校验链；有改动、删除或插入时以状态1退出。"

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify_chain()
        if verdict.broken_at is not None:
            raise CommandError(verdict.message)
        self.stdout.write(verdict.message)
