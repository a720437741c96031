"""Files of records as interfaces, databases, data sets and spreadsheets write them, with what is to be found in each.
Every sentence was written for this project."""

from __future__ import annotations

import json
from typing import NamedTuple

KILN = ("老窑重新点火", "青石岭的龙窑停了十九年，昨天傍晚又点着了火。\n窑工说，头一窑烧的是三百口酱缸。")
SNOW = ("大雪封山第三天", "大雪封山的第三天，养路工用铲车推开了通往白岩村的路。\n第一个下山的是一位等着做透析的老人。")
HONEY = ("蜂农改道向北", "今年油菜花期提前了九天，蜂农老范的车队没有往南，直接去了北边。")


class Wanted(NamedTuple):
    """What a reader of a record would write down; "" and () where it does not say."""

    title: str
    body: str
    date: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""
    url: str = ""


class RecordFile(NamedTuple):
    name: str
    content: bytes
    wanted: tuple[Wanted, ...]


def dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def lines_of(*values: object) -> bytes:
    return b"".join(json.dumps(value, ensure_ascii=False).encode() + b"\n" for value in values)


def paragraphs(text: str) -> str:
    return "".join(f"<p>　　{line}</p>" for line in text.split("\n"))


def interface_of_an_app() -> RecordFile:
    listed = [
        {"contId": "27000001", "name": KILN[0], "pubTime": "3小时前", "pubTimeLong": 1710124200000, "content": paragraphs(KILN[1]),
         "nodeInfo": {"nodeId": 25, "name": "一号专案"}, "author": "青石日报记者 贺兰亭", "pic": "https://i.example.cn/1.jpg", "praiseTimes": "12"},
        {"contId": "27000002", "name": SNOW[0], "pubTime": "03-10", "pubTimeLong": 1710056400000, "content": paragraphs(SNOW[1]),
         "nodeInfo": {"nodeId": 26, "name": "直击现场"}, "author": "", "pic": "", "praiseTimes": ""},
    ]  # fmt: skip
    content = dumped({"code": 200, "desc": "成功", "data": {"pageNum": 1, "pageSize": 2, "hasNext": True, "list": listed}})
    return RecordFile(
        "list.json", content, (Wanted(*KILN, "2024-03-11", ("贺兰亭",)), Wanted(*SNOW, "2024-03-10"))
    )  # fmt: skip


def search_engine() -> RecordFile:
    def hit(number: int, article: tuple[str, str], at: str) -> dict[str, object]:
        source = {"news_title": article[0], "news_content": article[1], "pub_date": at, "site_name": "青石新闻网", "page_url": f"https://n.example.cn/{number}.html"}  # fmt: skip
        return {"_index": "news-2024", "_id": f"n{number}x", "_score": 1.0, "_source": source}

    found = [hit(1, KILN, "2024-03-11T08:00:00+08:00"), hit(2, SNOW, "2024-03-10T21:00:00+08:00")]
    content = dumped({"took": 3, "timed_out": False, "_shards": {"total": 5}, "hits": {"total": {"value": 2}, "max_score": 1.0, "hits": found}})  # fmt: skip
    wanted = (
        Wanted(*KILN, "2024-03-11", (), "青石新闻网", "https://n.example.cn/1.html"),
        Wanted(*SNOW, "2024-03-10", (), "青石新闻网", "https://n.example.cn/2.html"),
    )
    return RecordFile("response.json", content, wanted)


def search_engine_by_lines() -> RecordFile:
    rows = [
        {"_index": "news", "_type": "_doc", "_id": f"k{n}", "_source": {"doc": {"title": a[0], "text": a[1], "ctime": 1710124200 - n}}}
        for n, a in enumerate((KILN, SNOW))
    ]  # fmt: skip
    return RecordFile("dump.json", lines_of(*rows), (Wanted(*KILN, "2024-03-11"), Wanted(*SNOW, "2024-03-11")))


def microblog() -> RecordFile:
    posts = [
        {"mid": "5030001", "mblogid": "OaB1", "created_at": "Sat May 18 07:42:10 +0800 2024", "text_raw": KILN[1], "text": paragraphs(KILN[1]), "source": "江口发布厅网页版", "user": {"id": 1, "screen_name": "江口发布", "verified": True}, "reposts_count": 3},
        {"mid": "5030002", "mblogid": "OaB2", "created_at": "Fri May 17 21:00:00 +0800 2024", "text_raw": HONEY[1], "text": paragraphs(HONEY[1]), "source": "iPhone客户端", "user": {"id": 1, "screen_name": "江口发布", "verified": True}, "reposts_count": 0},
    ]  # fmt: skip
    wanted = (Wanted("", KILN[1], "2024-05-18", (), "江口发布"), Wanted("", HONEY[1], "2024-05-17", (), "江口发布"))
    return RecordFile("weibo.json", dumped({"ok": 1, "data": {"list": posts, "since_id": "x"}}), wanted)


