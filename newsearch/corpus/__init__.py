"""Files → articles: the only part that opens the files of a corpus.

`walk` finds the files, `unpack` the documents in them, `kinds` tells the format of each, `decode` turns bytes into
text, `formats` has a module a format, `web` and `pdf` what web pages and PDF files need, `pages` splits newspaper
pages, `issues` joins what goes on on another page, and `files` puts them together. Every file ends as articles or as a
rejection with its reason.
"""

from newsearch.corpus.document import Account, Reading, Rejection
from newsearch.corpus.files import check_reading, file_digest, read_file
from newsearch.corpus.kinds import FORMATS, endings
from newsearch.corpus.seams import Lexicon
from newsearch.corpus.settings import SettingsOf, field_map, options, parse_map
from newsearch.corpus.walk import SETTINGS_NAME, CorpusFile, find_files

__all__ = [
    "FORMATS",
    "SETTINGS_NAME",
    "Account",
    "CorpusFile",
    "Lexicon",
    "Reading",
    "Rejection",
    "SettingsOf",
    "check_reading",
    "endings",
    "field_map",
    "file_digest",
    "find_files",
    "options",
    "parse_map",
    "read_file",
]
