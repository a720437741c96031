"""Saved news pages of six more makes: written when the rules stood, and measured once before anything was changed."""

from __future__ import annotations

import json

from web_pages import Page, lines

STOVE = (
    "入冬以后，柳河镇文化站的院子里多了一座烧木柴的大灶，每到周六中午，谁来都能盛上一碗羊杂汤。",
    "出这个主意的是站长冉秋生。他说，过去办讲座没有人来，摆书没有人看，“后来想明白了，人得先坐下来，才肯听别人说话。”",
    "第一个周六来了十一个人，到腊月已经要熬三锅。汤喝完了，有人就着灶火教孩子剪窗花，有人拉起了二胡。",
    "柴是村民自己背来的，羊杂由镇上的三家饭馆轮着出。冉秋生在墙上挂了一个本子，谁背了柴、谁洗了碗，都记一笔。",
)
RIVERBED = (
    "莱茵河水位今年夏天降到有记录以来的第三低点，德国科布伦茨附近的河床上露出了一艘十九世纪木船的龙骨。",
    "当地文物部门的负责人韦伯女士说，船上没有货物，船头的铁件却保存得很好，可能是因为一百多年来一直埋在泥里。",
    "水位过低使货船只能装三分之一的货。一家化工企业表示，已经改用火车运送原料，每吨成本多出四成。",
    "气象部门预计，未来十天仍然没有明显的降雨。",
)
EEL = (
    "宜蘭壯圍的捕鰻苗季節比去年晚了三個星期，海邊的帳篷區入夜後還是亮成一片，最冷的那天，有人一晚上只撈到兩尾。",
    "捕了三十年鰻苗的阿義說，一尾四十五元，兩尾還不夠買便當，「可是不來，心裡會癢。」",
    "水產試驗所指出，黑潮今年偏離岸邊，鰻苗到岸的時間往後延，總量要到二月底才看得出來。",
    "當地漁會呼籲捕撈者穿著救生衣，浪高超過一公尺時不要下水。",
)
RICE = (
    "本报讯（通讯员 时敏 记者 岳小舟）昨日，县种子站在双庙乡的试验田里收下了今年最后一批晚稻，亩产六百一十二公斤，比当地主栽品种多出五十三公斤。",
    "这个品种从杂交到定型用了十一年，株高不到一米，刮七级风也没有倒伏。",
    "站长说，亩产还不是最要紧的，“要紧的是做饭香，农民自己愿意留着吃。”",
    "明年，县里准备先在三个乡试种两千亩。",
)
LIBRARY = (
    "老城区的流动图书车今天第一次停在了建筑工地门口，车上有两千三百本书，还有八个插座。",
    "开车的图书管理员邵一苇说，插座比书受欢迎，工友们先来充电，等着的时候就翻翻书。",
    "一个下午借出了四十六本，借得最多的是电工手册和武侠小说。木工小郑借了一本字帖，他说想给女儿写一封像样的信。",
    "图书车每周二、周五下午四点到八点在这里停靠，不用办证，记一个电话号码就能借。",
)
WELL = (
    "关于村里的老井该不该填，我采访了七个人，得到了八种说法。",
    "主张填的人说，前年有只羊掉进去了，下一回掉进去的可能就是孩子。主张留的人说，自来水停过两回，两回都是这口井救的急。",
    "还有一位老人说，井不能填，因为他的名字是井给的：他出生那天，他父亲正在打这口井。",
    "村委会后来给井加了一个石盖，盖上留了一个碗口大的孔，打得上水，掉不进羊。",
)


