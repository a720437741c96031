"""Files → articles: the only part that opens the files of a corpus.

`walk` finds them, `decode` turns bytes into text, `page`, `plain` and `jsonl` read one format each, `files` puts them
together. Every file ends as articles or as a rejection with its reason.
"""

from newsearch.corpus.files import FORMATS, Rejection, check_reading, file_digest, read_file
from newsearch.corpus.seams import Lexicon
from newsearch.corpus.walk import CorpusFile, find_files

__all__ = ["FORMATS", "CorpusFile", "Lexicon", "Rejection", "check_reading", "file_digest", "find_files", "read_file"]
