"""More saved news pages: written after the rules, to see what the rules do with pages that they were not made for."""

from __future__ import annotations

from web_pages import BRIEF, COMMENTS, FERRY, FLOOD, INTERVIEW, NAV, RELATED, TYPHOON, WELDERS, Page, lines


def agency() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><meta name="publishdate" content="2024-05-18"/>
<meta name="author" content="000001"/><meta name="source" content="通讯社"/><title>
白石渡口通桥记-通讯网
</title></head><body><div class="fix-ewm domPC"><img src="x.png"/><div class="fxd"><span class="fxd-wx">手机版</span></div></div>
<div class="domPC"><div class="header domPC" data-ishead="1"><div class="header-top clearfix"><div class="header-nav left"><ul>{NAV}</ul></div></div>
<div class="header-cont clearfix"><div class="header-time left"><span class="year"><em> 2024</em></span><span class="day"><em>05</em>/<em>18</em></span><span class="time">07:42:10</span></div>
<div class="source">来源：青石通讯社</div><div class="head-line clearfix"><h1><span class="title">白石渡口通桥记</span></h1>
<div class="pageShare"><div class="setFont">字体：<span>小</span><span>中</span><span>大</span></div><div class="share">分享到：<a></a></div></div></div></div></div></div>
<div class="main clearfix"><div class="main-left left"><div id="detail"><span id="detailContent">{lines(FERRY, "<p>　　{}</p>")}
<p>　　（记者潘海燕 摄影报道）</p></span><div id="articleEdit"><span class="tiyi1"><a>【纠错】</a></span><span class="editor"> 【责任编辑:陈小桥】 </span></div></div>
<div class="nextpage clearfix"><div class="nextpage-tit">阅读下一篇：</div></div></div><div class="main-right right"><div class="columBox hotList"><div class="col-tit"><span>深度观察</span></div><ul>{RELATED}</ul></div></div></div>
<div class="foot"><script src="f.js"></script></div></body></html>"""
    return Page(
        html.encode(), "白石渡口通桥记", (*FERRY, "（记者潘海燕 摄影报道）"), "2024-05-18", ("潘海燕",), "青石通讯社"
    )


def self_media() -> Page:
    inner = "".join(f"<p><span>{p}</span></p>" for p in WELDERS)
    html = f"""<!DOCTYPE html><html><head><title>焊花里的比武_选手_焊缝_评委</title><meta charset="utf-8"/><meta name="mediaid" content="江口工友"/>
<meta property="og:release_date" content="2021-07-05 08:12"/><meta itemprop="datePublished" content="2021-07-05 08:12"/><meta property="og:url" content="www.example.com/a/1_2"/></head>
<body><div class="wrapper-box"><header id="main-header"><div class="area"><ul>{NAV}</ul></div></header><div class="location area"><div class="bread"><a>新闻</a> &gt; <span>正文</span></div></div>
<div id="article-container"><div class="left main"><div data-spm="content"><div class="text"><div class="text-title"><h1>焊花里的比武 <span class="article-tag"></span></h1>
<div class="article-info"><span class="time" id="news-time">2021-07-05 08:12</span> <span data-role="original-link">来源: <a href="//m.example.com">江口工友</a></span></div></div>
<article class="article" id="mp-editor"><p data-role="original-title" style="display:none">原标题：焊花里的比武</p>{inner}<p data-role="editor-name">责任编辑：<span></span></p></article>
<div id="articleTransfer"><a>返回网站，查看更多</a></div></div></div><div class="statement">平台声明：该文观点仅代表作者本人，本站系信息发布平台。</div><div class="bottom-relate-wrap">阅读 (<em>1203</em>)</div></div>
<div class="right sidebar"><div class="user-info"><h4>江口工友</h4><dl>文章总数 32</dl></div><h3>推荐阅读</h3><ul>{RELATED}</ul></div></div></div></body></html>"""
    return Page(html.encode(), "焊花里的比武", WELDERS, "2021-07-05", (), "江口工友")


def modules() -> Page:
    inner = lines(FLOOD, '<p class="css-1ab2">{}</p>')
    html = f"""<!DOCTYPE html><html lang="zh-hans"><head><meta charSet="utf-8"/><title>清水河水位超警戒 四百余人连夜转移 - 远方新闻中文</title>
<meta property="og:title" content="清水河水位超警戒 四百余人连夜转移 - 远方新闻中文"/><meta property="og:site_name" content="远方新闻中文"/>
<link rel="canonical" href="https://www.example.org/zhongwen/simp/1"/></head><body><div id="root"><header role="banner"><nav><ul>{NAV}</ul></nav></header><div class="bbc-1"><div class="bbc-2">
<main role="main"><div class="bbc-h"><h1 id="content">清水河水位超警戒 四百余人连夜转移</h1></div><figure><picture><img alt="水位"/></picture><figcaption><span>图像加注文字，</span>凌晨的清水河堤</figcaption></figure>
<section role="region"><ul><li>周立</li><li>远方新闻驻清水记者</li></ul></section><div class="bbc-t"><time dateTime="2023-06-21">2023年6月21日</time></div><div dir="ltr">{inner}</div>
<section data-e2e="related-content-heading"><h2>更多相关内容</h2><ul>{RELATED}</ul></section></main></div></div><footer role="contentinfo"><ul><li><a>使用条款</a></li></ul><p>© 2023 远方新闻. 对外部网站内容概不负责。</p></footer></div></body></html>"""
    return Page(
        html.encode(), "清水河水位超警戒 四百余人连夜转移", FLOOD, "2023-06-21", ("周立",), "远方新闻中文", "https://www.example.org/zhongwen/simp/1"
    )  # fmt: skip


def taiwan_utf8() -> Page:
    html = f"""<!doctype html><html lang="zh-Hant-TW"><head><meta charset="utf-8"><title>颱風逼近 花蓮港封港 | 社會新聞 | 生活 | 海島新聞網</title>
