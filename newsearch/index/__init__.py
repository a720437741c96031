"""Articles → index: the folder on disk, what a commit is, and who may write.

`storage` is the only way to the files, `manifest` says which of them are the index, `sources` which files its articles
came from.

Writing: `writer` adds and removes articles and commits; `segment_writer` makes segments of them in `lanes`, perhaps in
several processes; `merging` says which segments become one, `parts` where articles are meanwhile, `new_files` what a
commit that never comes leaves behind.

Reading: `reader` joins segments and deletions into one set of postings and columns; `opening` has what is checked when
files are opened, `terms` the postings of a term, `tables` what is asked of many terms, `reference` what a term could
score at most. `whoosh_reader` is the same for Whoosh.

Damage: `check` finds it, `agreement` holds words and columns to the stored texts, `salvage` says what is left, `repair`
writes that as a new generation.
"""
