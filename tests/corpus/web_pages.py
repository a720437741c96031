"""Saved news pages of many makes, with what is to be found in each. Every sentence was written for this project."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Page:
    """The bytes of a page and what a reader of it would write down."""

    content: bytes
    title: str
    body: tuple[str, ...]
    date: str = ""
    authors: tuple[str, ...] = ()
    source: str = ""
    url: str = ""
    encoding: str = "utf-8"

    @property
    def day(self) -> dt.date | None:
        return dt.date.fromisoformat(self.date) if self.date else None


FERRY = (
    "本报讯（记者 潘海燕）清早六点半，白石渡口的最后一班摆渡船靠了岸。从今天起，两岸的人过河改走新桥，撑了四十一年船的老周把缆绳盘好，挂在了屋檐下。",
    "新桥全长二百一十六米，双向两车道，两侧留了人行道。县交通局负责人说，工程从立项到通车用了两年零三个月，比原计划提前了四十天。",
    "“以前孩子上学要等船，一等就是半个钟头。”在桥头卖早点的刘桂香说，雾大的日子船不敢开，学校只好推迟上课。",
    "记者在现场看到，桥头没有剪彩，几位老人提着鸟笼慢慢地走了一个来回，又在桥中间停下来看水。",
    "老周说，船不卖，留着给孙子看看，桥下的水有多急，当年的人就有多不容易。",
)
WELDERS = (
    "七月三日，江口县第二届焊工技能比武在老机械厂的旧车间里举行，来自九家企业的三十八名选手参加。",
    "比赛分为理论和实操两部分，实操要求在九十分钟内完成三个位置的对接焊缝，由五名评委逐道打分。",
    "最年轻的选手何小满今年二十一岁，去年刚从技工学校毕业。她的焊缝经X光检测没有一处气孔，得了第二名。",
    "县总工会副主席介绍，获得前三名的选手可以直接申报高级工，并由所在企业给予一次性奖励。",
)
FLOOD = (
    "县防汛抗旱指挥部消息，受连续降雨影响，清水河水位昨天夜里上涨一点三米，超过警戒水位零点二米，沿河三个村的四百一十二名群众已于凌晨四点前转移到镇中学。",
    "气象台预计，今天白天雨势减弱，傍晚前后水位将回落到警戒线以下。",
    "目前没有人员伤亡的报告。",
)
BRIEF = ("今天上午八点，江口至青石的公交线路恢复运行，首末班车时间不变，票价仍为两元，老年人凭证免费乘车。",)
INTERVIEW = (
    "问：为什么想到在山里办书店？",
    "答：因为我小时候没有书看。",
    "问：钱从哪里来？",
    "答：头三年是我自己卖茶叶挣的，后来有人愿意存书，还有人愿意存钱，存钱的拿书当利息。",
    "来的都是谁",
    "最多的是放学的孩子，其次是采茶的妇女。下雨天不能采茶，她们就来坐着，听人念一段。",
    "问：能一直办下去吗？",
    "答：能办一天是一天。",
)
TYPHOON = (
    "〔記者林淑芬／花蓮報導〕中度颱風「海燕」逼近東部海面，花蓮港今天下午兩點起封港，港內兩百多艘漁船全部進港避風，漁民忙著加固纜繩。",
    "氣象署指出，颱風預計明天清晨最接近陸地，東半部山區累積雨量可能超過五百毫米，民眾應避免前往山區和海邊活動。",
    "縣府表示，是否停班停課將在今晚八點前宣布。",
    "一名七十歲的船長說，他這輩子見過的颱風比吃過的喜酒還多，最怕的不是風，是大家不當一回事。",
)

NAV = "".join(
    f'<li><a href="/{n}/">{name}</a></li>'
    for n, name in enumerate("首页 要闻 时政 经济 社会 文化 体育 教育 健康 旅游 图片 视频 专题 评论".split())
)
RELATED = "".join(
    f'<li><a href="/a/{n}.html">{name}</a><span>{n}小时前</span></li>'
    for n, name in enumerate(
        [
            "全县中小学九月一日开学，食堂改用集中配送",
            "青石岭隧道贯通，进山的路缩短四十分钟",
            "两名游客被困河心，消防员半夜涉水救人",
            "老戏台修好了，第一场唱的还是那出老戏",
            "夏粮收购价公布，种粮大户说心里有底了",
            "县医院新大楼启用，挂号可以刷身份证",
        ],
        1,
    )
)
COMMENTS = """<div id="comments" class="comment-list"><h3>网友评论（3条）</h3>
<div class="comment"><b>河边的石头</b> 3楼<p>终于不用等船了，给修桥的人点个赞，希望晚上的路灯也能早点亮起来。</p></div>
<div class="comment"><b>qingshi88</b> 2楼<p>桥是修好了，可是桥那头的路还是烂的，下雨天还是没法走，什么时候修路？</p></div>
<div class="comment"><b>老茶客</b> 1楼<p>沙发！小时候我就是坐老周的船去上学的，一晃三十年过去了。</p></div></div>"""
FOOTER = """<div class="footer"><p><a href="/about">关于我们</a> | <a href="/ad">广告服务</a> | <a href="/job">招聘信息</a>
| <a href="/map">网站地图</a></p><p>版权所有 江口新闻网 未经授权禁止转载</p><p>备案号：江ICP备00000000号 违法和不良信息举报电话：000-0000000</p></div>"""


def lines(paragraphs: tuple[str, ...], template: str = "<p>{}</p>", between: str = "\n") -> str:
    return between.join(template.format(paragraph) for paragraph in paragraphs)


def portal() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>白石渡口通桥记_江口新闻网</title><meta name="keywords" content="渡口,新桥">
<meta property="og:title" content="白石渡口通桥记"><meta property="og:url" content="https://news.example.cn/s/2024-05-18/doc-1.shtml">
<meta property="article:published_time" content="2024-05-18T07:42:10+08:00"><meta property="article:author" content="江口新闻网">
<script>var a = "<p>不是正文的一段话，写在脚本里，不应当出现。</p>";</script><style>.a{{color:red}}</style></head><body>
<div class="top-nav"><ul>{NAV}</ul></div><div class="path"><a href="/">新闻中心</a> &gt; <a href="/sh">社会</a> &gt; 正文</div>
<h1 class="main-title">白石渡口通桥记</h1>
<div class="top-bar"><span class="date">2024年05月18日 07:42</span> <span class="source">江口日报</span>
<div class="tool"><a>分享到微博</a><a>分享到微信</a> 缩小字体 放大字体 收藏 微博 微信 分享</div></div>
<div class="article" id="artibody">{lines(FERRY, "<p>　　{}</p>")}
<p class="show_author">责任编辑：陈小桥 </p></div>
<div class="keywords">文章关键词：<a>渡口</a> <a>新桥</a></div><p class="article-feedback">我要反馈</p>
<div class="related"><h2>相关阅读</h2><ul>{RELATED}</ul></div>{COMMENTS}
<div class="sidebar"><h2>24小时热榜</h2><ol>{RELATED}</ol></div>{FOOTER}</body></html>"""
    return Page(
        html.encode(), "白石渡口通桥记", FERRY, "2024-05-18", ("潘海燕",), "江口日报", "https://news.example.cn/s/2024-05-18/doc-1.shtml"
    )  # fmt: skip


