"""One parser under atheris, in a process of its own: python -m fuzz.campaign TARGET FOLDER [libFuzzer's options].

What breaks the promise is written to FOLDER/found, one file for each place in the code, and fuzzing goes on. libFuzzer
itself ends the process for what never comes back or fills the memory, and leaves the input in FOLDER.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from importlib import import_module
from pathlib import Path

import atheris

#: What is watched, by the beginnings of names, and what of it is imported late: it has to be now to be watched.
WATCHED = ["newsearch", "email", "zipfile", "tarfile", "csv", "tomllib", "yaml", "json", "html", "gzip", "quopri"]
READERS = ("docx", "epub", "feed", "html", "json_file", "mail", "pdf", "table", "text")
LATE = ["email.parser", "tomllib", "yaml", "newsearch.build", *(f"newsearch.corpus.formats.{name}" for name in READERS)]

with atheris.instrument_imports(include=WATCHED):
    for module in LATE:
        import_module(module)
    from .promise import hold, scratch_folder
    from .targets import TARGETS


def place_of(error: BaseException) -> str:
    """Where an exception came from: its kind and the last line of ours that it passed."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/newsearch/" in frame.filename]
    last = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"


def main() -> None:
    name, folder = sys.argv[1], Path(sys.argv[2])
    target = TARGETS[name]
    found = folder / "found"
    found.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    scratch = scratch_folder()

    def test_one_input(data: bytes) -> None:
        way, part = target.split(data)
        content = way.wrap(part)
        try:
            hold(Path(scratch.name), way.name, content)
        except Exception as error:
            place = place_of(error)
            if place in seen:
                return
            seen.add(place)
            kept = found / f"{hashlib.blake2b(content, digest_size=4).hexdigest()}-{way.name}"
            kept.write_bytes(content)
            print(f"FOUND {place}: {error!r:.300}\n  in {kept}", flush=True)

    atheris.Setup([sys.argv[0], *sys.argv[3:]], test_one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
