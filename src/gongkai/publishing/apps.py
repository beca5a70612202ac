from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "gongkai.publishing"
    label = "publishing"
    verbose_name = "主动公开"

    def ready(self) -> None:
        """The page of today shows what the desk asks for."""
        from gongkai.casework.queries import neighbors
        from gongkai.publishing.queries import today

        neighbors.register("publishing.review", today.to_review)
        neighbors.register("publishing.returned", today.sent_back)
        neighbors.register("publishing.due", today.to_publish)