def tables_gbk() -> Page:
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>焊花里的比武 - 江口网</title></head><body bgcolor=#ffffff><table width=980 align=center><tr><td>
<table><tr>{"".join(f'<td><a href="c{n}.html">{c}</a></td>' for n, c in enumerate("首页 新闻 财经 体育 娱乐 论坛".split()))}</tr></table>
</td></tr><tr><td valign=top width=680><table width=100%><tr><td align=center><h1>焊花里的比武</h1></td></tr>
<tr><td align=center><font size=2>何大江　金秀兰</font></td></tr>
<tr><td align=center>2021年07月05日08:12　　来源：<a href="http://paper.example.cn">江口工人报</a></td></tr>
<tr><td><div class=text_con>{lines(WELDERS, "<p>　　{}</p>")}
<p>(责编：王石磊、赵云)</p></div></td></tr>
<tr><td>分享让更多人看到 <img src=share.gif></td></tr></table></td>
<td width=300 valign=top><table><tr><td>热点新闻</td></tr>{"".join(f'<tr><td>·<a href="{n}">{t}</a></td></tr>' for n, t in enumerate(["春耕用上了无人机，一天能播三百亩", "山区孩子有了自己的足球场", "老街的路灯换成了太阳能"]))}</table>
</td></tr><tr><td colspan=2 align=center>江口网版权所有 ，未经书面授权禁止使用<br>Copyright 2000-2021</td></tr></table></body></html>"""
    return Page(
        html.encode("gbk"),
        "焊花里的比武",
        WELDERS,
        "2021-07-05",
        ("何大江", "金秀兰"),
        "江口工人报",
        encoding="gb18030",
    )


def div_soup() -> Page:
    inner = lines(FLOOD, '<div class="x7"><span>　　{}</span></div>')
    html = f"""<!doctype html><html lang=zh><head><meta charset="UTF-8"><title>清水河水位超警戒，四百余人连夜转移|清水在线</title></head>
