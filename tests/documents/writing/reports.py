"""Invented reports to write: one by hand, and as many as hypothesis likes to draw."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.law.report.filled import FilledReport, FilledTable, Value
from gongkai.law.report.formats import TABLES, cell_kind, load_format

AGENCIES = ("虚构市教育局", "示例区人民政府", "样例县档案局", "虚构省某某厅")
SENTENCES = (
    "本年度主动公开政府信息12条。",
    "全年共收到政府信息公开申请3件，均已按期答复。",
    "（一）加强组织领导。成立领导小组，由喆堃任组长。",
    "（二）健全制度",
    "一是公开渠道还不够宽；二是更新还不够及时。",
    "下一步将拓宽公开渠道，做到“应公开尽公开”。",
    "无。",
    "A&B < C > D，100%属实。",
)
NOTES = ("其中修订16件", "含“放管服”事项2件", "50%为线上办理")


def filled(form: str, table: str, value: Value = 0, **changes: Value) -> FilledTable:
    """A table with the same value everywhere, but for the cells named (dots written as two
    underscores, without the table)."""
    cells: dict[str, Value] = dict.fromkeys(load_format(form).addresses(table), value)
    cells |= {f"{table}.{name.replace('__', '.')}": changed for name, changed in changes.items()}
    return FilledTable(form, cells)


def a_report(form: str = "fy2021") -> FilledReport:
    """A report in which every printed peculiarity occurs: blanks, notes, signs, units, rare names."""
    year = {"fy2019": 2020, "fy2021": 2023}[form]
    changes: dict[str, Value] = (
        {"permit__change": 10, "penalty__change": -18, "central_procurement__amount": Decimal("1082.36")}
        if form == "fy2019"
        else {"administrative_fee__amount": Decimal("282.1000")}
    )
    table2 = filled(form, "table2", 7, **changes)
    note = {"table2.normative_document.disclosed_total": "其中修订16件"}
    if form == "fy2021":
        note = {"table2.normative_document.in_force": "其中修订16件"}
    table3 = filled(form, "table3", 3, carried_forward__natural_person=None, granted__total=1234)
    return FilledReport(
        agency="虚构市教育局",
        year=year,
        tables={
            "table2": FilledTable(form, table2.cells, notes=note),
            "table3": table3,
            "table4": filled(form, "table4", 0, direct_suit__total=None),
        },
        sections={
            "overview": "（一）加强领导。由喆堃、赟㛃、𠮷同志负责。\n\n　　（二）健全制度\n本年度公开12条。",
            "proactive_disclosure": "各项数字见下表。",
            "problems_and_improvements": "问题：A&B < C，“100%”整改。",
            "other_matters": "无。",
        },
        published_on=date(year + 1, 1, 29),
    )


@st.composite
def reports(draw: st.DrawFn) -> FilledReport:
    """Reports in both forms and in mixtures of them, with blanks and notes."""
    form = draw(st.sampled_from(("fy2019", "fy2021")))
    year = draw(st.integers(*{"fy2019": (2019, 2020), "fy2021": (2021, 2025)}[form]))
    agency = draw(st.sampled_from(AGENCIES))
    prose = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map("\n".join)
    codes = [section.code for section in load_format(form).sections]
    return FilledReport(
        agency=agency,
        year=year,
        tables={table: draw(_tables(form, table)) for table in TABLES},
        sections=draw(st.dictionaries(st.sampled_from(codes), prose)),
        title=draw(st.sampled_from((None, f"{agency}{year}年度政府信息公开工作年度报告"))),
        published_on=draw(st.dates(date(year + 1, 1, 2), date(year + 1, 3, 31))),
    )


@st.composite
def _tables(draw: st.DrawFn, form: str, table: str) -> FilledTable:
    other = {"fy2019": "fy2021", "fy2021": "fy2019"}[form]
    if table == "table3" and draw(st.integers(0, 3)) == 0:
        form = other
    mixed = {"20-1": other} if table == "table2" and draw(st.integers(0, 3)) == 0 else {}
    cells: dict[str, Value] = {}
    for address in _addresses(form, table, mixed):
        cells[address] = draw(_values(address))
    counts = [address for address, value in cells.items() if isinstance(value, int)]
    noted = draw(st.lists(st.sampled_from(counts), max_size=2)) if table == "table2" and counts else []
    return FilledTable(form, cells, mixed, {address: draw(st.sampled_from(NOTES)) for address in noted})


def _addresses(form: str, table: str, mixed: dict[str, str]) -> list[str]:
    if table != "table2":
        return list(load_format(form).addresses(table))
    forms = {block.code: form for block in load_format(form).table2} | mixed
    blocks = (b for code, f in sorted(forms.items()) for b in load_format(f).table2 if b.code == code)
    return [address for block in blocks for address in block.addresses()]


def _values(address: str) -> st.SearchStrategy[Value]:
    figures: dict[str, st.SearchStrategy[Value]] = {
        "count": st.one_of(st.integers(0, 9), st.integers(0, 10**6)),
        "signed": st.integers(-999, 999),
        "amount": st.decimals(0, 10**6, places=4, allow_nan=False, allow_infinity=False),
    }
    return st.one_of(figures[cell_kind(address)], figures[cell_kind(address)], st.none())
