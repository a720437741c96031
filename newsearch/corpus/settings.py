"""newsearch.toml: what is said once about the files of a folder.

It lies in the folder that is named on the command line (or beside a file that is named), and says which field a name in
tables and JSON stands for, what is so of all articles, and how some files are to be read:

    encoding = "gb18030"
    [fields]
    "稿件名" = "title"
    [defaults]
    source = "团结报"
    [[files]]
    match = "wanbao/**"
    source = "江口晚报"
    [limits]
    text = "64M"

What an article says of itself comes first, then `[[files]]` (of several that match, the last), then what the names of
the file and its folders tell, then `[defaults]`. `*` stands for anything, folders too; a pattern without / is one for
names of files, and one that names a folder is for all in it.
"""

from __future__ import annotations

import fnmatch
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, NamedTuple

from newsearch.article import parse_date
from newsearch.corpus.document import Reading
from newsearch.corpus.encoding.decode import check_encoding
from newsearch.corpus.facts.fields import IGNORED, NAMES, field_named
from newsearch.corpus.facts.naming import NO_FACTS, Facts
from newsearch.corpus.kinds import FORMATS
from newsearch.corpus.limits import LIMITS, limit_map
from newsearch.corpus.walk import SETTINGS_NAME, CorpusFile
from newsearch.errors import BadArticle, BadSettings, UnknownEncoding

_MOST_BYTES = 1 << 20
_READING = ("format", "encoding", "fields")
_FACTS = Facts._fields
NO_LIMITS: Mapping[str, int] = MappingProxyType({})


class Rule(NamedTuple):
    """What is so of the files whose keys match a pattern; "" matches all."""

    match: str
    format: str | None
    encoding: str | None
    fields: Mapping[str, str]
    facts: Facts


class Settings(NamedTuple):
    """What one file of settings says; `defaults` are facts that come last, `limits` those that are others."""

    rules: tuple[Rule, ...] = ()
    defaults: Facts = NO_FACTS
    limits: Mapping[str, int] = NO_LIMITS


class SettingsOf:
    """The settings for the files found under some roots, and the `limits` that were asked for, which go before theirs.
    Raises BadSettings at once for a file that cannot be used."""

    def __init__(self, roots: Iterable[Path | str], limits: Mapping[str, int] = NO_LIMITS) -> None:
        self._limits = limits
        self._of: dict[Path, Settings] = {}
        for root in map(Path, roots):
            self._settings(root if root.is_dir() else root.parent)

    def reading(self, file: CorpusFile, asked: Reading) -> Reading:
        """How a file is to be read. What was asked for goes before what the settings say."""
        folder = Path(file.shown).parents[len(PurePosixPath(file.key).parts) - 1]
        rules, defaults, limits = self._settings(folder)
        fitting = [rule for rule in rules if _matches(rule.match, file.key)]
        format: str | None = None
        encoding: str | None = None
        given = NO_FACTS
        fields: dict[str, str] = {}
        for rule in fitting:
            format, encoding = rule.format or format, rule.encoding or encoding
            fields, given = {**fields, **rule.fields}, rule.facts.over(given)
        return replace(
            asked,
            format=asked.format or format,
            encoding=asked.encoding or encoding,
            limits=asked.limits._replace(**{**limits, **self._limits}),
            fields={**fields, **asked.fields},
            given=asked.given.over(given),
            fallback=asked.fallback.over(defaults),
        )

    def _settings(self, folder: Path) -> Settings:
        if folder not in self._of:
            self._of[folder] = read_settings(folder / SETTINGS_NAME)
        return self._of[folder]


