"""A few invented articles that say the same things often enough for frequencies to mean something."""

from __future__ import annotations

from typing import Any

_VILLAGES = ["石桥村", "柳溪村", "大河村", "青岭村", "枫林村", "南塘村"]


def small_news() -> list[dict[str, Any]]:
    """Villages, typhoons and football, from March to August 2024, by several authors of two papers."""
    articles: list[dict[str, Any]] = []
    for number in range(12):
        village = _VILLAGES[number % len(_VILLAGES)]
        articles.append({
            "id": f"village-{number}", "title": f"{village}走上乡村振兴路", "date": f"2024-03-{number + 1:02}",
            "body": f"{village}的村民种起了核桃。合作社说，乡村振兴要靠产业，核桃卖到了城里。银行给合作社贷款。",
            "source": "山城日报", "section": "乡村", "authors": ["赵明亮"] if number % 2 else ["赵明亮", "钱小梅"],
        })  # fmt: skip
    for number in range(8):
        articles.append({
            "id": f"typhoon-{number}", "title": f"台风登陆沿海 第{number + 1}批渔船回港避风",
            "date": f"2024-08-{number + 10}",
            "body": "气象台发布台风预警，沿海渔船全部回港避风，学校停课一天。防汛指挥部转移低洼处的居民。",
            "source": "海港晚报", "section": "要闻", "authors": ["孙海燕"],
        })  # fmt: skip
    for number in range(6):
        articles.append({
            "id": f"football-{number}", "title": f"足球联赛第{number + 1}轮战报", "date": f"2024-0{number + 3}-20",
            "body": "周末的足球联赛吸引了长城脚下的球迷。主队教练说，西安来的前锋王小明进了两个球，NBA球迷也来助威。",
            "source": "山城日報", "section": "体育",
        })  # fmt: skip
    return articles
