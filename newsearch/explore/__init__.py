"""Help for the searcher, from the index itself.

`suggest` completes, `spelled` reads pinyin, `spelling` corrects, and `advice` offers one or the other for a query that
found too little; `facets` counts matches, `similar` finds those on one story, `keywords` says what they are about and
what rose, of the words that `candidates` counts, and `plot` draws that. `sampling` is what they share. Each is a
composition over a reader; only `advice` and `facets` are called by a search.
"""
