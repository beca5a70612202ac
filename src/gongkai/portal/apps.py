from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "gongkai.portal"
    verbose_name = "公开网站"

    def ready(self) -> None:
        from gongkai.portal.generation import watch_models

        watch_models()
