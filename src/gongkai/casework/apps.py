from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "gongkai.casework"
    label = "casework"
    verbose_name = "依申请公开"

    def ready(self) -> None:
        """What this desk has to say beyond the usual kinds of notices."""
        from gongkai.notices.kinds import Kind, register

        register(
            Kind("lapsed", "申请人或者被征求意见方逾期", "warning"),
            Kind("file_redacted", "后台遮盖的文件", desk_only=True),
            Kind("nothing_arrived", "很久没有来件", "warning"),
        )
