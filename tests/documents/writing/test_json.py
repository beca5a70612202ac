"""The exchange form as a file."""

import json

from documents.writing.reports import a_report

from gongkai.documents.writing import write
from gongkai.law.report.exchange import from_json, to_json


def test_it_is_the_exchange_form() -> None:
    report = a_report("fy2019")
    parsed = json.loads(write(report, "json"))
    assert parsed == to_json(report)
    assert from_json(parsed) == report


def test_a_row_stands_on_a_line() -> None:
    lines = write(a_report(), "json").decode().splitlines()
    assert '      "carried_forward": [null, 3, 3, 3, 3, 3, 3]' in lines
    assert '    "administrative_fee": {"amount": "282.1000"}' in lines
