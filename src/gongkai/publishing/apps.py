from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "gongkai.publishing"
    label = "publishing"
    verbose_name = "主动公开"

    def ready(self) -> None:
        """The page of today shows what the desk asks for."""
        from gongkai.casework.queries import neighbors
        from gongkai.notices.kinds import Kind, register
        from gongkai.publishing.queries import (
            registers,
            rescans,
            suggestions,
            today,
            today_channels,
            today_duties,
        )

        neighbors.register("publishing.review", today.to_review)
        neighbors.register("publishing.returned", today.sent_back)
        neighbors.register("publishing.due", today.to_publish)
        neighbors.register("publishing.revoked", registers.to_withdraw)
        neighbors.register_case_link("publishing.conversion", suggestions.conversion_of)
        neighbors.register("publishing.duties", today_duties.pressing)
        neighbors.register("publishing.off", today_channels.to_take_off)
        neighbors.register("publishing.rescans", rescans.to_settle)
        register(
            Kind("publishing_due", "信息公开快到期", "warning"),
            Kind("publishing_late", "信息公开逾期", "urgent"),
            Kind("reassessment_due", "不予公开的信息要评估", "warning"),
            Kind("site_stale", "网站、栏目停更", "warning"),
            Kind("planned_not_published", "定时发布没有成功", "urgent"),
            Kind("rescan_found", "已公开的内容复查有发现", "urgent"),
        )
