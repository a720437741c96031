"""How usual each character is in Chinese: `python -m tests.corpus.characters` makes `characters.txt` of
`newsearch/corpus/encoding/`.

Han characters are counted in jieba's dictionary (its words, each as often as its frequency says), once as they stand
and once in the traditional characters that opencc gives the words; of the two probabilities the larger one counts, for
a file is written in one or the other. Punctuation, which no dictionary has, is set by hand.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from pathlib import Path

#: Bits of what no dictionary has: about what newspapers have of it.
BY_HAND = {
    5: "，",
    6: "。、",
    8: "“”：「」",
    9: "《》（）；？！",
    10: "\u00a0　０１２３４５６７８９—…·『』【】％",
    11: "－～〇○／‘’▲■●◆★．",
    12: "\u200b＋＝＜＞①②③④⑤⑥⑦⑧⑨⑩△□◎〈〉〔〕﹁﹂℃×→℡№︰﹔‧•［］＊＆＃＄￥"
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ€£¥°±÷",
}
#: What is rarer than this has no line of its own.
MOST_BITS = 18


def make_table() -> str:
    """A line for each number of bits (minus log2 of the probability, rounded): the number, and its characters.

    Needs jieba and opencc, tools of development.
    """
    import jieba
    from opencc import OpenCC

    with jieba.get_dict_file() as dictionary:
        entries = [line.split(" ") for line in dictionary.read().decode("utf-8").splitlines()]
    words = [entry[0] for entry in entries]
    counts = [int(entry[1]) for entry in entries]
    traditional = OpenCC("s2t").convert("\n".join(words)).split("\n")
    bits: dict[str, int] = {}
    for spelled in (words, traditional):
        characters: Counter[str] = Counter()
        for word, count in zip(spelled, counts, strict=True):
            for character in word:
                characters[character] += count
        total = sum(characters.values())
        for character, count in characters.items():
            rare = round(math.log2(total / count)) if count else MOST_BITS + 1
            if rare <= MOST_BITS and "\u3400" <= character <= "\u9fff":
                bits[character] = min(bits.get(character, MOST_BITS), rare)
    bits |= {character: number for number, characters in BY_HAND.items() for character in characters}
    lines: defaultdict[int, list[str]] = defaultdict(list)
    for character in sorted(bits):
        lines[bits[character]].append(character)
    return "".join(f"{number} {''.join(lines[number])}\n" for number in sorted(lines))


if __name__ == "__main__":
    import newsearch

    (Path(newsearch.__file__).parent / "corpus" / "encoding" / "characters.txt").write_text(make_table(), "utf-8")
