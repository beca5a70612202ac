"""``open_office``: register a real agency and the head of its disclosure office."""

from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from gongkai.agencies.actions import open_account, open_agency
from gongkai.agencies.models import Agency, Membership


class Command(BaseCommand):
    help = "登记一个机关，并为其政府信息公开工作机构负责人开设账号；密码在提示后输入。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="机关全称")
        parser.add_argument("slug", help="网址代号：英文字母、数字、连字符")
        parser.add_argument("username", help="负责人的登录名")
        parser.add_argument("full_name", help="负责人的姓名")
        parser.add_argument("--supervisor", help="主管部门的网址代号（须已登记）")
        parser.add_argument("--region", default="", help="地方节假日代号，例如 65-xinjiang")
        parser.add_argument("--government", action="store_true", help="人民政府的主管部门（年报期限3月31日）")

    def handle(self, *args: Any, **options: Any) -> None:
        password = getpass("负责人的初始密码（至少10位，不能全是数字）：")
        try:
            validate_password(password)
            self._open(password, **options)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"已登记{options['name']}；负责人用登录名“{options['username']}”登录后，可以增加其他人员。"
        )

    @transaction.atomic
    def _open(self, password: str, **options: Any) -> None:
        at = timezone.now()
        agency = open_agency(
            name=options["name"],
            slug=options["slug"],
            kind=Agency.Kind.GOVERNMENT if options["government"] else Agency.Kind.AGENCY,
            region=options["region"],
            supervisor=self._supervisor(options["supervisor"]),
            by=None,
            at=at,
        )
        roles = [Membership.Role.OFFICE_HEAD]
        open_account(
            agency=agency,
            username=options["username"],
            full_name=options["full_name"],
            password=password,
            roles=roles,
            by=None,
            at=at,
        )

    def _supervisor(self, slug: str | None) -> Agency | None:
        if not slug:
            return None
        supervisor = Agency.objects.filter(slug=slug).first()
        if supervisor is None:
            raise CommandError(f"没有代号为“{slug}”的主管部门，请先登记它。")
        return supervisor
