"""A letter kept, edited and hashed."""

import json
from dataclasses import replace
from datetime import date

import pytest
from documents.letters.cases import CASES, letter_of
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.letters import Letter, Paragraph, canonical_bytes
from gongkai.documents.letters.letter import Cell, Table, lines_of, paragraphs_of

anything = st.text(max_size=40)
rows = st.lists(
    st.lists(st.builds(Cell, anything, st.integers(1, 4), st.booleans(), st.integers(1, 9)), max_size=3).map(
        tuple
    ),
    max_size=3,
).map(tuple)
letters = st.builds(
    Letter,
    kind=st.sampled_from(["receipt", "answer_denied"]),
    issuer=anything,
    title=anything,
    document_number=anything,
    addressee=anything,
    paragraphs=st.lists(st.builds(Paragraph, anything), max_size=4).map(tuple),
    tables=st.lists(st.builds(Table, anything, st.just((1, 2)), rows, st.integers(0, 1)), max_size=2).map(
        tuple
    ),
    attachments=st.lists(anything, max_size=2).map(tuple),
    dated=st.none() | st.dates(),
    contact=st.lists(anything, max_size=2).map(tuple),
    copy_to=st.lists(anything, max_size=2).map(tuple),
    link=anything,
)


@given(letters)
def test_a_letter_comes_back_from_json_as_it_was(letter: Letter) -> None:
    assert Letter.from_json(json.loads(json.dumps(letter.to_json()))) == letter


@given(letters)
def test_the_bytes_to_hash_depend_on_the_words_and_on_nothing_else(letter: Letter) -> None:
    again = Letter.from_json(json.loads(json.dumps(letter.to_json())))
    assert canonical_bytes(again) == canonical_bytes(letter)
    assert canonical_bytes(replace(letter, title=f"{letter.title}。")) != canonical_bytes(letter)


@pytest.mark.parametrize("name", CASES)
def test_what_the_clerk_does_not_change_stays(name: str) -> None:
    letter = letter_of(name)
    assert letter.with_body_text(letter.body_text) == letter


@given(st.text())
def test_any_text_becomes_paragraphs_and_stays_as_it_is_from_then_on(text: str) -> None:
    edited = letter_of("supplement_notice").with_body_text(text)
    assert edited.with_body_text(edited.body_text) == edited
    assert all(paragraph.text.strip() for paragraph in edited.paragraphs)
    canonical_bytes(edited)


def test_blank_lines_and_control_characters_fall_away() -> None:
    assert lines_of("第一段\r\n\r\n  第\x00二\t 段 \u2028第三段\ud800") == ("第一段", "第二 段", "第三段")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("一、救济途径", "heading"),
        ("十二、附则", "heading"),
        ("一、经审查，本机关认为申请内容不明确。", "body"),
        ("（三）其他", "subheading"),
        ("1.收费标准", "item"),
        ("（1）收费标准", "item"),
        ("1.5万元", "body"),
        ("特此告知。", "body"),
        ("", "body"),
    ],
)
def test_the_numbering_of_a_line_tells_its_role(text: str, role: str) -> None:
    assert Paragraph(text).role == role


def test_edited_words_keep_the_frame() -> None:
    letter = letter_of("answer_denied-deliberative")
    edited = letter.with_body_text("一、决定\n不予公开。")
    assert edited.paragraphs == paragraphs_of(["一、决定", "不予公开。"])
    assert replace(edited, paragraphs=letter.paragraphs) == letter
    assert edited.dated == date(2026, 3, 9)
