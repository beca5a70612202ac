"""What a session remembers can be read with the key of the installation, and only with it."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.sealing.sessions import SessionStore

REMEMBERED = {"case_list_text": "甄示范", "_messages": ["已生成“甄示范的申请.pdf”"]}


@given(
    st.dictionaries(st.text(max_size=20), st.text(max_size=50) | st.integers(-9, 9) | st.none(), max_size=5)
)
def test_what_a_session_remembers_comes_back(remembered):
    store = SessionStore()
    assert store.decode(store.encode(remembered)) == remembered


def test_nothing_of_it_stands_in_the_database():
    stored = SessionStore().encode(REMEMBERED)
    assert stored != SessionStore().encode(REMEMBERED)
    for text in ("甄示范", "case_list_text", "申请"):
        assert text.encode() not in base64.b64decode(stored)


@given(st.integers(0, 60), st.integers(1, 255))
def test_a_changed_byte_ends_the_session(place, change):
    sealed = bytearray(base64.b64decode(SessionStore().encode(REMEMBERED)))
    sealed[place] ^= change
    assert SessionStore().decode(base64.b64encode(sealed).decode()) == {}


@pytest.mark.parametrize("stored", ["", "!", "eyJhIjoxfQ:1abc:def", "AAAA", "甄"])
def test_anything_else_counts_as_no_session(stored):
    assert SessionStore().decode(stored) == {}


def test_another_key_of_the_installation_ends_every_session(settings):
    stored = SessionStore().encode(REMEMBERED)
    settings.SECRET_KEY = "another one, only for tests"
    assert SessionStore().decode(stored) == {}