def feed_platform() -> Page:
    data = json.dumps(
        {"data": {"title": "一座大灶和三锅羊杂汤", "source": "柳河镇事", "publishTime": "1703911800", "itemId": 7}},
        ensure_ascii=False,
    )
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>一座大灶和三锅羊杂汤 - 今天要闻</title></head><body><div id="root"><div class="header-wrapper"><span>打开App</span><span>推荐</span><span>关注</span></div>
<div class="article-detail-container"><div class="left-sidebar"><div class="detail-interaction"><span>赞</span><span>评论</span><span>收藏</span></div></div><div class="main"><div class="show-monitor"><div class="article-content"><h1>一座大灶和三锅羊杂汤</h1>
<div class="article-meta"><span class="dot">2023-12-30 12:50</span><span class="dot">·</span><span class="name"><a>柳河镇事</a></span></div><article class="syl-article-base">{lines(STOVE, '<p data-track="1">{}</p>')}<div class="pgc-img"><img></div></article></div></div>
<div class="detail-end">举报</div><div class="ttcomment"><div class="title">评论 2</div><ul><li><p>隔壁镇也想要一个，羊杂汤撒点香菜真的绝了，可惜没有人牵这个头。</p></li><li><p>冉站长我认识，是个实在人，当年我家的书都是从他那里借的。</p></li></ul></div></div>
<div class="right-sidebar"><div class="feed-card">柳河镇事 3.2万粉丝 关注</div><h3>头条热榜 换一换</h3><ol><li>全省晚稻收割过九成</li><li>羊毛衫为什么会缩水</li></ol></div></div></div><script>window._SSR_DATA = {data}</script></body></html>"""
    return Page(html.encode(), "一座大灶和三锅羊杂汤", STOVE, "2023-12-30", (), "柳河镇事")


def german_radio() -> Page:
    url = "https://www.example.com/zh/rhein/a-62800000"
    html = f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>莱茵河露出百年沉船 – 德音 – 2022年8月16日</title><link rel="canonical" href="{url}"><meta property="og:site_name" content="德音"><meta property="og:title" content="莱茵河露出百年沉船 – 德音 – 2022年8月16日"></head><body><a href="#main">跳转至内容</a><a href="#menu">跳转至主菜单</a>
<header><nav><a>在线报导</a><a>德语媒体</a></nav></header><div id="app"><article class="s1ebneao"><header><span class="kicker">经济与气候</span><span>德国</span><h1>莱茵河露出百年沉船</h1></header><div class="author-details"><span>图贝亚 (发自波恩)</span></div><span class="publication"><time>2022-08-16</time>2022年8月16日</span>
<p class="teaser-text">干旱使这条欧洲最繁忙的水道露出了河床，也露出了它的过去。</p><div class="share">https://p.example/4FAB</div><div class="rich-text">{lines(RIVERBED[:2])}<div class="ad-wrapper"><span>广告</span></div>{lines(RIVERBED[2:])}<p><em>德音致力于为您提供客观中立的新闻报道。</em></p><p>© 2022年德音版权声明：本文所有内容受到著作权法保护，如无德音特别授权，不得擅自使用。</p></div></article>
<section><h2>跳过此栏目 浏览更多相关内容</h2><ul><li><a>易北河上的饥饿石</a></li></ul></section></div></body></html>"""
    body = ("干旱使这条欧洲最繁忙的水道露出了河床，也露出了它的过去。", *RIVERBED, "德音致力于为您提供客观中立的新闻报道。")
    return Page(html.encode(), "莱茵河露出百年沉船", body, "2022-08-16", ("图贝亚",), "德音", url)


def island_union() -> Page:
    html = f"""<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8"><title>鰻苗晚到三星期 壯圍漁民苦守 | 宜花東 | 聯島新聞 | 聯島網</title><meta name="date.available" content="2022/12/30 09:11:52"><meta name="author" content="聯島報 ╱ 記者曾惟真╱宜蘭報導"></head><body><header><a>首頁</a></header>
<main><h1 class="article-content__title">鰻苗晚到三星期 壯圍漁民苦守</h1><div class="article-content__subinfo"><section class="authors"><span>2022-12-30 09:11 </span>聯島報 ／ 記者<a href="#">曾惟真</a>／宜蘭報導</section></div>
<section class="article-content__editor"><figure class="article-image"><img><figcaption>入夜後的壯圍海邊，捕鰻苗的帳篷亮成一片。記者曾惟真／攝影</figcaption></figure>{lines(EEL[:2])}<p><strong>黑潮偏離岸邊</strong></p>{lines(EEL[2:])}</section>
<div class="article-content__tag">#鰻苗 #宜蘭</div><div id="story_dropright"><a>贊助廣告</a></div><div class="signin-popup"><p>加入會員，收藏文章、追蹤作者，閱讀更精采的內容。</p></div></main></body></html>"""
    body = ("入夜後的壯圍海邊，捕鰻苗的帳篷亮成一片。記者曾惟真／攝影", *EEL[:2], "黑潮偏離岸邊", *EEL[2:])
    return Page(html.encode(), "鰻苗晚到三星期 壯圍漁民苦守", body, "2022-12-30", ("曾惟真",), "聯島報")


