"""The department-function table put to an application: which section is it for?"""

from gongkai.agencies.models import Section
from gongkai.casework.models import Application
from gongkai.law.functions import FunctionLine, SectionSuggestion, suggest_section

_OFFERED = 3


def suggestions(case: Application) -> list[tuple[Section, SectionSuggestion]]:
    """The sections whose functions share words with the application, the best first."""
    sections = {section.name: section for section in case.agency.sections.prefetch_related("functions")}
    lines = [
        FunctionLine(name, [line.matters for line in section.functions.all()])
        for name, section in sections.items()
    ]
    found = suggest_section(f"{case.title}\n{case.description}", lines)
    return [(sections[each.section], each) for each in found[:_OFFERED]]