def public_accounts() -> RecordFile:
    rows = [
        {"nickname": "山里来信", "alias": "slilx", "title": KILN[0], "digest": "又点着了火", "author": "柳叶", "content_noencode": paragraphs(KILN[1]), "create_time": 1710124200, "link": "http://mp.example.com/s?sn=1", "copyright_stat": 11},
        {"nickname": "山里来信", "alias": "slilx", "title": HONEY[0], "digest": "花期提前", "author": "", "content_noencode": paragraphs(HONEY[1]), "create_time": 1710037800, "link": "http://mp.example.com/s?sn=2", "copyright_stat": 0},
    ]  # fmt: skip
    wanted = (
        Wanted(*KILN, "2024-03-11", ("柳叶",), "山里来信", "http://mp.example.com/s?sn=1"),
        Wanted(*HONEY, "2024-03-10", (), "山里来信", "http://mp.example.com/s?sn=2"),
    )
    return RecordFile("articles.jsonl", lines_of(*rows), wanted)


def document_database() -> RecordFile:
    rows = [
        {"_id": {"$oid": "65ee0d28a1b2c3d4e5f60001"}, "title": KILN[0], "content": KILN[1], "publish_time": {"$date": "2024-03-10T17:30:00Z"}, "crawl_time": {"$date": {"$numberLong": "1710300000000"}}, "media_name": "青石晚报", "read_num": {"$numberInt": "12"}},
        {"_id": {"$oid": "65ee0d28a1b2c3d4e5f60002"}, "title": SNOW[0], "content": SNOW[1], "publish_time": {"$date": {"$numberLong": "1710056400000"}}, "crawl_time": {"$date": {"$numberLong": "1710300000000"}}, "media_name": "青石晚报", "read_num": {"$numberInt": "3"}},
    ]  # fmt: skip
    wanted = (Wanted(*KILN, "2024-03-11", (), "青石晚报"), Wanted(*SNOW, "2024-03-10", (), "青石晚报"))
    return RecordFile("mongo.json", lines_of(*rows), wanted)


def world_events() -> RecordFile:
    rows = [
        {"url": f"https://www.example.cn/{n}", "url_mobile": "", "title": title, "seendate": "20240311T021500Z", "socialimage": "", "domain": "example.cn", "language": "Chinese", "sourcecountry": "China"}
        for n, (title, _) in enumerate((KILN, SNOW), 1)
    ]  # fmt: skip
    wanted = tuple(
        Wanted(title, "", "2024-03-11", (), "example.cn", f"https://www.example.cn/{n}")
        for n, (title, _) in enumerate((KILN, SNOW), 1)
    )
    return RecordFile("artlist.json", dumped({"articles": rows}), wanted)


def data_set_server() -> RecordFile:
    features = [{"feature_idx": n, "name": name, "type": {"dtype": "string", "_type": "Value"}} for n, name in enumerate(("news_title", "content"))]  # fmt: skip
    rows = [
        {"row_idx": n, "row": {"news_title": a[0], "content": a[1], "pubdate": "2024-03-11 08:00", "media_name": "青石晚报"}, "truncated_cells": []}
        for n, a in enumerate((KILN, SNOW))
    ]  # fmt: skip
    wanted = tuple(Wanted(*a, "2024-03-11", (), "青石晚报") for a in (KILN, SNOW))
    return RecordFile("rows.json", dumped({"features": features, "rows": rows, "num_rows_total": 2}), wanted)


def data_set_of_news() -> RecordFile:
    rows = [
        {"news_id": "610130831", "keywords": "窑,火", "title": KILN[0], "desc": "又点着了火", "source": "青石网", "time": "03-11 12:00", "content": KILN[1]},
        {"news_id": "610130832", "keywords": "雪", "title": SNOW[0], "desc": "封山", "source": "青石网", "time": "2024-03-10 12:00", "content": SNOW[1]},
    ]  # fmt: skip
    wanted = (Wanted(*KILN, "", (), "青石网"), Wanted(*SNOW, "2024-03-10", (), "青石网"))
    return RecordFile("train.json", lines_of(*rows), wanted)


