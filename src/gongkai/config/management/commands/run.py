"""``run``: everything between a fresh machine and a page in the browser."""

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from gongkai.agencies.models import Agency
from gongkai.config.demo.casework import open_demo
from gongkai.config.demo.office import DemoAccount, read_accounts, write_accounts
from gongkai.config.environment import switched_on
from gongkai.portal.filling import fill_search, lacks_everything

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "建库、写入演示单位（GONGKAI_DEMO=0 时不写）、收集静态文件，并在前台提供服务。"
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        port = int(os.environ.get("PORT") or 8000)
        self._make_sure_the_port_is_free(port)
        settings.DATA.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        if switched_on("GONGKAI_DEMO", default=True) and not Agency.objects.exists():
            self._say("正在准备演示数据（约半分钟）……")
            write_accounts(open_demo(timezone.now()))
        if lacks_everything():
            fill_search(timezone.now())
        call_command("collectstatic", verbosity=0, interactive=False, clear=False)
        self._greet(port, read_accounts())
        connection.close()
        self._serve(port)

    def _make_sure_the_port_is_free(self, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as error:
                raise CommandError(
                    f"端口 {port} 已被别的程序占用；请换一个，例如：PORT={port + 1} make run"
                ) from error

    def _greet(self, port: int, accounts: list[DemoAccount]) -> None:
        lines = [f"政府信息公开办公室已在 http://{HOST}:{port} 提供服务（按 Ctrl+C 停止）。"]
        if accounts:
            lines.append("演示账号（只在本机的演示数据库里有效）：")
            lines += [
                f"  {a.username:<14} {a.password}   {a.full_name}，{a.agency}{a.roles}" for a in accounts
            ]
        self._say("\n".join(lines))

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _serve(self, port: int) -> None:
        """Become the server, so that Ctrl+C and signals reach it and nothing stays behind.

        Background tasks run inside it unless ``GONGKAI_WORKER=0``.
        """
        os.environ.setdefault("GONGKAI_WORKER", "1")
        options = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "1"]
        options += ["--blocking-threads", "4", "--no-ws", "--log-level", "warning"]
        command = [sys.executable, "-m", "granian", *options, "gongkai.config.wsgi:application"]
        os.execv(sys.executable, command)  # nosec B606
