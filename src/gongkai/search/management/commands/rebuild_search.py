"""``rebuild_search``: make the index anew from the texts it was made of."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gongkai.search.actions import rebuild


class Command(BaseCommand):
    help = "重建检索索引。检索结果不对，或者升级说明要求时使用；重建期间不能发布和撤下。"

    def handle(self, *args: Any, **options: Any) -> None:
        count = rebuild(at=timezone.now())
        self.stdout.write(f"检索索引已重建，共{count}条。")
