"""What a person would write to use Tantivy from a shell, and no more: its start is compared with newsearch's.

python tantivy_shell.py search FOLDER WORDS        prints ids and titles of the first ten hits
python tantivy_shell.py add FOLDER ARTICLES.jsonl
"""

import json
import re
import sys
from pathlib import Path

import rjieba
import tantivy


def words(text: str) -> list[str]:
    return [word for word in rjieba.cut_for_search(text.lower()) if re.search(r"\w", word)]


def search(index: tantivy.Index, text: str) -> None:
    must, should = tantivy.Occur.Must, tantivy.Occur.Should
    clauses = []
    for word in words(text):
        terms = [tantivy.Query.term_query(index.schema, field, word, "freq") for field in ("title", "body")]
        clauses.append((must, tantivy.Query.boolean_query([(should, term) for term in terms])))
    searcher = index.searcher()
    for _, address in searcher.search(tantivy.Query.boolean_query(clauses), 10, count=False).hits:
        document = searcher.doc(address)
        print(document["id"][0], document["stored_title"][0].decode())


def add(index: tantivy.Index, path: str) -> None:
    writer = index.writer(num_threads=1)  # so that ten articles make one segment
    with Path(path).open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            writer.add_document(
                tantivy.Document(
                    id=row["id"],
                    title=" ".join(words(row["title"])),
                    body=" ".join(words(row["body"])),
                    date=int(row["date"].replace("-", "")),
                    stored_title=row["title"].encode(),
                    stored_body=row["body"].encode(),
                )
            )
    writer.commit()


action, folder, argument = sys.argv[1:]
{"search": search, "add": add}[action](tantivy.Index.open(folder), argument)
