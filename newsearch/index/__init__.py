"""Articles → index: the folder on disk, what a commit is, and who may write.

`storage` is the only way to the files, `manifest` says which of them are the index, `writer` adds and removes
articles, `reader` joins segments and deletions into one set of postings and columns.
"""