<body><div class="a1"><div class="b2">{"".join(f'<div class="b3"><a href="#">{c}</a></div>' for c in "新闻 民生 直播 报料 登录 注册".split())}</div></div>
<div class="c1"><div class="c2"><div class="t1">清水河水位超警戒，四百余人连夜转移</div>
<div class="t2"><span>清水在线</span><span>06-21 09:15</span><span>2023</span></div><div class="t3">{inner}</div>
<div class="z1">来源：清水县融媒体中心</div><div class="z1">编辑：小周　审核：老李</div><div class="z2">本文为原创作品，未经许可不得转载</div></div>
<div class="d1">{"".join(f'<div class="d2"><a href="{n}">{t}</a></div>' for n, t in enumerate(["为什么今年的雨下得这么久", "洪水退去之后，菜价会不会涨", "一张图看懂水库怎样调度"]))}</div></div>
<div class="f1">清水县融媒体中心主办　联系电话：0000-000000　下载客户端</div></body></html>"""
    return Page(html.encode(), "清水河水位超警戒，四百余人连夜转移", FLOOD, "", (), "清水县融媒体中心")


def wordpress() -> Page:
    url = "https://blog.example.org/2022/11/village-bookshop/"
    html = f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="UTF-8"><title>山里的书店 &#8211; 茶山周刊</title>
<link rel="canonical" href="{url}"><meta property="og:site_name" content="茶山周刊">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","name":"茶山周刊"}},
{{"@type":"Article","headline":"山里的书店","author":{{"name":"顾小川","@type":"Person"}},"datePublished":"2022-11-06T02:30:00+00:00"}}]}}</script>
</head><body class="post-template-default single"><header class="site-header"><p class="site-title"><a href="/">茶山周刊</a></p>
<nav><ul>{NAV}</ul></nav></header><main><article class="post-88 post type-post hentry"><header class="entry-header">
<h1 class="entry-title">山里的书店</h1><div class="entry-meta">发表于 <time class="entry-date published" datetime="2022-11-06T10:30:00+08:00">2022年11月6日</time>
<span class="byline">由 <span class="author vcard"><a href="/author/gu">顾小川</a></span></span></div></header>
<div class="entry-content">{lines(INTERVIEW[:4])}<h3>{INTERVIEW[4]}</h3>{lines(INTERVIEW[5:])}
<div class="sharedaddy"><h3>分享到：</h3><ul><li><a>点击分享到微博</a></li></ul></div></div>
<footer class="entry-footer">分类：<a rel="category tag">人物</a> 标签：<a rel="tag">书店</a></footer></article>
<nav class="post-navigation"><a href="/p">上一篇：采茶的第四十个春天</a><a href="/n">下一篇：一条河的两个名字</a></nav>{COMMENTS}
<form id="respond">发表评论 电子邮件地址不会被公开 <textarea></textarea></form></main>
<aside class="widget-area"><h2>近期文章</h2><ul>{RELATED}</ul></aside></body></html>"""
    return Page(html.encode(), "山里的书店", INTERVIEW, "2022-11-06", ("顾小川",), "茶山周刊", url)


def government() -> Page:
    body = (
        "各乡镇人民政府、县直有关单位：",
        "为做好今年春季动物防疫工作，经县政府同意，现将有关事项通知如下。",
        "一、三月底前完成应免畜禽的第一轮免疫，免疫密度不低于百分之九十。",
        "二、各乡镇要建立台账，逐户登记，做到村不漏户、户不漏畜。",
        "三、县农业农村局将组织抽查，抽查结果纳入年度考核。",
        "江口县人民政府办公室",
        "2024年3月8日",
    )
    html = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />
