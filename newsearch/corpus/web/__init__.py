"""Markup → text: the tree of a page, the blocks of text in it, which of them are the article, and the facts beside it.

`tree` parses what anybody may have written, `flow` reads it out as blocks, `article` finds the article among them with
the rules of `rules`, `facts` finds title, date, authors, source and address, `scripts` what scripts say of them, and
`reader` puts them together.
"""
