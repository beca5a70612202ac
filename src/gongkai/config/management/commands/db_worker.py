"""``db_worker``: background work in a process of its own, instead of inside the web server's."""

import signal
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand

from gongkai.config.worker import BackgroundWorker
from gongkai.notices import schedule


class Command(BaseCommand):
    help = "单独运行后台任务（大单位用；同时以 GONGKAI_WORKER=0 启动网站）。按 Ctrl+C 停止。"

    def handle(self, *args: Any, **options: Any) -> None:
        schedule.check()
        worker = BackgroundWorker()

        def stop(signum: int, frame: FrameType | None) -> None:
            worker.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        self.stdout.write("后台任务已开始办理（按 Ctrl+C 停止）。")
        self.stdout.flush()
        worker.run()
