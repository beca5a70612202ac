"""Agencies, their sections, the people in them."""

from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from gongkai.law.limits import ReportKind


class Account(AbstractBaseUser):
    """A member of staff who can sign in. What one may do comes from roles alone."""

    username = models.CharField("登录名", max_length=60, unique=True)
    full_name = models.CharField("姓名", max_length=60)
    is_active = models.BooleanField("可以登录", default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]
    objects = BaseUserManager()

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return self.full_name


class Agency(models.Model):
    """A body under the duty to disclose. ``kind`` decides when its annual report is due."""

    class Kind(models.TextChoices):
        AGENCY = "agency", "行政机关（部门）"
        GOVERNMENT = "government", "人民政府（含派出机关）的信息公开主管部门"

    name = models.CharField("全称", max_length=120, unique=True)
    slug = models.SlugField("网址代号", max_length=60, unique=True)
    kind = models.CharField("类别", max_length=20, choices=Kind.choices, default=Kind.AGENCY)
    region = models.CharField("地方节假日代号", max_length=40, blank=True)
    supervisor = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name="主管部门",
    )

    if TYPE_CHECKING:
        supervisor_id: int | None

    class Meta:
        verbose_name = "机关"
        verbose_name_plural = "机关"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(supervisor=F("id")),
                name="agency_not_its_own_supervisor",
                violation_error_message="机关不能是自己的主管部门。",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def report_kind(self) -> ReportKind:
        """As ``law.limits.report_due`` names it."""
        return "government" if self.kind == self.Kind.GOVERNMENT else "agency"


class Section(models.Model):
    """A section (科室) of an agency; one of them is its disclosure office (第四条)."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField("科室名称", max_length=60)
    is_disclosure_office = models.BooleanField("是政府信息公开工作机构", default=False)

    class Meta:
        verbose_name = "科室"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"],
                name="section_once_per_agency",
                violation_error_message="本机关已有同名科室。",
            ),
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(is_disclosure_office=True),
                name="one_disclosure_office_per_agency",
                violation_error_message="本机关已经指定了政府信息公开工作机构。",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role of a person in an agency. One person may hold several.

    ``section`` is where the person works; without one, in the disclosure office.
    """

    class Role(models.TextChoices):
        OFFICER = "officer", "经办人"
        SECTION_HEAD = "section_head", "承办科室负责人"
        OFFICE_HEAD = "office_head", "工作机构负责人"
        LEGAL_REVIEWER = "legal_reviewer", "法制审核人"
        SECRECY_REVIEWER = "secrecy_reviewer", "保密审查人"
        LEADER_IN_CHARGE = "leader_in_charge", "分管领导"
        SUPERVISOR = "supervisor", "主管部门审核人"

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    section = models.ForeignKey(
        Section,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="所在科室",
    )

    if TYPE_CHECKING:
        account_id: int
        agency_id: int
        section_id: int | None

    class Meta:
        verbose_name = "任职"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["account", "agency", "role"], name="role_once_per_agency"),
        ]

    def __str__(self) -> str:
        return f"{self.account}（{self.get_role_display()}）"


class LeadingGroup(models.Model):
    """The coordinating group (领导小组) that the report's prose speaks of."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="leading_group")
    name = models.CharField("名称", max_length=80)

    class Meta:
        verbose_name = "领导小组"

    def __str__(self) -> str:
        return self.name


class LeadingGroupSeat(models.Model):
    """Who sits in a leading group, and as what."""

    class Duty(models.TextChoices):
        HEAD = "head", "组长"
        DEPUTY = "deputy", "副组长"
        MEMBER = "member", "成员"

    group = models.ForeignKey(LeadingGroup, on_delete=models.CASCADE, related_name="seats")
    name = models.CharField("姓名", max_length=60)
    position = models.CharField("职务", max_length=80, blank=True)
    duty = models.CharField("组内职责", max_length=20, choices=Duty.choices, default=Duty.MEMBER)

    class Meta:
        verbose_name = "领导小组席位"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(duty="head"),
                name="one_head_per_leading_group",
                violation_error_message="领导小组只有一位组长；请先调整现任组长。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}：{self.name}"
