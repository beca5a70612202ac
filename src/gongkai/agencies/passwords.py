"""How long a password must be, said in Chinese (Django's own sentence has no translation)."""

from django.core.exceptions import ValidationError

LEAST = 10


class LongEnough:
    """At least ``LEAST`` characters."""

    def validate(self, password: str, user: object = None) -> None:
        if len(password) < LEAST:
            raise ValidationError(
                f"密码太短：至少要{LEAST}位，现在是{len(password)}位。", code="password_too_short"
            )

    def get_help_text(self) -> str:
        return f"密码至少{LEAST}位。"
