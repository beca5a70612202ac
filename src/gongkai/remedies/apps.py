from django.apps import AppConfig


class RemediesConfig(AppConfig):
    name = "gongkai.remedies"
    label = "remedies"
    verbose_name = "复议诉讼"

    def ready(self) -> None:
        """The page of today shows what remedies ask for."""
        from gongkai.casework.queries import neighbors
        from gongkai.remedies.queries import today_heap

        neighbors.register(self.name, today_heap)
