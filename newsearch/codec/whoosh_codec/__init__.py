"""The columns of a segment as a Whoosh codec: Whoosh's own Searcher and SegmentWriter on column files.

This is how the columns are proved: the same query trees must find the same documents with the same scores on them and
on Whoosh's stock codec. It is slow, since Whoosh walks postings one by one, and an index that Whoosh keeps has a pickle
for its table of contents; so nothing that newsearch does by itself imports this package.

`fields` says how a field of Whoosh's lies in the columns and answers from them, `readers` and `writers` are the two
halves of a codec, `codec` puts them together.
"""
