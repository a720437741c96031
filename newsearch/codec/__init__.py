"""Postings ↔ columns: an index segment as named numpy columns in one checksummed file.

`columns` is the file: bytes in, arrays out, nothing of search. `postings` groups occurrences into postings.
`segment` says which columns a segment has. FORMAT.md has the grammar.
"""
