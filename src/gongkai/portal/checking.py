"""A report put before the public check: findings at their cells, doubts, what would mend it."""

from dataclasses import dataclass

from gongkai.law.report.checks import check
from gongkai.law.report.doubts import settled_by_last_year
from gongkai.law.report.filled import FilledReport
from gongkai.law.report.relations import evaluate
from gongkai.law.report.repair import Repair, repairs
from gongkai.pieces.sheets import Mark, Question, Sheet, draw, marks, questions


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the page says about one report. Counts are of relations and of cells."""

    report: FilledReport
    marks: tuple[Mark, ...]
    sheets: tuple[Sheet, ...]
    repairs: tuple[Repair, ...]
    holding: int
    broken: int
    undecided: int
    cells: int
    blanks: int

    @property
    def title(self) -> str:
        return self.report.title or ""

    @property
    def agency(self) -> str:
        return self.report.agency or ""

    @property
    def year(self) -> int | None:
        return self.report.year

    @property
    def doubts(self) -> tuple[Question, ...]:
        return questions(self.report)

    @property
    def prose(self) -> list[str]:
        return [text for text in self.report.sections.values() if text]

    @property
    def errors(self) -> int:
        return sum(mark.finding.severity == "error" for mark in self.marks)

    @property
    def warnings(self) -> int:
        return sum(mark.finding.severity == "warning" for mark in self.marks)


def assess(report: FilledReport, previous: FilledReport | None) -> Assessment:
    """Check a report by itself, and against the year before if that was handed in too."""
    report = settled_by_last_year(report, previous) if previous else report
    found = marks(check(report, previous=previous))
    verdicts = [evaluation.verdict for evaluation in evaluate(report)]
    values = [value for _, value in report.cells()]
    return Assessment(
        report=report,
        marks=found,
        sheets=draw(report, found),
        repairs=repairs(report),
        holding=verdicts.count("holds"),
        broken=verdicts.count("broken"),
        undecided=verdicts.count("undecided"),
        cells=len(values),
        blanks=values.count(None),
    )
