"""Applicant kinds: the columns of table 3 of the annual report."""

from enum import StrEnum


class ApplicantKind(StrEnum):
    """Who applies, in the order of the columns; the column ``total`` is a sum, not a kind."""

    NATURAL_PERSON = "natural_person"
    COMMERCIAL_ENTERPRISE = "commercial_enterprise"
    RESEARCH_INSTITUTION = "research_institution"
    PUBLIC_WELFARE_ORGANIZATION = "public_welfare_organization"
    LEGAL_SERVICE_ORGANIZATION = "legal_service_organization"
    OTHER_ORGANIZATION = "other_organization"

    @property
    def label(self) -> str:
        return COLUMN_LABELS[self.value]

    @property
    def is_organization(self) -> bool:
        """Whether the form groups it under 法人或其他组织."""
        return self is not ApplicantKind.NATURAL_PERSON


TOTAL = "total"

COLUMN_LABELS = {
    "natural_person": "自然人",
    "commercial_enterprise": "商业企业",
    "research_institution": "科研机构",
    "public_welfare_organization": "社会公益组织",
    "legal_service_organization": "法律服务机构",
    "other_organization": "其他",
    TOTAL: "总计",
}