def read_settings(path: Path) -> Settings:
    """The settings in a file, none if it is not there. Raises BadSettings."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        raise BadSettings(path, "", f"cannot be read: {error.strerror or error}", "mend its permissions") from None
    if len(content) > _MOST_BYTES:
        raise BadSettings(path, "", "is larger than 1 MB", "settings are a few lines of TOML")
    import tomllib  # most folders have no settings

    from newsearch.corpus.toml import read_toml

    try:
        found = read_toml(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadSettings(path, "", "is not UTF-8 text", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        advice = 'write keys that are not English in quotation marks, as in "稿件名" = "title"'
        raise BadSettings(path, "", f"is not TOML: {error}", advice) from None
    except ValueError as error:
        raise BadSettings(path, "", f"is {error}", "settings are a few lines of TOML") from None
    return _settings(path, found)


def field_map(pairs: Mapping[str, Any], path: Path | str = "--map", key: str = "") -> dict[str, str]:
    """Names in records and the fields they stand for, as written by people: a field goes by any name that is known.
    Raises BadSettings, for `path`."""
    known = [*NAMES, IGNORED]
    found = {}
    for name, field in pairs.items():
        named = field if field in known else field_named(field) if isinstance(field, str) else None
        if named is None or not name.strip():
            where = f"{key}.{name}" if key else name
            raise BadSettings(path, where, f"there is no field {field!r}", f"use one of {', '.join(known)}")
        found[name.strip()] = named
    return found


def parse_map(written: Iterable[str]) -> dict[str, str]:
    """`NAME=FIELD` → which field each name stands for. Raises BadSettings."""
    pairs = {}
    for text in written:
        name, sign, field = text.rpartition("=")
        if not sign or not name.strip():
            raise BadSettings("--map", text, "is not NAME=FIELD", "write --map 标题=title")
        pairs[name] = field.strip()
    return field_map(pairs)


def options(reading: Reading) -> str:
    """What was asked for and set, as a text that is the same only if it is all the same."""
    asked = f"{reading.format or ''} {reading.encoding or ''}".strip()
    told = repr((sorted(reading.fields.items()), tuple(reading.given), tuple(reading.fallback)))
    if reading.limits != LIMITS:  # what was refused may be taken in now, and the other way round
        told += repr(tuple(reading.limits))
    if told == repr(([], tuple(NO_FACTS), tuple(NO_FACTS))):
        return asked
    return f"{asked} {hashlib.blake2b(told.encode('utf-8', 'surrogatepass'), digest_size=8).hexdigest()}".strip()


def _settings(path: Path, found: dict[str, Any]) -> Settings:
    _check_keys(path, "", found, (*_READING, "defaults", "files", "limits"))
    defaults, files, limits = found.get("defaults", {}), found.get("files", []), found.get("limits", {})
    if not isinstance(defaults, dict):
        raise BadSettings(path, "defaults", "must be a table", 'write [defaults] and below it source = "…"')
    _check_keys(path, "defaults", defaults, _FACTS)
    if not isinstance(limits, dict):
        raise BadSettings(path, "limits", "must be a table", 'write [limits] and below it text = "64M"')
    if not isinstance(files, list) or not all(isinstance(rule, dict) for rule in files):
        raise BadSettings(path, "files", "must be a list of tables", "write [[files]] before each")
    rules = [_rule(path, "", "", found)]
    for number, rule in enumerate(files, 1):
        key = f"files[{number}]"
        _check_keys(path, key, rule, ("match", *_READING, *_FACTS))
        patterns = rule.get("match")
        for pattern in patterns if isinstance(patterns, list) and patterns else [patterns]:
            if not isinstance(pattern, str) or not pattern.strip("/"):
                raise BadSettings(path, f"{key}.match", "must be a pattern of names", 'write match = "wanbao/**"')
            rules.append(_rule(path, f"{key}.", pattern, rule))
    return Settings(tuple(rules), _facts(path, "defaults.", defaults), limit_map(limits, path, "limits"))


def _rule(path: Path, key: str, pattern: str, found: dict[str, Any]) -> Rule:
    format, encoding, fields = (found.get(name) for name in _READING)
    if format is not None and (not isinstance(format, str) or format not in FORMATS):
        raise BadSettings(path, f"{key}format", f"there is no format {format!r}", f"use one of {', '.join(FORMATS)}")
    try:
        check_encoding(encoding)
    except (UnknownEncoding, TypeError):
        advice = "use one such as utf-8, gb18030 or big5"
        raise BadSettings(path, f"{key}encoding", f"there is no text encoding {encoding!r}", advice) from None
    if not isinstance(fields, dict | None):
        raise BadSettings(path, f"{key}fields", "must be a table", 'write [fields] and below it "稿件名" = "title"')
    facts = _facts(path, key, found) if pattern else NO_FACTS
    return Rule(pattern, format, encoding, field_map(fields or {}, path, f"{key}fields"), facts)


def _facts(path: Path, key: str, found: dict[str, Any]) -> Facts:
    for name in ("source", "section"):
        if not isinstance(found.get(name, ""), str):
            raise BadSettings(path, f"{key}{name}", "must be a text", f'write {name} = "…"')
    date = found.get("date")
    try:
        return Facts(parse_date(date), found.get("source", "").strip(), found.get("section", "").strip())
    except BadArticle:
        raise BadSettings(path, f"{key}date", f"{str(date)[:40]!r} is not a date", "write date = 2024-06-01") from None


def _check_keys(path: Path, key: str, found: dict[str, Any], known: Iterable[str]) -> None:
    for name in found:
        if name not in known:
            where = f"{key}.{name}" if key else name
            raise BadSettings(path, where, "is not a key of settings", f"use one of {', '.join(known)}")


def _matches(pattern: str, key: str) -> bool:
    """Whether the key of a file matches: a pattern without / by its last part, or by a folder it lies in."""
    if not pattern:
        return True
    key, pattern = (unicodedata.normalize("NFC", text) for text in (key, pattern.strip("/")))
    pattern = re.sub(r"\*+", "*", pattern)
    name = key if "/" in pattern else key.rsplit("/", 1)[-1]
    return fnmatch.fnmatchcase(name, pattern) or fnmatch.fnmatchcase(key, f"{pattern}/*")
