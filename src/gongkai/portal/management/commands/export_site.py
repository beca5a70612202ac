"""``export-site DIR``: the whole portal as files, for any web server."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from gongkai.portal.exporting import UnableToExport, export_site


class Command(BaseCommand):
    help = "把整个公开网站导出成静态文件，任何网页服务器都能提供。"
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", metavar="DIR", help="导出到哪个文件夹；里面只能是空的，或者是以前导出的"
        )
        parser.add_argument(
            "--address",
            default=settings.NOTICES_SITE_URL,
            help="静态网站自己的网址，例如 https://xxgk.example",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("collectstatic", verbosity=0, interactive=False, clear=False)
        folder = Path(options["folder"]).absolute()
        try:
            written = export_site(folder, live=settings.NOTICES_SITE_URL, address=options["address"])
        except UnableToExport as refused:
            raise CommandError(str(refused)) from refused
        size = written.size / 1024 / 1024
        self.stdout.write(
            f"已经导出{written.pages}个网页、{written.files}个文件，共{size:.1f} MB，在 {folder}。"
        )
        if not options["address"]:
            self.stdout.write(
                "没有写明网址（GONGKAI_SITE_URL 或 --address），网站地图里只有路径；申请和查询没有导出。"
            )
