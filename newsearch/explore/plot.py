"""Trends → a PNG: the share of articles that have each of a few terms, period by period.

Needs matplotlib (the extra `plot`) and a font with Chinese characters.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from newsearch.errors import PlotFailed
from newsearch.explore.keywords import Trend, Trends

#: Fonts with Chinese characters that systems have, the first one found is used.
CHINESE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC", "Hiragino Sans GB",
    "Microsoft YaHei", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Sans CJK JP", "Noto Serif CJK SC",
    "Droid Sans Fallback", "AR PL UMing CN", "SimSun", "Heiti TC", "Arial Unicode MS",
)  # fmt: skip
_LINES = 8
_TICKS = 12


def plot_trends(trends: Trends, path: Path | str) -> None:
    """Draws the terms that stand out most and writes the picture. Raises PlotFailed."""
    if not outstanding(trends):
        raise PlotFailed("no term stands out, so there is nothing to draw", "ask about more articles, or --by year")
    try:
        import matplotlib  # 0.5 s, and not everybody has it
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise PlotFailed("a plot needs matplotlib", "run `pip install 'newsearch[plot]'`") from None
    with matplotlib.rc_context({"font.family": [_chinese_font(), "sans-serif"], "axes.unicode_minus": False}):
        figure = Figure(figsize=(10, 5), layout="constrained")
        FigureCanvasAgg(figure)
        _draw(figure.add_subplot(), trends)
        try:
            figure.savefig(path, format="png", dpi=150)
        except OSError as error:
            reason = error.strerror or str(error)
            raise PlotFailed(f"cannot write {path}: {reason}", "name a file in a folder that can be written") from error


def outstanding(trends: Trends, most: int = _LINES) -> list[Trend]:
    """The terms that stand out most in any period, each once, best first."""
    best: dict[str, Trend] = {}
    every = (trend for listed in trends.terms.values() for trend in listed)
    for trend in sorted(every, key=lambda trend: (-trend.score, trend.term)):
        best.setdefault(trend.term, trend)
    return list(best.values())[:most]


def _draw(axes: Any, trends: Trends) -> None:
    places = range(len(trends.periods))
    for trend in outstanding(trends):
        shares = [100 * count / total for count, total in zip(trend.counts, trends.articles, strict=True)]
        axes.plot(places, shares, marker="o", markersize=3, label=trend.term)
    ticks = list(places)[:: max(1, -(-len(places) // _TICKS))]
    axes.set_xticks(ticks, [trends.periods[place] for place in ticks])
    axes.set_ylabel("% of articles")
    axes.set_ylim(bottom=0)
    axes.legend(loc="upper left", bbox_to_anchor=(1, 1), frameon=False)
    axes.spines[["top", "right"]].set_visible(False)


def _chinese_font() -> str:
    from matplotlib import font_manager

    names = {font.name for font in font_manager.fontManager.ttflist}
    font = next((name for name in CHINESE_FONTS if name in names), None)
    if font is None:
        advice = "install one, such as Noto Sans CJK SC (Debian: fonts-noto-cjk)"
        raise PlotFailed("no font here has Chinese characters", advice)
    return font
