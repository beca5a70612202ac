"""Applicant kinds: the columns of table 3 of the annual report."""

from enum import StrEnum

from gongkai.law.report.formats import all_formats


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

COLUMN_LABELS = {column.code: column.label for column in all_formats()[-1].table3_columns}