def early_digital_newspaper() -> Page:
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>双庙日报</title></head><body><table width="100%"><tr><td>双庙日报 2008年11月3日 星期一</td><td>第02版:农村经济</td><td><a href="#">返回首页</a> <a>版面导航</a> <a>标题导航</a></td></tr></table>
<table id="mp77"><tr><td class="newstit">收获季里的新稻种</td></tr><tr><td class="newsfu">双庙乡试验田亩产六百一十二公斤</td></tr><tr><td><span id="contenttext">{"".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{p}<BR>" for p in RICE)}</span></td></tr></table>
<table><tr><td>3<a href="a.htm">上一篇</a>&nbsp;<a href="b.htm">下一篇</a>4</td></tr></table><table><tr><td>双庙日报社主办　国内统一刊号：CN00-0000　新闻热线：0000-0000000</td></tr></table></body></html>"""
    return Page(
        html.encode("gbk"), "收获季里的新稻种", RICE, "2008-11-03", ("时敏", "岳小舟"), "双庙日报", encoding="gb18030"
    )  # fmt: skip


def city_app() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>详情</title></head><body><div class="open-app"><img><div>新老城<br>看见身边的新闻</div><span>立即打开</span></div>
<div class="detail"><div class="detail-title">图书车开到了工地门口</div><div class="detail-info"><span>老城发布</span><span>2024-06-04 17:36:20</span><span>阅读 8432</span></div><div class="audio"><span>点击播报本文，约</span><span>1分20秒</span></div><div class="detail-content">{lines(LIBRARY, "<div><span>{}</span></div>", "<div><br></div>")}
<div><span>记者：范一舟</span></div><div><span>编辑：小满　校对：大寒</span></div></div><div class="zan">点赞 17</div></div>
<div class="comment-wrap"><div class="h">最新评论</div><div class="one"><b>工地老李</b><div>插座真是救命，手机没电晚上没法给家里打电话。</div></div></div><div class="dl">没有更多了</div></body></html>"""
    return Page(html.encode(), "图书车开到了工地门口", LIBRARY, "2024-06-04", ("范一舟",), "老城发布")


def essay_on_a_blog() -> Page:
    html = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>一口井的八种说法_走村记_江博客</title></head><body><div id="sinablogHead"><h1 id="blogname"><a href="#">走村记</a></h1><div class="blognav"><a>首页</a><a>博文目录</a><a>关于我</a></div></div>
<div id="column_1"><div class="info_nm"><span>个人资料</span><strong>走村人</strong></div><p>博客等级：15　博客访问：30,221</p><div>评论 <ul><li>山雀：等下一篇</li></ul></div></div><div id="column_2"><div class="articalTitle"><h2 class="titName">一口井的八种说法</h2><span class="time">(2011-04-06 22:40:19)</span></div>
<div class="articalTag"><table><tr><td>标签： <h3>杂谈</h3></td><td>分类： 走村</td></tr></table></div><div id="sina_keyword_ad_area2" class="articalContent">{"".join(f"<P>&nbsp;&nbsp;&nbsp; {p}</P>" for p in WELL)}</div>
<div class="shareUp"><div>分享：</div><p>喜欢</p><p>0</p><p>赠金笔</p></div><div class="articalInfo"><span>阅读</span>(231) <span>评论</span>(1) <span>收藏</span>(0)</div><div>前一篇：<a>清明的雨</a></div><div>后一篇：<a>卖豆腐的时间</a></div></div></body></html>"""
    return Page(html.encode(), "一口井的八种说法", WELL, "2011-04-06", (), "江博客")


LATER = {
    make.__name__: make()
    for make in (feed_platform, german_radio, island_union, early_digital_newspaper, city_app, essay_on_a_blog)
}
