"""Files → articles: the only part that opens the files of a corpus.

`walk` finds the files, `packed` the documents in them, `kinds` and `signs` tell the format of each, `encoding` turns
bytes into text. `formats` has a module a format, each a composition of what several need: `pages` splits newspaper
pages and `issues` joins what goes on on another page, `web` and `pdf` read what they are called for, `frames` tables
dumped by columns, `headed`, `plain` and `records` make articles of paragraphs, lines and named fields; `seams` rejoins
sentences, `facts` finds dates, authors and sources. `settings` is what a person says about a folder. `document` is what
all of them pass on, and `files` puts them together: every file ends as articles or as a rejection with its reason.
"""

from newsearch.corpus.document import Account, Reading, Rejection
from newsearch.corpus.files import check_reading, file_digest, read_file
from newsearch.corpus.kinds import FORMATS, endings
from newsearch.corpus.lexicon import Lexicon
from newsearch.corpus.limits import Limits, limit_map, parse_limits
from newsearch.corpus.settings import SettingsOf, field_map, options, parse_map
from newsearch.corpus.walk import SETTINGS_NAME, CorpusFile, find_files

__all__ = [
    "FORMATS",
    "SETTINGS_NAME",
    "Account",
    "CorpusFile",
    "Lexicon",
    "Limits",
    "Reading",
    "Rejection",
    "SettingsOf",
    "check_reading",
    "endings",
    "field_map",
    "file_digest",
    "find_files",
    "limit_map",
    "options",
    "parse_limits",
    "parse_map",
    "read_file",
]
