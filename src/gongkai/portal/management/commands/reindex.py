"""``reindex``: tell search anew of everything that is public."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gongkai.portal.filling import fill_search


class Command(BaseCommand):
    help = "把网站上公开的全部信息和年度报告重新收入检索。检索不到已经公开的信息时使用。"

    def handle(self, *args: Any, **options: Any) -> None:
        count = fill_search(timezone.now())
        self.stdout.write(f"已重新收入检索，共{count}条。")
