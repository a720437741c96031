"""A program of its own: takes a PDF on standard input and writes its lines of text, one JSON object a page.

PDF files can keep a reader busy for ever, fill the memory or crash it, and none of that can be stopped from inside a
process. So this one runs apart, with limits that the operating system keeps: whoever started it takes what came.

Its arguments are the most pages, characters, seconds for one page, and bytes of memory beside the document itself.
First line out: {"title", "pages"}; then {"page", "width", "height", "lines": [[text, left, bottom, right, top], …],
"objects"} for each page; or {"error": "password" | "damaged"}. It imports nothing of newsearch, to start quickly.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from collections.abc import Iterator
from typing import Any, BinaryIO, NamedTuple, TextIO

#: All pages may take so many times as long as one.
TIMES = 15
# More seconds cannot be set.
_MOST_SECONDS = 1 << 24
# A gap in a line of so many times its height parts two columns.
_GAP = 1.6

Box = tuple[float, float, float, float]  # left, bottom, right, top


class Most(NamedTuple):
    """The most pages, characters, seconds for one page and bytes of memory."""

    pages: int
    characters: int
    seconds: int
    memory: int


def main(source: BinaryIO, target: TextIO, most: Most) -> None:
    """Reads a PDF and writes its pages."""
    import pypdfium2

    content = source.read()
    resource.setrlimit(resource.RLIMIT_AS, (_taken() + most.memory + len(content), resource.RLIM_INFINITY))
    seconds = min(max(1, most.seconds), _MOST_SECONDS)
    resource.setrlimit(resource.RLIMIT_CPU, (TIMES * seconds, TIMES * seconds + 1))
    signal.alarm(seconds)
    for found in pages(content, pypdfium2, most):
        target.write(json.dumps(found, ensure_ascii=True) + "\n")
        target.flush()
        signal.alarm(seconds)


def pages(content: bytes, pypdfium2: Any, most: Most) -> Iterator[dict[str, Any]]:
    """What `main` writes."""
    try:
        document = pypdfium2.PdfDocument(content)
        count = len(document)
        yield {"title": str(document.get_metadata_dict().get("Title", ""))[:200], "pages": count}
    except pypdfium2.PdfiumError as error:
        yield {"error": "password" if "assword" in str(error) or "ecurity" in str(error) else "damaged"}
        return
    characters = 0
    for number in range(min(count, most.pages)):
        try:
            page = document[number]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            yield {"page": number, "error": "damaged"}
            continue
        width, height = page.get_size()
        lines = list(_lines(text, pypdfium2.raw))
        characters += sum(len(line[0]) for line in lines)
        yield {
            "page": number,
            "width": width,
            "height": height,
            "lines": lines,
            "objects": _has_text(page, pypdfium2, lines),
        }
        text.close()
        page.close()
        if characters > most.characters:
            return


def _has_text(page: Any, pypdfium2: Any, lines: list[Any]) -> bool:
    """Whether a page has text at all, which may be in fonts that give no characters."""
    if lines:
        return True
    objects = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=3)
    return next(iter(objects), None) is not None


def _lines(text: Any, raw: Any) -> Iterator[tuple[str, float, float, float, float]]:
    """The lines of a page in the order of the file, with their places, parted where columns are."""
    from ctypes import byref

    run: list[str] = []
    box: Box | None = None  # of what is in `run`, None while it is only blanks
    rectangle = raw.FS_RECTF()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        character = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        ends = character in ("\r", "\n")
        place = None
        if not ends and character.strip() and raw.FPDFText_GetLooseCharBox(text, index, byref(rectangle)):
            place = rectangle.left, rectangle.bottom, rectangle.right, rectangle.top
        if box and (ends or (place and _is_apart(box, place))):
            yield "".join(run), *box
            run, box = [], None
        if place:
            box = _around(box, place) if box else place
        if character and not ends:
            run.append(character)
    if box:
        yield "".join(run), *box


def _is_apart(box: Box, place: Box) -> bool:
    gap = _GAP * max(box[3] - box[1], 1.0)
    return place[0] - box[2] > gap or place[0] < box[0] - gap


def _around(box: Box, place: Box) -> Box:
    return min(box[0], place[0]), min(box[1], place[1]), max(box[2], place[2]), max(box[3], place[3])


def _taken() -> int:
    """The bytes of address space that this process has."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 (no import for it)
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 512 << 20


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout, Most(*map(int, sys.argv[1:])))