<meta name="date.created" content="2023-09-02T14:32:00+08:00"><meta property="article:published_time" content="2023-09-02T14:32:00+08:00"><meta name="author" content="海島新聞網"><meta property="og:site_name" content="海島新聞網">
<script type="application/ld+json">{{"@context":"http://schema.org","@type":"NewsArticle","headline":"颱風逼近 花蓮港封港","author":{{"@type":"Person","name":"林淑芬"}},"datePublished":"2023-09-02T14:32:00+08:00","url":"https://e.example.tw/story/1"}}</script></head>
<body><header class="header"><ul>{NAV}</ul></header><main><section class="wrapper-left"><nav class="breadcrumb"><a>首頁</a><a>社會</a></nav><section class="article-content__wrapper"><h1 class="article-content__title">颱風逼近 花蓮港封港</h1>
<section class="authors"><time class="article-content__time">2023-09-02 14:32</time> <span class="article-content__author">海島報／ 記者<a>林淑芬</a>／花蓮即時報導</span></section>
<article class="article-content__body"><figure><img></figure><section class="article-content__editor">{lines(TYPHOON[:2])}<div class="inline-ads">贊助</div>{lines(TYPHOON[2:])}</section></article>
<section class="keywords">颱風 花蓮</section><section class="discuss-board"><h2>留言</h2><p>發表回應前請先詳讀網站使用規範，謝謝您的配合與支持。</p></section><section class="related-news"><h2>相關新聞</h2><ul>{RELATED}</ul></section></section></main></body></html>"""
    return Page(
        html.encode(),
        "颱風逼近 花蓮港封港",
        TYPHOON,
        "2023-09-02",
        ("林淑芬",),
        "海島新聞網",
        "https://e.example.tw/story/1",
    )


def county_media() -> Page:
    inner = "<br>　　".join(FERRY)
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" /><title>白石渡口通桥记_县区新闻_江口新闻网</title></head><body>
<div id="head"><a href="/">首页</a>-<a href="/xq">县区</a></div><div class="w1000"><div class="left"><div class="cont_title">白石渡口通桥记</div>
<div class="cont_info">http://www.example.com　　2024年05月18日 07:42　　江口日报　　我来说两句(<a>0</a>)　　【字号 <a>大</a> <a>中</a> <a>小</a>】</div>
<div class="cont_text">　　{inner}</div><div class="cont_edit">[来源：江口日报]　[作者：潘海燕]　[编辑：陈小桥]</div><div class="jia">[加入收藏]　[打印]　[关闭]</div></div>
<div class="right"><div class="t">新闻排行</div><ul>{RELATED}</ul></div></div><div id="footer">江口新闻网版权所有 投稿邮箱：a@example.com 地址：江口县人民路一号，邮编：000000</div></body></html>"""
    return Page(html.encode("gbk"), "白石渡口通桥记", FERRY, "2024-05-18", ("潘海燕",), "江口日报", encoding="gb18030")


def short_with_long_comments() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta charset=utf-8><title>江口公交恢复运行-江口在线</title></head><body><div class="wrap"><h1>江口公交恢复运行</h1>
<div class="msg">2020年2月28日 10:11:00 | 来源：江口晚报 | 阅读 2.1万</div><div class="con">{lines(BRIEF)}</div></div>
<div class="pl">{COMMENTS}{COMMENTS.replace("沙发", "板凳")}</div><div class="r">{RELATED}</div></body></html>"""
    return Page(html.encode(), "江口公交恢复运行", BRIEF, "2020-02-28", (), "江口晚报")


def long_lists() -> Page:
    inner = "".join(f"<p><b>{p}</b></p>" if p.startswith("问") else f"<p>{p}</p>" for p in INTERVIEW)
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>人物｜山里的书店</title><meta property="og:title" content="人物｜山里的书店"></head><body><div id="__next">
<div class="index_header__1"><ul>{NAV}</ul></div><div class="index_wrapper__L"><div class="index_leftcontent__B"><h1 class="index_title__B">人物｜山里的书店</h1><div class="index_left__L"><div>茶山周刊记者 顾小川</div><div><span>2022-11-06 10:30</span><span>来源：茶山周刊</span></div></div>
<div class="index_cententWrap__J">{inner}</div><div class="index_editor__x">责任编辑：陈小桥 图片编辑：赵云</div><div>校对：何大江</div><div class="index_copyright__y">茶山周刊报料热线：000-0000-0000　未经授权不得转载</div></div>
<div class="index_rightcontent__A"><h3>24小时最热</h3>{"".join(f'<div class="mdCard"><a><h4>{t}，一条山路走了三十年</h4></a><p>他们说这是最好的办法，也有人不同意，但是没有人说出来。</p></div>' for t in "甲乙丙丁")}</div></div></div></body></html>"""
    return Page(html.encode(), "人物｜山里的书店", INTERVIEW, "2022-11-06", ("顾小川",), "茶山周刊")


UNSEEN = {
    make.__name__: make()
    for make in (agency, self_media, modules, taiwan_utf8, county_media, short_with_long_comments, long_lists)
}
