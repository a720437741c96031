"""Markup → text: the tree of a page, the blocks of text in it, which of them are the article, and the facts beside it.

`tree` parses what anybody may have written, `flow` reads it out as blocks, `article` finds the article among them with
the rules of `rules`; `facts` finds title, date, source and address, `authors` who wrote it, `said` and `scripts` what
machines are told of them; `reader` puts them together.
"""
