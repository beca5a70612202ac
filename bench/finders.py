"""Ways to find a notice by what somebody typed. Each keeps its index in a folder of its own, answers with
the ids of the newest ten and how many match (up to ``COUNTED``), and is asked in the same words.

A notice's id begins with its day, in every one of them, so that a span of days is a span of ids.
"""

import logging
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, pairwise
from pathlib import Path
from typing import Any, Protocol

from bench.published import Asked, Notice
from gongkai.search.folding import fold, fold_parts
from gongkai.search.models import first_id_of, last_id_of

COUNTED, TOP, PORTION = 1000, 10, 5000
Found = tuple[list[int], int]


@dataclass(frozen=True, slots=True)
class Folded:
    """A notice with its id, and its text as all of them index it."""

    id: int
    notice: Notice
    text: str


def folded(notices: Iterable[Notice]) -> Iterable[Folded]:
    day, number = date.min, 0
    for notice in notices:
        number = number + 1 if notice.published_on == day else 0
        day = notice.published_on
        text = fold_parts([notice.title, notice.document_number, notice.body])
        yield Folded(first_id_of(day) + number, notice, text)


def span(asked: Asked) -> tuple[int, int]:
    """The ids of the days asked for."""
    first = first_id_of(asked.since) if asked.since else 0
    return first, last_id_of(asked.until) if asked.until else (1 << 62)


_SIZE = {
    "sqlite": "SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_grams%%'",
    "postgresql": "SELECT pg_total_relation_size('search_grams')",
}


class Finder(Protocol):
    name: str

    def build(self, notices: Iterable[Folded]) -> None: ...
    def open(self) -> None: ...
    def ask(self, asked: Asked) -> Found: ...
    def megabytes(self) -> float: ...


class Ours:
    """What the portal asks: ids and count alone here, the whole page in ``bench.search``."""

    name = "gongkai"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def build(self, notices: Iterable[Folded]) -> None:
        from bench.entering import enter

        enter(notices, PORTION)

    def open(self) -> None:
        """The database is the one that is set up."""

    def ask(self, asked: Asked) -> Found:
        from gongkai.search import index, queries
        from gongkai.search.words import Filters, parse

        filters = Filters(section=asked.section, since=asked.since, until=asked.until)
        ids = index.newest(queries.wanted(parse(asked.text, filters)), COUNTED + 1)
        return ids[:TOP], min(len(ids), COUNTED)

    def megabytes(self) -> float:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(_SIZE[connection.vendor])
            return cursor.fetchone()[0] / 1e6


class _Fts5:
    """A full-text table as the SQLite manual shows it, with section beside it."""

    name, tokenizer, ending = "", "", "ORDER BY f.rowid DESC"

    def __init__(self, folder: Path) -> None:
        self.file = folder / f"{self.tokenizer}.sqlite3"

    def tokens(self, text: str) -> str:
        return text

    def phrase(self, word: str) -> str:
        return f'"{word}"'

    def build(self, notices: Iterable[Folded]) -> None:
        self.open()
        self.base.execute("PRAGMA journal_mode=WAL")
        options = f"body, content='', tokenize='{self.tokenizer}'"
        self.base.execute(f"CREATE VIRTUAL TABLE f USING fts5({options})")
        self.base.execute("CREATE TABLE meta (id INTEGER PRIMARY KEY, section TEXT)")
        left = iter(notices)
        while batch := list(islice(left, PORTION)):
            with self.base:
                self.base.executemany(
                    "INSERT INTO f(rowid, body) VALUES (?, ?)", [(n.id, self.tokens(n.text)) for n in batch]
                )
                self.base.executemany(
                    "INSERT INTO meta VALUES (?, ?)", [(n.id, n.notice.section) for n in batch]
                )
        with self.base:
            self.base.execute("INSERT INTO f(f) VALUES ('optimize')")
        self.base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def open(self) -> None:
        self.base = sqlite3.connect(self.file)
        self.base.execute("PRAGMA cache_size=-20000")

    def ask(self, asked: Asked) -> Found:
        phrases = [self.phrase(fold(word)) for word in asked.text.split()]
        if not all(phrases):
            return [], 0
        values: list[Any] = [" AND ".join(phrases), *span(asked)]
        where = "f MATCH ? AND f.rowid BETWEEN ? AND ?"
        if asked.section:
            where += " AND f.rowid IN (SELECT id FROM meta WHERE id = f.rowid AND section = ?)"
            values.append(asked.section)
        top = self.base.execute(f"SELECT f.rowid FROM f WHERE {where} {self.ending} LIMIT {TOP}", values)
        ids = [row[0] for row in top.fetchall()]
        counting = f"SELECT count(*) FROM (SELECT 1 FROM f WHERE {where} LIMIT {COUNTED})"
        return ids, self.base.execute(counting, values).fetchone()[0]

    def megabytes(self) -> float:
        return self.base.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'f%'").fetchone()[0] / 1e6