<meta name="SiteName" content="江口县人民政府"><meta name="ArticleTitle" content="关于做好春季动物防疫工作的通知">
<meta name="PubDate" content="2024-03-11 09:20"><meta name="ContentSource" content="县政府办"><meta name="ColumnName" content="通知公告">
<title>关于做好春季动物防疫工作的通知_通知公告_江口县人民政府</title></head><body>
<div class="header"><div class="nav">{"".join(f'<a href="{n}">{c}</a>' for n, c in enumerate("网站首页 政务公开 办事服务 互动交流 走进江口".split()))}</div></div>
<div class="position">您当前的位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <a>通知公告</a></div>
<div class="article"><h2 class="title">关于做好春季动物防疫工作的通知</h2>
<div class="info"><span>发布时间：2024-03-11 09:20</span><span>来源：县政府办</span><span>浏览次数：<script>document.write(12)</script>次</span><span>字体：[<a>大</a> <a>中</a> <a>小</a>]</span></div>
<div class="TRS_Editor" id="zoom"><style>.TRS_Editor P{{line-height:1.5}}</style>{lines(body[:5], '<p style="text-indent:2em">{}</p>')}
<p align="right">{body[5]}</p><p align="right">{body[6]}</p></div>
<div class="bottom"><a href="javascript:window.print()">【打印本页】</a><a href="javascript:window.close()">【关闭窗口】</a></div>
<div class="xgfj">扫一扫在手机打开当前页</div></div>
<div class="footer"><p>主办单位：江口县人民政府办公室</p><p>网站标识码：0000000000　公安备案 00000000000000号</p></div></body></html>"""
    return Page(html.encode(), "关于做好春季动物防疫工作的通知", body, "2024-03-11", (), "县政府办")


def wechat() -> Page:
    url = "http://mp.weixin.qq.com/s?__biz=MzA&mid=1&idx=1&sn=abc"
    inner = "".join(
        f'<section style="margin:0"><span style="font-size:15px">{p}</span></section><section><br></section>'
        for p in FERRY
    )
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="白石渡口通桥记"/>
<meta property="og:url" content="{url.replace("&", "&amp;")}"/><meta property="og:site_name" content="微信公众平台"/><meta name="author" content="潘海燕"/>
<title></title></head><body id="activity-detail" class="zh_CN"><div id="js_article" class="rich_media"><div class="rich_media_inner">
<div id="img-content"><h1 class="rich_media_title" id="activity-name">
白石渡口通桥记
</h1><div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_text">潘海燕</span>
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a id="js_name"> 江口发布 </a></span><em id="publish_time"></em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;"><p style="text-align:center">点击上方蓝字关注我们</p>{inner}
<p>长按二维码识别关注</p></div></div>
<div id="js_toobar3"><a>阅读原文</a> 阅读 <span>赞</span> 在看</div></div></div>
<div class="qr_code"><p>微信扫一扫<br>关注该公众号</p><p>继续滑动看下一个</p></div>
<script>var ct = "1715990400"; var createTime = '2024-05-18 08:00'; var nickname = htmlDecode("江口发布");</script></body></html>"""
    return Page(html.encode(), "白石渡口通桥记", FERRY, "2024-05-18", ("潘海燕",), "江口发布", url)


def amp() -> Page:
    url = "https://m.example.com/news/welders"
    html = f"""<!doctype html><html ⚡ lang="zh"><head><meta charset="utf-8"><link rel="canonical" href="{url}"><title>焊花里的比武 | 青石时报</title>
<script type="application/ld+json">[{{"@context":"http://schema.org","@type":["NewsArticle"],"headline":"焊花里的比武",
"datePublished":"2021-07-05","author":[{{"@type":"Person","name":"何大江"}}],"publisher":{{"@type":"Organization","name":"青石时报"}}}}]</script>
<style amp-custom>p{{margin:1em}}</style></head><body><amp-sidebar id="s"><ul>{NAV}</ul></amp-sidebar>
<article><h1>焊花里的比武</h1><div class="byline">何大江 · 2021/07/05</div><amp-img src="a.jpg" alt="比武现场"></amp-img>
{WELDERS[0] and f"<p>{WELDERS[0]}</p>"}<amp-ad>广告：买一送一，限时三天，点击进入</amp-ad>{lines(WELDERS[1:])}</article>
<section class="related"><h2>推荐阅读</h2><ul>{RELATED}</ul></section></body></html>"""
    return Page(html.encode(), "焊花里的比武", WELDERS, "2021-07-05", ("何大江",), "青石时报", url)