def linked_data() -> RecordFile:
    def thing(article: tuple[str, str], number: int) -> dict[str, object]:
        return {
            "@type": "NewsArticle", "headline": article[0], "articleBody": article[1], "datePublished": "2024-03-11T08:00:00+08:00",
            "author": [{"@type": "Person", "name": "贺兰亭"}], "publisher": {"@type": "Organization", "name": "青石日报", "logo": {"@type": "ImageObject", "url": "l.png"}},
            "mainEntityOfPage": {"@type": "WebPage", "@id": f"https://n.example.cn/{number}"},
        }  # fmt: skip

    content = dumped({"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "青石日报", "url": "https://n.example.cn/"}, thing(KILN, 1), thing(SNOW, 2)]})  # fmt: skip
    wanted = tuple(
        Wanted(*a, "2024-03-11", ("贺兰亭",), "青石日报", f"https://n.example.cn/{n}")
        for n, a in enumerate((KILN, SNOW), 1)
    )
    return RecordFile("graph.json", content, wanted)


def frame_by_columns() -> RecordFile:
    columns = {"title": [KILN[0], SNOW[0]], "content": [KILN[1], SNOW[1]], "date": ["2024-03-11", "2024-03-10"]}
    content = {name: {str(n): value for n, value in enumerate(values)} for name, values in columns.items()}
    return RecordFile("frame.json", dumped(content), (Wanted(*KILN, "2024-03-11"), Wanted(*SNOW, "2024-03-10")))


def frame_split() -> RecordFile:
    content = {"columns": ["title", "content", "date"], "index": [0, 1], "data": [[*KILN, "2024-03-11"], [*SNOW, "2024-03-10"]]}  # fmt: skip
    return RecordFile("split.json", dumped(content), (Wanted(*KILN, "2024-03-11"), Wanted(*SNOW, "2024-03-10")))


def keyed_by_id() -> RecordFile:
    content = {f"doc_{n}": {"标题": a[0], "正文": a[1].split("\n"), "时间": "2024年3月11日 08:00", "来源": "青石日报"} for n, a in enumerate((KILN, SNOW))}  # fmt: skip
    return RecordFile("all.json", dumped(content), tuple(Wanted(*a, "2024-03-11", (), "青石日报") for a in (KILN, SNOW)))


def spreadsheet_with_semicolons() -> RecordFile:
    rows = ["文章标题;发布时间;来源媒体;全文;记者;原文链接"]
    rows += [f'{a[0]};2024/3/{11 - n} 8:00;青石晚报;"{a[1]}";贺兰亭;https://n.example.cn/{n}' for n, a in enumerate((KILN, SNOW))]  # fmt: skip
    wanted = tuple(
        Wanted(*a, f"2024-03-{11 - n}", ("贺兰亭",), "青石晚报", f"https://n.example.cn/{n}")
        for n, a in enumerate((KILN, SNOW))
    )
    return RecordFile("导出.csv", "\r\n".join(rows).encode("gbk") + b"\r\n", wanted)


def press_database() -> RecordFile:
    text = KILN[1].replace("\n", "\r\n")
    rows = ["青石剪报中心导出结果", "", "序号,新闻标题,媒体名称,版次,作者姓名,见报日期,正文内容,字数"]
    rows += [f'1,"{KILN[0]}",青石日报,A3,"贺兰亭 叶舟",20240311,"　　{text}",52', f'2,"{HONEY[0]}",青石日报,A4,,20240310,"　　{HONEY[1]}",33']  # fmt: skip
    wanted = (Wanted(KILN[0], "　　" + KILN[1], "2024-03-11", ("贺兰亭", "叶舟"), "青石日报"), Wanted(HONEY[0], "　　" + HONEY[1], "2024-03-10", (), "青石日报"))  # fmt: skip
    return RecordFile("result.csv", ("\ufeff" + "\r\n".join(rows)).encode(), wanted)


def unicode_text() -> RecordFile:
    rows = ["题名\t报纸名称\t出版日期\t内容\t网址", *(f"{a[0]}\t青石日报\t2024-03-11\t{a[1].split(chr(10))[0]}\thttps://n.example.cn/{n}" for n, a in enumerate((KILN, SNOW)))]  # fmt: skip
    wanted = tuple(
        Wanted(a[0], a[1].split("\n")[0], "2024-03-11", (), "青石日报", f"https://n.example.cn/{n}")
        for n, a in enumerate((KILN, SNOW))
    )
    return RecordFile("工作表.txt.tsv", "\r\n".join(rows).encode("utf-16"), wanted)


def feed_with_whole_texts() -> RecordFile:
    items = "".join(
        f"<item><title><![CDATA[{a[0]}]]></title><link>https://n.example.cn/{n}</link><dc:creator><![CDATA[贺兰亭]]></dc:creator><pubDate>Mon, 11 Mar 2024 00:30:00 +0000</pubDate>"
        f"<description><![CDATA[{a[1][:10]}… <a href='x'>阅读全文</a>]]></description><content:encoded><![CDATA[{paragraphs(a[1])}]]></content:encoded></item>"
        for n, a in enumerate((KILN, SNOW))
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>青石日报</title><link>https://n.example.cn</link>{items}</channel></rss>'
    wanted = tuple(Wanted(*a, "2024-03-11", ("贺兰亭",), "青石日报", f"https://n.example.cn/{n}") for n, a in enumerate((KILN, SNOW)))  # fmt: skip
    return RecordFile("feed.xml", xml.encode(), wanted)


FILES = {
    make.__name__: make()
    for make in (
        interface_of_an_app, search_engine, search_engine_by_lines, microblog, public_accounts, document_database,
        world_events, data_set_server, data_set_of_news, linked_data, frame_by_columns, frame_split, keyed_by_id,
        spreadsheet_with_semicolons, press_database, unicode_text, feed_with_whole_texts,
    )
}  # fmt: skip