class Trigram(_Fts5):
    name, tokenizer = "SQLite FTS5 trigram, newest first", "trigram"


class TrigramRanked(Trigram):
    """The same table, by BM25."""

    name, ending = "SQLite FTS5 trigram, BM25", "ORDER BY rank"

    def build(self, notices: Iterable[Folded]) -> None:
        """``Trigram`` has made it."""


class Jieba(_Fts5):
    name, tokenizer = "SQLite FTS5 with jieba's words", "unicode61"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        import jieba

        jieba.setLogLevel(logging.ERROR)
        self.cut = jieba.cut

    def tokens(self, text: str) -> str:
        return " ".join(self.cut(text))

    def phrase(self, word: str) -> str:
        return f'"{" ".join(self.cut(word))}"'


class _Tantivy:
    """A tantivy index with the section as a term and the id as a fast field."""

    name, folder_name, tokenizer = "", "", ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / self.folder_name

    def fields(self, text: str) -> dict[str, Any]:
        return {"body": text}

    def build(self, notices: Iterable[Folded]) -> None:
        import tantivy

        self.folder.mkdir(parents=True)
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", fast=True, indexed=True)
        builder.add_text_field("section", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("body", tokenizer_name=self.tokenizer, index_option="position")
        builder.add_text_field("characters", tokenizer_name="whitespace", index_option="basic")
        index = tantivy.Index(builder.build(), path=str(self.folder))
        index.register_tokenizer("whitespace", _whitespace())
        writer = index.writer(heap_size=500_000_000, num_threads=1)
        for notice in notices:
            writer.add_document(
                tantivy.Document(id=notice.id, section=notice.notice.section, **self.fields(notice.text))
            )
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        import tantivy

        self.index = tantivy.Index.open(str(self.folder))
        self.index.register_tokenizer("whitespace", _whitespace())
        self.index.reload()
        self.searcher = self.index.searcher()

    def word(self, word: str) -> Any:
        raise NotImplementedError

    def ask(self, asked: Asked) -> Found:
        from tantivy import FieldType, Occur, Query

        schema = self.index.schema
        parts = [self.word(fold(word)) for word in asked.text.split()]
        if asked.section:
            parts.append(Query.term_query(schema, "section", asked.section))
        if asked.since:
            parts.append(Query.range_query(schema, "id", FieldType.Integer, *span(asked)))
        query = Query.boolean_query([(Occur.Must, part) for part in parts])
        found = self.searcher.search(query, TOP, count=True, order_by_field="id")
        return [key for key, _ in found.hits], min(found.count, COUNTED)

    def megabytes(self) -> float:
        return sum(file.stat().st_size for file in self.folder.iterdir()) / 1e6


def _whitespace() -> Any:
    from tantivy import TextAnalyzerBuilder, Tokenizer

    return TextAnalyzerBuilder(Tokenizer.whitespace()).build()


class TantivyPlain(_Tantivy):
    name, folder_name, tokenizer = "tantivy, its own tokenizer", "tantivy-plain", "default"

    def word(self, word: str) -> Any:
        return self.index.parse_query(f'"{word}"', ["body"])


class TantivyPairs(_Tantivy):
    """Pairs of neighbors for phrases, characters for words of one: both made for it in Python."""

    name, folder_name, tokenizer = "tantivy, pairs and characters", "tantivy-pairs", "whitespace"

    def fields(self, text: str) -> dict[str, Any]:
        spaceless = text.replace(" ", "▁").replace("\n", "▁")
        return {
            "body": " ".join(one + other for one, other in pairwise(spaceless)),
            "characters": " ".join(set(text)),
        }

    def word(self, word: str) -> Any:
        from tantivy import Query

        if len(word) == 1:
            return Query.term_query(self.index.schema, "characters", word)
        pairs = [one + other for one, other in pairwise(word)]
        if len(pairs) == 1:
            return Query.term_query(self.index.schema, "body", pairs[0])
        return Query.phrase_query(self.index.schema, "body", pairs)


def finders(folder: Path) -> Sequence[Finder]:
    kinds = (Ours, Trigram, TrigramRanked, Jieba, TantivyPlain, TantivyPairs)
    return [kind(folder) for kind in kinds]
