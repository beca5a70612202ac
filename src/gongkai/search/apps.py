from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "gongkai.search"
    verbose_name = "检索"

    def ready(self) -> None:
        """What subscribers are told."""
        from gongkai.notices.kinds import Kind, register

        register(
            Kind("subscription_to_confirm", "确认检索订阅", for_applicants=True),
            Kind("subscription_news", "检索订阅的更新", for_applicants=True),
        )
