"""Files that nobody would write, for every parser: each must become articles or a rejection with its reason.

`targets` has a row a parser, `seeds` the small files they begin with, `envelopes` puts what is mutated inside packed
documents, `promise` reads a file as `newsearch read` does and says what was broken, `mutation` changes bytes at random
for `make test`, `campaign` is one parser under atheris, and `__main__` all of them one after the other (`make fuzz`).
What was ever found stays in `found/` and is read again by `make test`.
"""
