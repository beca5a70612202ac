from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Holds the pages' shared pieces, the style sheet, the demo office and the ``run`` command."""

    name = "gongkai.config"
    label = "config"
    verbose_name = "基础设置"