def lying_charset() -> Page:
    html = f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>江口公交恢复运行</title></head>
<body><div id=menu>{"".join(f"<a href=/{c}>{c}</a> " for c in "首页 新闻 地方 天气".split())}</div>
<div id=content><h1>江口公交恢复运行</h1><p class=info>2020-02-28 10:11　江口晚报　记者：沈如松</p>{lines(BRIEF)}</div>
<div id=hot><b>热门</b><ul>{RELATED}</ul></div></body></html>"""
    return Page(html.encode("utf-8"), "江口公交恢复运行", BRIEF, "2020-02-28", ("沈如松",), "江口晚报")


def unclosed() -> Page:
    html = f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gbk"><TITLE>白石渡口通桥记</TITLE><BODY>
<CENTER><A HREF=index.htm>首页</A> | <A HREF=list.htm>返回列表</A> | <A HREF=bbs.htm>论坛</A></CENTER><HR>
<CENTER><FONT SIZE=5><B>白石渡口通桥记</B></FONT><BR>2003年9月12日 作者：潘海燕</CENTER><HR>
<P>　　{"<P>　　".join(FERRY)}<P><CENTER>【<A HREF=javascript:close()>关闭窗口</A>】</CENTER>"""
    return Page(html.encode("gbk"), "白石渡口通桥记", FERRY, "2003-09-12", ("潘海燕",), "", encoding="gb18030")


def taiwan_big5() -> Page:
    html = f"""<html><head><meta http-equiv="content-type" content="text/html; charset=big5"><title>颱風逼近 花蓮港封港 - 地方新聞 - 東岸時報</title>
<meta property="og:title" content="颱風逼近 花蓮港封港 - 東岸時報"></head><body><div id="nav">{"".join(f'<a href="/{n}">{c}</a> ' for n, c in enumerate("即時 政治 社會 地方 國際 財經 體育 影視".split()))}</div>
<div class="content"><h1>颱風逼近 花蓮港封港</h1><span class="time">2023/09/02 14:32</span><div class="text">{lines(TYPHOON)}
<p class="appE1121">不用抽 不用搶 現在用APP看新聞 保證天天中獎　點我下載APP</p></div></div>
<div class="more"><h3>相關新聞</h3><ul><li><a href="/1">颱風假怎麼放？各縣市一次看</a></li><li><a href="/2">菜價應聲上漲 高麗菜一顆破百</a></li></ul></div>
<div class="foot">東岸時報版權所有 不得轉載</div></body></html>"""
    return Page(
        html.encode("big5"), "颱風逼近 花蓮港封港", TYPHOON, "2023-09-02", ("林淑芬",), "東岸時報", encoding="big5"
    )


def line_breaks() -> Page:
    inner = lines(WELDERS, "&nbsp;&nbsp;&nbsp;&nbsp;{}", "<br /><br />\n")
    html = f"""<!DOCTYPE html><html><head><meta charset="gbk"><title>焊花里的比武 - 社会 - 江口论坛</title></head><body>
<div class="hd"><a href="/">江口论坛</a> » <a href="/f">社会</a></div><div class="post"><h2>焊花里的比武</h2>
<div class="authi">发表于 2021-7-5 20:11:09 | 只看该作者</div><div class="t_f">{inner}</div></div>
<div class="ft">Powered by Bulletin</div></body></html>"""
    return Page(html.encode("gb18030"), "焊花里的比武", WELDERS, "2021-07-05", (), "江口论坛", encoding="gb18030")


