"""Trends as a picture, and one clear line where none can be drawn."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from newsearch import Index, PlotFailed, Trend, Trends
from newsearch.explore.plot import CHINESE_FONTS, outstanding, plot_trends

PNG = b"\x89PNG\r\n\x1a\n"
TRENDS = Trends(
    "year",
    ["2022", "2023", "2024"],
    [10, 20, 10],
    {
        "2022": [Trend("typhoon", 9.0, [5, 2, 1])],
        "2023": [Trend("walnut", 12.0, [0, 9, 1]), Trend("typhoon", 3.0, [5, 2, 1])],
        "2024": [],
    },
)


@pytest.fixture
def any_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the font that comes with matplotlib for one with Chinese characters."""
    monkeypatch.setattr("newsearch.explore.plot.CHINESE_FONTS", (*CHINESE_FONTS, "DejaVu Sans"))


def test_a_picture_is_written(tmp_path: Path, any_font: None) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / "trends.png"
    plot_trends(TRENDS, path)
    assert path.read_bytes().startswith(PNG)
    assert path.stat().st_size > 5000


def test_nothing_to_draw(tmp_path: Path) -> None:
    with pytest.raises(PlotFailed, match="nothing to draw"):
        plot_trends(Trends("month", ["2024-01"], [3], {"2024-01": []}), tmp_path / "trends.png")
    assert list(tmp_path.iterdir()) == []


def test_what_is_drawn() -> None:
    assert [trend.term for trend in outstanding(TRENDS)] == ["walnut", "typhoon"]
    assert [trend.score for trend in outstanding(TRENDS, 1)] == [12.0]


def test_without_matplotlib(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(PlotFailed, match=r"newsearch\[plot\]"):
        plot_trends(TRENDS, tmp_path / "trends.png")


def test_without_a_chinese_font(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.setattr("newsearch.explore.plot.CHINESE_FONTS", ("No Such Font",))
    with pytest.raises(PlotFailed, match="Chinese characters"):
        plot_trends(TRENDS, tmp_path / "trends.png")


def test_a_file_that_cannot_be_written(tmp_path: Path, any_font: None) -> None:
    pytest.importorskip("matplotlib")
    with pytest.raises(PlotFailed, match="cannot write"):
        plot_trends(TRENDS, tmp_path / "nowhere" / "trends.png")


def test_the_trends_of_an_index(news: Index) -> None:
    assert {"台风", "核桃"} & {trend.term for trend in outstanding(news.trends(limit=9), 99)}
