"""What speaks for a text being the next piece of an article."""

from __future__ import annotations

import pytest
from any_file import NoWords

from newsearch.corpus.pages.strands import DAY, NAMES, UNSIGNED, Evidence, Strand, pairs

BRIDGE = "小曹村的便民桥今天正式通车，村民在桥头放了两串鞭炮，孩子们上学不用再绕远路"
SCHOOL = "城南小学的操场换了新草皮，下午放学以后，校园里到处都是踢足球的孩子和家长"


def strand(*texts: str) -> Strand:
    found = Strand(0, "标题")
    for text in texts:
        found = found.with_text(text)
    return found


@pytest.mark.parametrize(
    ("text", "is_open", "signed"),
    [
        ("桥修好了。", False, UNSIGNED),
        ("桥修好了，大家", True, UNSIGNED),
        ("桥修好了。（张三）", False, NAMES),
        ("桥修好了（张三）", False, NAMES),
    ],
)
def test_a_strand_is_open_inside_a_sentence(text: str, is_open: bool, signed: str) -> None:
    found = strand(text)
    assert (found.open, found.signed, found.pieces) == (is_open, signed, 1)


def test_what_goes_on_elsewhere_is_not_open() -> None:
    assert not Strand(0, "标题").with_text("桥修好了，大家", continues=False).open


def test_a_fixed_line_closes_and_keeps_who_signed() -> None:
    signed = strand("桥修好了，大家").with_fixed("2024年5月1日", DAY)
    assert (signed.open, signed.signed, signed.with_fixed("x").signed) == (False, DAY, DAY)


def test_a_text_is_kin_to_the_article_that_speaks_of_the_same() -> None:
    evidence = Evidence(NoWords())
    more = "便民桥通车以后，小曹村的村民上学、赶集都不用再绕远路。"
    assert evidence.kinship(strand(BRIDGE), more) > 2 > 0 > evidence.kinship(strand(SCHOOL), more)
    assert evidence.kinship(Strand(0, "便民桥"), more) == 0


def test_a_name_across_the_seam_is_known_from_elsewhere_in_the_article() -> None:
    evidence = Evidence(NoWords())
    known = strand("船工丁水生撑了四十一年篙。", "这天清早，丁水")
    unknown = strand("船工撑了四十一年篙。", "这天清早，丁水")
    assert evidence.seam(known, "生把船靠了岸。") > evidence.seam(unknown, "生把船靠了岸。") + 3


def test_pairs_do_not_reach_across_punctuation() -> None:
    assert pairs("新桥，通车") == {"新桥", "通车"}