def epaper() -> Page:
    inner = lines(FERRY, "<P>{}</P>")
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>江口日报多媒体数字报-白石渡口通桥记</title></head><body>
<table><tr><td><div id="pagelist">{"".join(f'<div><a href="node_{n}.htm">第0{n}版：{c}</a> <a href="{n}.pdf">PDF</a></div>' for n, c in enumerate("要闻 综合 民生 副刊".split(), 1))}</div></td>
<td><div class="lai"><span>2024年05月18日</span> 星期六 <a>往期回顾</a> <a href="#">上一篇</a> <a href="#">下一篇</a> 放大+ 缩小- 默认o</div>
<table><tr><td><founder-title><p class="BSHARE_TEXT">白石渡口通桥记</p></founder-title></td></tr><tr><td><p>——写在江口大桥通车之际</p></td></tr><tr><td><founder-author>□本报记者 潘海燕</founder-author></td></tr>
<tr><td><div id="ozoom"><founder-content>{inner}</founder-content></div></td></tr></table>
<div>版权声明 本报所有文字作品，未经授权不得转载</div></td></tr></table></body></html>"""
    return Page(html.encode(), "白石渡口通桥记", FERRY, "2024-05-18", ("潘海燕",), "江口日报")


def saved_by_browser() -> Page:
    url = "https://www.example.com/society/20240518/c1.html?from=rss"
    inner = (
        lines(FERRY[:2])
        + '<figure><img src="./a_files/1.jpg"><figcaption>图为新桥航拍。 潘海燕 摄</figcaption></figure>'
    )
    inner += f"<p>{FERRY[2].replace('刘桂香', '<a href=https://www.example.com/p/3>刘桂香</a>')}</p><p><strong>{FERRY[3]}</strong></p><p>{FERRY[4]}</p>"
    html = f"""<!DOCTYPE html>
<!-- saved from url=(0060){url} -->
<html data-theme="light"><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
<title>白石渡口通桥记-青石新闻-青石网</title></head><body><div role="navigation"><ul>{NAV}</ul></div>
<div class="main"><div class="article-detail"><h1>白石渡口通桥记</h1><p class="meta">发布时间：2024-05-18 07:42:10　作者：潘海燕　责任编辑：陈小桥</p>
<div class="detail-body">{inner}</div><div class="share">分享至：<a>朋友圈</a><a>微博</a></div><p>本文来源：江口日报</p>
<p>【免责声明】本文仅代表作者本人观点，与本网无关。</p></div><div class="aside"><h4>猜你喜欢</h4><ul>{RELATED}</ul></div></div></body></html>"""
    body = (*FERRY[:2], "图为新桥航拍。 潘海燕 摄", *FERRY[2:])
    return Page(html.encode(), "白石渡口通桥记", body, "2024-05-18", ("潘海燕",), "江口日报", url)


def no_charset() -> Page:
    html = f"""<html><head><title>清水河水位超警戒，四百余人连夜转移_清水网</title></head><body>
<h1>清水河水位超警戒，四百余人连夜转移</h1><p>2023年6月21日　来源：清水日报　作者：周立</p><div class="con">{lines(FLOOD)}</div>
<p>上一篇：<a href="1">夏收夏种进度过半</a></p><p>下一篇：<a href="2">没有了</a></p></body></html>"""
    return Page(
        html.encode("gb18030"),
        "清水河水位超警戒，四百余人连夜转移",
        FLOOD,
        "2023-06-21",
        ("周立",),
        "清水日报",
        encoding="gb18030",
    )


def spans_in_one_paragraph() -> Page:
    url = "https://www.example.net/dy/article/ABC.html"
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><title>山里的书店|书店|采茶_网络新闻</title><meta property="og:url" content="{url}">
<meta name="author" content="网络新闻"><meta property="article:published_time" content="2022-11-07T06:00:12+08:00"></head><body>
<div class="post_main"><h1 class="post_title">山里的书店</h1><div class="post_info">2022-11-07 06:00:12　来源: <a>茶山周刊</a> 江口 <a>举报</a></div>
<div class="post_content"><div class="post_body"><p id="0ABC">{"".join(f"<span>{p}</span><br>" for p in INTERVIEW)}</p></div>
<div class="post_author">责任编辑： 陈小桥_NN123</div><div class="post_statement">特别声明：以上内容为自媒体平台用户上传并发布，本平台仅提供信息存储服务。</div></div>
<div class="post_next">{COMMENTS}</div></div><div class="post_side"><ul>{RELATED}</ul></div></body></html>"""
    return Page(html.encode(), "山里的书店", INTERVIEW, "2022-11-07", (), "茶山周刊", url)


PAGES = {
    make.__name__: make()
    for make in (
        portal, tables_gbk, div_soup, wordpress, government, wechat, amp, lying_charset, unclosed, taiwan_big5,
        line_breaks, epaper, saved_by_browser, no_charset, spans_in_one_paragraph,
    )
}  # fmt: skip


def f1(found: str, expected: str) -> float:
    """Harmonic mean of precision and recall over pairs of neighbouring characters, counted; blanks do not count."""
    left, right = (Counter(pairwise("".join(text.split()))) for text in (found, expected))
    common = sum((left & right).values())
    return 2 * common / max(1, left.total() + right.total())
