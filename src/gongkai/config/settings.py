"""Django settings."""

INSTALLED_APPS: list[str] = []
SECRET_KEY = "not-yet-served"  # nosec: replaced when the office is served
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
