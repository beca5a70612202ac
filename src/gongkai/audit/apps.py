from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "gongkai.audit"
    verbose_name = "操作留痕"

    def ready(self) -> None:
        from gongkai.audit import signals  # noqa: F401  (its receivers connect on import)
