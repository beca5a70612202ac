"""Every read of the desk."""

from gongkai.casework.queries.cases import cases_of, cases_seen_by, find_case

__all__ = ["cases_of", "cases_seen_by", "find_case"]
