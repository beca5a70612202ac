"""Everything that is in is found by every piece of it, and nothing else; the same in every database."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.audit import actions as trail
from gongkai.search import actions, gin, index, queries
from gongkai.search.folding import fold, fold_parts
from gongkai.search.models import Entry, first_id_of, last_id_of
from gongkai.search.queries import Hit, search, suggest
from gongkai.search.words import parse
from tests.agencies.cast import Cast
from tests.search.conftest import NOON

ALPHABET = "教育局招生通知公开㛃𠮷\U00031350發Ａ２a20 1（〔)\n·，。“"
Put = Callable[..., Entry]


def titles(**asked) -> list[str]:
    return [hit.entry.title for hit in search(asked.pop("text", ""), **asked).hits]


def corpus(put: Put, count: int, seed: int) -> dict[int, tuple[str, str]]:
    """Random documents, and by id the folded head and the whole folded text of each."""
    draw = Random(seed)

    def text(longest: int) -> str:
        return "".join(draw.choices(ALPHABET, k=draw.randint(1, longest)))

    made = {}
    for _ in range(count):
        title, file_number, body, file = text(12), text(6), text(60), text(40)
        day = date(2026, 3, 1) - timedelta(days=draw.choice((draw.randrange(40), draw.randrange(5000))))
        entry = put(title, body, document_number=file_number, files={"名单.xlsx": file}, published_on=day)
        head = fold_parts([title, file_number])
        made[entry.pk] = head, head + "\n" + fold_parts([body, "名单.xlsx", file])
    assert len(made) == count
    return made


def holding(words: Sequence[str], texts: dict[int, str]) -> list[int]:
    return sorted((pk for pk, text in texts.items() if all(word in text for word in words)), reverse=True)


def test_every_piece_of_every_text_finds_what_a_plain_look_finds(put: Put):
    made = corpus(put, 60, seed=711)
    texts = {pk: whole for pk, (_, whole) in made.items()}
    pieces = st.one_of(
        st.text(st.sampled_from(ALPHABET), min_size=1, max_size=8),
        st.sampled_from(sorted(texts.values())).flatmap(
            lambda text: st.builds(
                lambda at, length: text[at : at + length], st.integers(0, len(text)), st.integers(1, 12)
            )
        ),
    )

    @settings(max_examples=400, suppress_health_check=list(HealthCheck))
    @given(st.lists(pieces, min_size=1, max_size=3))
    def look(typed: list[str]) -> None:
        words = parse(" ".join(typed)).words
        found = [hit.entry.pk for hit in search(" ".join(typed), per_page=100).hits]
        assert found == (holding(words, texts) if words else sorted(texts, reverse=True))
        if words:
            heads = {pk: head for pk, (head, _) in made.items()}
            by_relevance = [
                hit.entry.pk for hit in search(" ".join(typed), order="relevance", per_page=100).hits
            ]
            assert sorted(by_relevance, reverse=True) == found
            in_head = holding(words, heads)
            numbered = Entry.objects.filter(pk__in=found, folded_number__in=["".join(words), *words])
            if not numbered.exclude(folded_number="").exists():
                assert by_relevance == in_head + [pk for pk in found if pk not in in_head]

    look()


def test_every_single_character_finds_its_texts(put: Put):
    texts = {pk: whole for pk, (_, whole) in corpus(put, 30, seed=3).items()}
    for char in set("".join(texts.values())) - set(" \n"):
        assert [hit.entry.pk for hit in search(char, per_page=50).hits] == holding([char], texts)


def test_whatever_is_put_in_and_taken_out_the_index_follows(cast: Cast, put: Put):
    words = ["教育", "通知", "a2", "教", "公开通知", "𠮷"]

    @settings(max_examples=30, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(
            st.tuples(
                st.sampled_from("甲乙丙丁"),
                st.none() | st.lists(st.sampled_from(words), max_size=4).map("".join),
                st.integers(0, 2),
            ),
            max_size=12,
        )
    )
    def play(moves: list[tuple[str, str | None, int]]) -> None:
        held: dict[str, str] = {}
        for key, body, day in moves:
            if body is None:
                assert actions.take_out(kind="item", key=key, at=NOON) == (key in held)
                held.pop(key, None)
            else:
                put("示例", body, key=key, published_on=date(2026, 3, 1 + day))
                held[key] = body
            for word in words:
                found = {hit.entry.key for hit in search(word).hits}
                assert found == {name for name, text in held.items() if fold(word) in fold(text)}
        for key in held:
            actions.take_out(kind="item", key=key, at=NOON)
        assert search("示例").total == 0 and not Entry.objects.exists()

    play()


def test_what_is_rolled_back_was_never_in(put: Put):
    with pytest.raises(RuntimeError), transaction.atomic():
        put("关于招生的通知")
        raise RuntimeError("the item could not be published")
    assert search("招生").total == 0
    put("关于招生的通知")
    with pytest.raises(RuntimeError), transaction.atomic():
        actions.take_out(kind="item", key="1", at=NOON)
        raise RuntimeError("the item could not be withdrawn")
    assert search("招生").total == 1


def test_what_is_taken_out_is_nowhere(put: Put):
    put("关于招生的通知", "正文", document_number="示教发〔2026〕1号", files={"名单.xlsx": "甄示范"})
    assert suggest("关于") and suggest("示教发")
    assert actions.take_out(kind="item", key="1", at=NOON)
    assert suggest("关于") == () == suggest("示教发")
    assert all(search(word).total == 0 for word in ("招", "招生", "正文", "甄示范", "名单", "2026"))
    with connection.cursor() as cursor:
        for table in ("search_entry", "search_text", "search_part"):
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)
    assert not actions.take_out(kind="item", key="1", at=NOON)


def test_a_new_text_takes_the_place_of_the_old(put: Put):
    first = put("关于招生的通知", key="7")
    again = put("关于放假的通知", key="7")
    assert search("招生").total == 0 and titles(text="放假") == ["关于放假的通知"]
    assert again.pk == first.pk and again.first_put_at == first.first_put_at
    moved = put("关于放假的通知", key="7", published_on=date(2026, 4, 1))
    assert moved.pk == first_id_of(date(2026, 4, 1)) and search("放假").total == 1


def test_the_ids_of_a_day_lie_between_those_of_its_neighbors(put: Put):
    day = date(2026, 3, 1)
    entries = [put(published_on=day) for _ in range(3)]
    assert [entry.pk for entry in entries] == [first_id_of(day) + n for n in range(3)]
    assert last_id_of(day) < first_id_of(day + timedelta(days=1))


def test_the_index_can_be_made_anew(put: Put):
    texts = {pk: whole for pk, (_, whole) in corpus(put, 20, seed=5).items()}
    assert actions.rebuild(at=NOON) == 20
    for word in ("教育", "通", "𠮷", "2a"):
        assert [hit.entry.pk for hit in search(word, per_page=50).hits] == holding([fold(word)], texts)


def test_lists_are_narrowed_by_everything_an_entry_has(cast: Cast, put: Put):
    put("甲", category="20/20-11/compulsory", section="基础教育科", year=2024, validity="in_force")
    put("乙", category="20/20-11", section="财务 科", year=2025, validity="repealed", media="pdf")
    put("丙", category="20/20-1", kind="report", published_on=date(2026, 1, 5))
    put("丁", agency=cast.above, published_on=date(2025, 1, 5))
    assert titles(category="20/20-11") == ["乙", "甲"]
    assert titles(category="20") == ["乙", "甲", "丙"]
    assert titles(category="20/20-11/compulsory") == ["甲"] and titles(category="20/20") == []
    assert titles(section="财务 科") == ["乙"]
    assert titles(year=2024) == ["甲"] and titles(validity="repealed") == ["乙"]
    assert titles(kind="report") == ["丙"] and titles(media="pdf") == ["乙"]
    assert titles(agency=cast.above) == ["丁"]
    assert titles(since=date(2026, 1, 5), until=date(2026, 1, 5)) == ["丙"]
    assert titles(until=date(2026, 1, 4)) == ["丁"]
    assert titles(text="甲", year=2025) == [] and titles(text="乙", section="财务 科") == ["乙"]


def test_the_newest_come_first_page_by_page(put: Put):
    for day in (3, 1, 2, 5, 4):
        put(f"招生{day}", published_on=date(2026, 3, day))
    assert titles(text="招生", per_page=2) == ["招生5", "招生4"]
    assert titles(text="招生", per_page=2, page=3) == ["招生1"]
    assert titles(text="招生", per_page=2, page=4) == []
    page = search("招生", per_page=2)
    assert page.total == 5 and page.is_total_exact and page.has_next
    assert not search("招生", per_page=2, page=3).has_next


def test_relevance_puts_the_number_first_and_then_the_titles(put: Put):
    put("文号", "", document_number="示教发〔2026〕12号", published_on=date(2026, 1, 1))
    put("标题里有示教发〔2026〕12号", published_on=date(2026, 1, 2))
    put("正文", "根据示教发〔2026〕12号文件", published_on=date(2026, 1, 3))
    put("另一个", "", document_number="示教发〔2026〕112号", published_on=date(2026, 1, 4))
    found = titles(text="示教发[2026]12号", order="relevance")
    assert found == ["文号", "标题里有示教发〔2026〕12号", "正文"]
    assert titles(text="示教发[2026]12号") == ["正文", "标题里有示教发〔2026〕12号", "文号"]


def test_a_large_number_of_finds_is_said_to_be_at_least(put: Put, monkeypatch):
    monkeypatch.setattr(queries, "COUNTED", 3)
    for _ in range(4):
        put("招生")
    page = search("招生", per_page=2)
    assert page.total == 3 and not page.is_total_exact and page.has_next
    assert search("招生", per_page=2, page=2).total == 4
    assert search("招生", per_page=10).is_total_exact


def shown(hit: Hit) -> list[str]:
    """Title and fragments with what was found in brackets."""
    lines = [hit.title, *(fragment.segments for fragment in hit.fragments)]
    return ["".join(f"[{each.text}]" if each.is_hit else each.text for each in line) for line in lines]


def test_finds_are_marked_where_people_read_them(put: Put):
    put("關於 ２０２６ 年招生的通知", "各校：\n请于3月前报\n送材料。", files={"学校名单.xlsx": "示例 小学"})
    (hit,) = search("2026年招生").hits
    assert shown(hit) == ["關於 [２０２６ 年招生]的通知", "各校：\n请于3月前报\n送材料。"]
    (hit,) = search("报送 示例小学").hits
    assert shown(hit)[1:] == ["各校：\n请于3月前[报\n送]材料。", "[示例 小学]"]
    assert [fragment.attachment for fragment in hit.fragments] == ["", "学校名单.xlsx"]
    (hit,) = search("学校名单").hits
    assert shown(hit)[1:] == ["[学校名单].xlsx"]


def test_a_find_deep_in_a_long_attachment_is_shown(put: Put):
    text = "填充 文字，\n" * 20000 + "甄示范在这里" + "后面　还有。\n" * 30000
    put("附件很长", files={"长.txt": text})
    (hit,) = search("甄示范").hits
    assert "[甄示范]在这里" in shown(hit)[1] and len(shown(hit)[1]) < 200


def test_everything_marked_is_what_was_looked_for(put: Put):
    corpus(put, 40, seed=8)
    for typed in ("教育", "招", "2", "公开", "a 教", "通知 2", "生通"):
        words = parse(typed).words
        for hit in search(typed, per_page=50).hits:
            lines = [hit.title, hit.document_number, *(each.segments for each in hit.fragments)]
            marks = [segment.text for line in lines for segment in line if segment.is_hit]
            assert marks and all(any(word in fold(mark) for word in words) for mark in marks)


def test_suggestions_are_titles_and_numbers_that_go_on_like_this(put: Put):
    put("关于招生的通知", document_number="示教发〔2026〕1号", published_on=date(2026, 1, 1))
    put("小学招生办法", published_on=date(2026, 1, 2))
    put("招生简章", published_on=date(2025, 1, 3))
    put("别的", "招生")
    assert suggest("招生") == ("招生简章", "小学招生办法", "关于招生的通知")
    assert suggest("示教发[") == ("示教发〔2026〕1号",)
    assert suggest("") == () == suggest("没有的")


@pytest.mark.parametrize(
    "typed", ['"', "“”", "*", "a* OR b", "NEAR(", "%", "_", "\\", "'; --", "\0", "\ud800"]
)
def test_signs_mean_nothing_but_themselves(put: Put, typed: str):
    put("无关的标题", "")
    put("有", f"前{typed}后")
    words = parse(typed).words
    assert titles(text=typed) == (["有"] if words else ["有", "无关的标题"])


def test_nothing_that_is_looked_for_is_logged(put: Put, caplog):
    put("甄示范的通知")
    with caplog.at_level("INFO"):
        search("甄示范")
        suggest("甄示范")
    assert caplog.records == []


def test_pages_end_somewhere(put: Put, monkeypatch):
    monkeypatch.setattr(queries, "FARTHEST", 4)
    monkeypatch.setattr(queries, "COUNTED", 2)
    for _ in range(6):
        put("招生")
    assert search("招生", per_page=2).has_next
    last = search("招生", per_page=2, page=2)
    assert len(last.hits) == 2 and not last.has_next
    assert search("招生", per_page=2, page=10**12).hits == ()


def test_a_text_of_any_length_is_found_by_its_last_words(put: Put):
    draw = Random(4)
    characters = [chr(code) for code in range(0x4E00, 0x9F00)]
    text = "".join(draw.choices(characters, k=150_000))
    put("附件很长", files={"长.txt": text + "最后几个字㛃"})
    assert titles(text="几个字㛃") == ["附件很长"] and titles(text=text[75_000:75_006]) == ["附件很长"]
    put("附件很长", key="1")
    assert titles(text="几个字㛃") == []


def test_publishing_takes_one_lock_whatever_it_writes_first():
    assert gin.ONE_WRITER == trail._CHAIN_LOCK


def test_the_index_is_made_anew_by_a_command(put: Put, capsys):
    put("关于招生的通知")
    index.clear()
    assert titles(text="招生") == []
    call_command("rebuild_search", skip_checks=True)
    assert capsys.readouterr().out == "检索索引已重建，共1条。\n"
    assert titles(text="招生") == ["关于招生的通知"]
