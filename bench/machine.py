"""Where and with what a measurement was made."""

import os
import platform
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

BUSY = 0.3  # load per core above which a ratio may not be published


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def load_per_core() -> float:
    return os.getloadavg()[0] / (os.cpu_count() or 1)


def describe() -> str:
    return (
        f"{date.today().isoformat()} · {processor()}, {os.cpu_count()} cores · "
        f"{platform.system()} · Python {platform.python_version()}"
    )


def versions(packages: tuple[str, ...]) -> str:
    return ", ".join(f"{package} {_version(package)}" for package in packages)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
