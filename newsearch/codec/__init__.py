"""Postings ↔ columns: an index segment as named numpy columns in one checksummed file.

`columns` is the file: bytes in, arrays out, nothing of search. `postings` groups occurrences into postings, `packing`
makes them small. `builder` writes a segment, `segment` answers from one, `merge` makes one of several.
FORMAT.md has the grammar.
"""
