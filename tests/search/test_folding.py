"""What reads alike is looked for alike; a piece of a text folds to a piece of the folded text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.folding import PART_END, composed, fold, fold_parts, fold_with_origin

WRITTEN = st.text(
    st.one_of(
        st.sampled_from("教育局2020年a B\u3000\n\t（〔[【〕】]“”「」\"'—–-·•㛃𠮷\U00030edd"),
        st.sampled_from("發髮乾隆㎡①Ａ９é\u0301\u200b\ufe00İß"),
        st.characters(),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("塔教发(2020)12号", "塔教发〔2020〕12号"),
        ("塔教发[2020]12号", "塔教发【２０２０】１２号"),
        ("有關事項", "有关事项"),
        ("ＡＢＣ１２３", "abc123"),
        ("二○二○年", "二〇二〇年"),
        ("教育 局", "教\n育　局"),
        ("hello world", "Hello \n World"),
        ("2020 年", "2020年"),
        ("关于“双减”", '关于"双减"'),
        ("A—B", "a－b"),
        ("招\u200b生\ufe00", "招生"),
        ("㎡", "m2"),
        ("e\u0301cole", "ÉCOLE"),
    ],
)
def test_two_spellings_of_one_thing_are_one(typed: str, written: str):
    assert fold(typed) == fold(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("教育局", "教育厅"),
        ("a b", "ab"),
        ("12 34", "1234"),
        ("㛃", "𠮷"),
        ("《办法》", "（办法）"),
        ("1.5", "15"),
    ],
)
def test_what_is_not_the_same_stays_apart(one: str, other: str):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("rare", ["㛃", "𠮷", "\U0002a6d6", "\U00030edd", "\U00031350", "\ue5e5"])
def test_rare_characters_stay(rare: str):
    assert fold(f"甄{rare}") == f"甄{rare}"


@given(WRITTEN)
def test_a_folded_text_has_no_quotation_mark_break_or_loose_space(text: str):
    folded = fold(text)
    assert not set(folded) & set("\"'\n\t\0")
    assert "  " not in folded and folded == folded.strip(" ")


@given(WRITTEN, WRITTEN, WRITTEN)
def test_a_piece_folds_to_a_piece(before: str, piece: str, after: str):
    whole = composed(before + "教" + piece + "育" + after)
    cut = composed("教" + piece + "育")
    if cut in whole:  # a combining mark may have joined the character before it
        assert fold(cut) in fold(whole)


@given(WRITTEN)
def test_every_folded_character_knows_where_it_comes_from(text: str):
    text = composed(text)
    folded, origin = fold_with_origin(text)
    assert folded == fold(text) and len(origin) == len(folded)
    assert list(origin) == sorted(origin)
    for char, place in zip(folded, origin, strict=True):
        assert char == " " or char in fold(text[place])


@given(st.lists(WRITTEN, min_size=1, max_size=5))
def test_parts_stay_apart(parts: list[str]):
    assert fold_parts(parts).split(PART_END) == [fold(part) for part in parts]


@given(WRITTEN)
def test_what_is_kept_can_be_kept_by_any_database(text: str):
    assert "\0" not in composed(text)
    composed(text).encode()
