"""The engines that are compared, each with the same segmentation and everything it stores switched on.

`build(path, folder)` indexes a JSON Lines file and is timed as a whole, from reading the file to the last commit;
`open(folder)` returns a function that answers a query with the ids of the first ten hits. Queries are (kind, text) with
the kinds of `tests.bench.queries`.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import rjieba

import newsearch

Answer = Callable[[str, str], list[str]]


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def words(text: str) -> list[str]:
    """Search-mode words, as newsearch's index has them."""
    return [word for word in rjieba.cut_for_search(text.lower()) if word.strip() and re.search(r"\w", word)]


class Newsearch:
    name = "newsearch"

    @staticmethod
    def build(path: Path, folder: Path) -> None:
        from newsearch.build import index_files
        from newsearch.index.storage import Storage

        index_files(Storage(folder), [path])

    @staticmethod
    def open(folder: Path) -> Answer:
        index = newsearch.open(folder)

        def answer(kind: str, query: str) -> list[str]:
            if kind == "dated":
                return [hit.id for hit in index.search(query, date_from="2023", date_to="2023")]
            return [hit.id for hit in index.search(query, match="any" if kind == "or" else "all")]

        return answer


class Tantivy:
    name = "tantivy"

    @staticmethod
    def _schema() -> Any:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        builder.add_text_field("title", tokenizer_name="whitespace", index_option="position")
        builder.add_text_field("body", tokenizer_name="whitespace", index_option="position")
        builder.add_bytes_field("stored", stored=True, indexed=False, fast=False)
        builder.add_integer_field("date", stored=True, indexed=True, fast=True)
        return builder.build()

    @classmethod
    def build(cls, path: Path, folder: Path) -> None:
        import tantivy

        folder.mkdir()
        index = tantivy.Index(cls._schema(), path=str(folder))
        writer = index.writer(heap_size=512 << 20)
        for row in rows(path):
            writer.add_document(
                tantivy.Document(
                    id=[row["id"]],
                    title=[" ".join(words(row["title"]))],
                    body=[" ".join(words(row["body"]))],
                    date=[int(row["date"].replace("-", ""))],
                    stored=[json.dumps([row["title"], row["body"]], ensure_ascii=False).encode()],
                )
            )
        writer.commit()
        writer.wait_merging_threads()

    @classmethod
    def open(cls, folder: Path) -> Answer:
        import tantivy

        index = tantivy.Index.open(str(folder))
        searcher = index.searcher()
        schema = cls._schema()
        fields = ["title", "body"]

        def answer(kind: str, query: str) -> list[str]:
            if kind == "exact":
                parsed = index.parse_query('"' + " ".join(rjieba.cut_for_search(query.strip('"'))) + '"', fields)
            elif kind in ("and", "single", "dated"):
                clauses = [(tantivy.Occur.Must, cls._word(schema, word)) for word in query.split()]
                if kind == "dated":
                    between = tantivy.Query.range_query(schema, "date", tantivy.FieldType.Integer, 20230000, 20231231)
                    clauses.append((tantivy.Occur.Must, between))
                parsed = tantivy.Query.boolean_query(clauses)
            else:
                clauses = [(tantivy.Occur.Should, cls._word(schema, word)) for word in words(query)]
                parsed = tantivy.Query.boolean_query(clauses)
            hits = searcher.search(parsed, 10, count=False).hits
            return [searcher.doc(address)["id"][0] for _, address in hits]

        return answer

    @staticmethod
    def _word(schema: Any, word: str) -> Any:
        """A word, or the words it is cut into, in title or body."""
        import tantivy

        should, must = tantivy.Occur.Should, tantivy.Occur.Must
        clauses = []
        for part in words(word):
            terms = [(should, tantivy.Query.term_query(schema, field, part)) for field in ("title", "body")]
            clauses.append((must, tantivy.Query.boolean_query(terms)))
        return clauses[0][1] if len(clauses) == 1 else tantivy.Query.boolean_query(clauses)


class Fts5:
    name = "sqlite fts5"

    @staticmethod
    def build(path: Path, folder: Path) -> None:
        folder.mkdir()
        base = sqlite3.connect(folder / "news.db")
        base.execute("CREATE TABLE article (id TEXT, date TEXT, title TEXT, body TEXT)")
        base.execute("CREATE VIRTUAL TABLE news USING fts5(title, body, content='')")
        for number, row in enumerate(rows(path), 1):
            base.execute("INSERT INTO article VALUES (?, ?, ?, ?)", (row["id"], row["date"], row["title"], row["body"]))
            cut = (number, " ".join(words(row["title"])), " ".join(words(row["body"])))
            base.execute("INSERT INTO news(rowid, title, body) VALUES (?, ?, ?)", cut)
        base.commit()
        base.close()

    @staticmethod
    def open(folder: Path) -> Answer:
        base = sqlite3.connect(folder / "news.db")

        def answer(kind: str, query: str) -> list[str]:
            joiner = {"and": " AND ", "single": " AND ", "dated": " AND "}.get(kind, " OR ")
            quoted = [f'"{word}"' for word in words(query)]
            match = f'"{" ".join(words(query))}"' if kind == "exact" else joiner.join(quoted)
            where = "AND article.date BETWEEN '2023-01-01' AND '2023-12-31'" if kind == "dated" else ""
            statement = (
                "SELECT article.id FROM news JOIN article ON article.rowid = news.rowid "
                f"WHERE news MATCH ? {where} ORDER BY bm25(news) LIMIT 10"
            )
            return [row[0] for row in base.execute(statement, (match,))]

        return answer


class StockWhoosh:
    name = "stock whoosh"

    @staticmethod
    def build(path: Path, folder: Path) -> None:
        from whoosh import analysis, fields, index

        folder.mkdir()
        analyzer = analysis.SpaceSeparatedTokenizer()
        text = fields.TEXT(analyzer=analyzer)
        schema = fields.Schema(
            id=fields.ID(stored=True), title=text, body=text, date=fields.NUMERIC(stored=True), text=fields.STORED
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for row in rows(path):
            writer.add_document(
                id=row["id"],
                title=" ".join(words(row["title"])),
                body=" ".join(words(row["body"])),
                date=int(row["date"].replace("-", "")),
                text=[row["title"], row["body"]],
            )
        writer.commit()

    @staticmethod
    def open(folder: Path) -> Answer:
        from whoosh import index
        from whoosh import query as nodes

        searcher = index.open_dir(str(folder)).searcher()

        def answer(kind: str, query: str) -> list[str]:
            if kind == "exact":
                cut = words(query)
                parsed: Any = nodes.Or([nodes.Phrase(field, cut) for field in ("title", "body")])
            else:
                each = [nodes.Or([nodes.Term(field, word) for field in ("title", "body")]) for word in words(query)]
                parsed = (nodes.And if kind in ("and", "single", "dated") else nodes.Or)(each)
            if kind == "dated":
                parsed = nodes.And([parsed, nodes.NumericRange("date", 20230000, 20231231)])
            return [hit["id"] for hit in searcher.search(parsed, limit=10)]

        return answer


ENGINES = {engine.name: engine for engine in (Newsearch, Tantivy, Fts5, StockWhoosh)}


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
