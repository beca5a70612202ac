"""Days as people type them, in every form the desk prints or reads."""

from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from gongkai.pieces.templatetags.pieces import day
from gongkai.publishing.forms.fields import DayField

DAYS = st.dates(date(1949, 10, 1), date(2099, 12, 31))
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]), st.booleans())
def test_every_form_of_a_day_is_read(on, form, full_width):
    text = on.strftime(form)
    assert DayField("日期").clean(text.translate(FULL_WIDTH) if full_width else f" {text} ") == on


@given(DAYS)
def test_a_day_is_read_as_the_pages_print_it(on):
    assert DayField("日期").clean(day(on)) == on


@given(st.text(max_size=40))
def test_anything_else_is_refused_in_a_sentence(text):
    try:
        found = DayField("日期", required=False).clean(text)
    except forms.ValidationError as error:
        assert all(sentence.endswith("。") for sentence in error.messages)
    else:
        assert found is None or isinstance(found, date)


@pytest.mark.parametrize("text", ["1800-01-01", "2999-01-01", "2026-02-30", "2026-13-01", "昨天"])
def test_days_that_cannot_be_are_refused(text):
    with pytest.raises(forms.ValidationError):
        DayField("日期").clean(text)
