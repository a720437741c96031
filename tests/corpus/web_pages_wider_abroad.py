"""Saved pages of eleven more makes from Taiwan, Hong Kong, Southeast Asia and America, measured once before the rules
were looked at again."""

from __future__ import annotations

import json

from web_pages import Page, lines

PERSIMMON = (
    "新埔的九降風吹了三個星期，柿餅棚下終於掛滿了金黃。柿農劉阿春說，今年雨水多，削皮後要多烘一天，不然心裡會發酸。",
    "棚子裡的竹篩一共四百八十個，每個放六十四顆，早上攤開，傍晚收進屋內，再用手捏一遍，「捏得軟不軟，機器不知道。」",
    "農會統計，今年產量比去年少兩成，價格每斤漲了三十元，過年前的訂單十天就滿了。",
    "劉阿春的孫女在網路上教人分辨柿霜和糖粉，影片有四十萬人看過，她說阿嬤到現在還以為那是四十萬張訂單。",
)
BUS = (
    "行駛了五十二年的客家山線公車，昨天跑完最後一班。司機徐連財把方向盤擦了三遍，才把鑰匙交出去。",
    "這條路線一天只有兩班，平均載客四人，公司每年虧損三百多萬元。縣府改以預約制小巴接手，四十分鐘前打電話就來。",
    "八十三歲的邱婆婆坐在第一排，從起站坐到終站，又坐回來。她說年輕時去鎮上賣筍，坐的也是這個位子。",
    "交通處表示，小巴試辦半年，若每日超過三十人次，會再增加一輛。",
)
PIER = (
    "政府今日宣布，北角街渡碼頭的改善工程將於下月展開，為期約十一個月，期間街渡服務會由旁邊的臨時登岸設施維持。",
    "土木工程拓展署發言人說，現有碼頭建於一九六三年，混凝土樁有不同程度的剝落，工程將更換三十六條樁，並加建無障礙斜道和避雨上蓋。",
    "發言人補充，工程已諮詢地區人士和漁民團體，並因應意見把施工時間避開禁漁期後的首兩個月。",
    "市民可於署方網頁瀏覽臨時安排。",
)
NOISE = (
    "一項為期兩年的研究發現，住在天橋旁邊的兒童，專注力測試的得分比住在內街的低一成一，裝了雙層玻璃窗之後差距減半。",
    "負責研究的霍教授說，噪音不一定令人覺得吵，「最麻煩的是習慣了，腦袋還是要花力氣去擋。」",
    "研究訪問了一千二百個家庭，當中近四成表示夏天會長期關窗，電費因此多付兩成。",
    "團隊建議在更換路面時優先使用低噪音物料，並為沿線學校設立隔音津貼。",
)
DURIAN = (
    "（文冬12日讯）今年的第一批榴梿落得比往年早，果园里的网子刚张好，凌晨就接到了十七颗。",
    "果农丘福来说，三月少雨，花开得齐，五月又下得刚好，所以果肉厚、颜色深。不过果子集中掉，价钱就守不住了。",
    "他把每一颗都写上掉落的时间，超过十二个小时的不卖鲜果，拿去做糕。",
    "“客人问我哪一颗最好吃，我说，你等到半夜的那一颗。”",
)
LIFTS = (
    "四座老组屋的居民从下个月起可以乘电梯直接到达每一层楼，住在五楼的何奶奶说，她终于不用先下到四楼再走楼梯了。",
    "市镇会介绍，这四座组屋建于一九七八年，电梯原来每隔四层才停一次，加装工程因为地基太浅，前后改了三次图样。",
    "工程费用由政府承担九成，每户居民平均付六百元，可以分五年摊还。",
    "市镇会计划在年底前完成邻里另外两座组屋的工程。",
)
LAUNDRY = (
    "在法拉盛一条小街上，开了三十一年的顺手洗衣店上星期改成了图书交换站，洗衣机没有搬走，盖子打开，里面放的是书。",
    "店主麦太太说，租约还有八个月，与其空着，不如让邻居有个地方坐，“以前大家在这里等衣服，现在在这里等人。”",
    "第一天来了六十多人，最先被拿走的是一本英汉对照的入籍考题。",
    "社区委员会正在讨论，租约到期后能不能把它搬到地铁站旁边的空铺。",
)
SEEDS = (
    "位于北纬七十八度的种子库上月收到了一批来自云雾高地的豆种，装在三十六只铝箔袋里，每一只都写着种它的人的名字。",
    "送种子来的是七位妇女。她们所在的合作社在过去十五年里，从集市、谷仓和老人的口袋里收集了二百一十九个地方品种。",
    "植物学家说，其中至少有四十个品种在野外已经找不到。它们也许抗旱，也许抗病，也许只是好吃。",
    "“放进去不是为了放着。”领队的妇女说，“是为了哪一天有人来要的时候，我们拿得出来。”",
)
LANTERN = (
    "唐人街的老会馆里，三十个孩子正在学扎灯笼。竹篾要先泡水，再用火烤，弯得太急就会断。",
    "教他们的是八十岁的关师傅，四十年前从开平来。他说自己扎过最大的灯笼有两层楼高，扎过最小的放在女儿手心里。",
    "会馆的主席表示，今年的灯会将第一次移到河边，邀请邻近的越南裔和柬埔寨裔社区一起参加。",
)
MORE = "".join(
    f'<li><a href="/news/{n}">{name}</a></li>'
    for n, name in enumerate(("夜市攤位抽籤下週登場", "老榕樹移植後冒新芽", "渡輪加開假日班次", "街坊組隊清理後巷", "百年茶行遷入新址"), 1)
)


def linked(**facts: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **facts}, ensure_ascii=False)}</script>'


def cloud_of_news() -> Page:
    html = f"""<!doctype html><html lang="zh-Hant"><head><meta charset="utf-8"><title>九降風吹三週　新埔柿餅掛滿棚 | 東雲新聞雲</title><meta property="og:title" content="九降風吹三週　新埔柿餅掛滿棚 | 東雲新聞雲"><meta property="og:site_name" content="東雲新聞雲"><meta name="pubdate" content="2021-10-28T15:12:00+08:00"><link rel="canonical" href="https://www.example.tw/news/20211028/2111111.htm"></head><body id="news"><div class="wrapper_box"><header><nav class="nav_1"><ul>{MORE}</ul></nav></header>
<div class="container_box"><div class="part_area_1"><div class="menu_bread_crumb"><a>東雲</a>&gt;<a>生活</a></div></div><article><div class="subject_article"><header><h1 class="title">九降風吹三週　新埔柿餅掛滿棚</h1><time class="date" datetime="2021-10-28T15:12:00+08:00">2021年10月28日 15:12</time></header><div class="text_box"><div class="ad_in_news">▼</div>
<div class="story" itemprop="articleBody"><p><img></p><p><strong>▲新埔柿餅棚下一片金黃。（圖／記者范綱明攝）</strong></p><p>記者范綱明／新竹報導</p>{lines(PERSIMMON[:2])}<p><strong>►►►想看更多在地新聞，加入東雲好友</strong></p>{lines(PERSIMMON[2:])}</div></div></div></article>
<div class="part_tag_1"><strong>關鍵字：</strong><a>柿餅</a><a>新埔</a></div><div class="part_fb_1"><p>※本文版權所有，非經授權，不得轉載。</p></div><div class="part_list_2"><h2>推薦閱讀</h2><ul>{MORE}</ul></div><div class="part_list_3"><h2>讀者迴響</h2></div></div></div></body></html>"""
    body = ("▲新埔柿餅棚下一片金黃。（圖／記者范綱明攝）", *PERSIMMON)
    return Page(
        html.encode(), "九降風吹三週　新埔柿餅掛滿棚", body, "2021-10-28", ("范綱明",), "東雲新聞雲",
        "https://www.example.tw/news/20211028/2111111.htm",
    )  # fmt: skip


def evening_of_the_island() -> Page:
    ld = linked(
        **{"@type": "NewsArticle"}, headline="山線公車跑完最後一班", datePublished="2022-03-02T18:20:11+08:00",
        author={"@type": "Person", "name": "洪榆"}, publisher={"@type": "Organization", "name": "中央時報網"},
    )  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="zh-TW"><head><meta charset="utf-8"><title>山線公車跑完最後一班 - 生活 - 中央時報網</title><meta property="og:title" content="山線公車跑完最後一班 - 生活"><meta property="og:site_name" content="中央時報網">{ld}</head><body><div class="site-header"><ul>{MORE}</ul></div><div class="article-wrapper"><div class="breadcrumb"><a>首頁</a> / <a>生活</a></div><article class="article-box"><header class="article-header"><h1 class="article-title">山線公車跑完最後一班</h1>
<div class="meta-info-wrapper"><div class="meta-info"><time datetime="2022-03-02 18:20"><span class="hour">18:20</span><span class="date">2022/03/02</span></time><div class="source"><a>旺台早報</a></div><div class="author"><a>洪榆</a></div></div><div class="share-tools"><a>字級</a></div></div></header><div class="article-contents clear-fix"><div class="main-figure"><figure><img><figcaption>司機徐連財交出鑰匙前，把方向盤擦了三遍。（洪榆攝）</figcaption></figure></div>
<div class="article-body">{lines(BUS[:2])}<div class="promote-word"><ul><li><a>春節疏運今起購票</a></li></ul></div>{lines(BUS[2:])}</div><div class="article-hash-tag"><span class="hash-tag"><a>#公車</a></span><span class="hash-tag"><a>#客家</a></span></div></div></article><div class="promote-report"><h3>推薦</h3><ul>{MORE}</ul></div><div class="donate-form"><h3>發表意見</h3><p>留言規則：請勿謾罵。</p></div></div></body></html>"""
    body = ("司機徐連財交出鑰匙前，把方向盤擦了三遍。（洪榆攝）", *BUS)
    return Page(html.encode(), "山線公車跑完最後一班", body, "2022-03-02", ("洪榆",), "旺台早報")


def radio_of_the_harbour() -> Page:
    inner = "<br />\n<br />\n".join(NOISE)
    html = f"""<!DOCTYPE html><html lang="zh-hk"><head><meta charset="utf-8"><title>研究指天橋旁兒童專注力較低　雙層窗可減差距 - 港聲電台</title><meta property="og:title" content="研究指天橋旁兒童專注力較低　雙層窗可減差距 - 港聲電台"></head><body><div id="header"><a>主頁</a><a>新聞</a><a>節目</a><ul>{MORE}</ul></div><div class="itemContainer"><div class="itemHeader"><h2 class="itemTitle">研究指天橋旁兒童專注力較低　雙層窗可減差距</h2><div class="createddate">2019-07-04 HKT 12:31</div></div>
<div class="itemToolbar"><a>分享</a><a>Whatsapp</a></div><div class="itemBody"><div class="itemSlideShow"><div class="detailNewsSlideTitleText">霍教授說，噪音不一定令人覺得吵。(港聲記者攝)</div></div><div class="itemFullText">{inner}</div><div class="clr"></div></div><div class="itemRelated"><div class="title">相關新聞</div><ul>{MORE}</ul></div><div class="relatednews">最新 要聞</div></div><div id="footer">©港聲電台 版權所有 不得轉載</div></body></html>"""
    body = ("霍教授說，噪音不一定令人覺得吵。(港聲記者攝)", *NOISE)
    return Page(html.encode(), "研究指天橋旁兒童專注力較低　雙層窗可減差距", body, "2019-07-04", (), "港聲電台")


def press_release() -> Page:
    inner = "<br />\n<br />\n".join(f"　　{p}" for p in PIER)
    html = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html lang="zh-HK"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>北角街渡碼頭改善工程下月展開</title></head><body><div id="wrapper"><div class="header"><a>跳至主要內容</a><a>繁</a><a>简</a><a>EN</a></div><div id="breadcrumb"><a>新聞公報</a></div><div class="colLeft"><div class="floatL">列印</div><div class="floatR">寄給朋友</div><div class="FontsizeCtrl">字型大小</div></div>
<div class="row"><div id="PRHeadline"><h1 id="PRHeadlineSpan">北角街渡碼頭改善工程下月展開</h1><br />****************</div><div class="controlDisplay"><span id="pressrelease">{inner}</span><br /><br /><br />完<br /><br />2023年4月6日（星期四）<br />香港時間16時30分<br /></div></div><div class="mB15"><a>返回</a></div><div class="footer"><a>重要告示</a> <a>私隱政策</a><br />修訂日期：2023年4月6日</div></div></body></html>"""
    return Page(html.encode(), "北角街渡碼頭改善工程下月展開", PIER, "2023-04-06", (), "")


def days_before_months() -> Page:
    html = f"""<!DOCTYPE html><html lang="zh-hans"><head><meta charset="utf-8"><title>四座老组屋电梯将停每一层 | 星八台</title><meta property="og:site_name" content="星八台"><meta property="og:title" content="四座老组屋电梯将停每一层"><link rel="canonical" href="https://www.example.sg/singapore/lifts-1901111"></head><body><header><nav><ul>{MORE}</ul></nav></header><main><article class="article"><div class="article-cat"><a>新加坡</a></div><h1 class="article-title">四座老组屋电梯将停每一层</h1>
<div class="article-meta"><span class="article-publish">发布: 07/08/2022 10:20</span> <span class="article-update">更新: 08/08/2022 09:05</span></div><div class="author">记者：蔡荷生</div><figure class="article-media"><img></figure><div class="text-long">{lines(LIFTS[:2])}<div class="ad-entry"><span>广告</span></div>{lines(LIFTS[2:])}</div><p class="disclaimer">请<a>下载 App</a> 订阅每日新闻通知。</p></article>
<section class="also"><h3>您可能也喜欢这些文章</h3><ul>{MORE}</ul></section></main><footer>Copyright © 2022 星八台</footer></body></html>"""
    return Page(
        html.encode(), "四座老组屋电梯将停每一层", LIFTS, "2022-08-07", ("蔡荷生",), "星八台",
        "https://www.example.sg/singapore/lifts-1901111",
    )  # fmt: skip


def peninsula_daily() -> Page:
    html = f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="UTF-8"><title>文冬榴梿早落 十二小时不卖鲜果 | 南洋晨报网</title><meta property="og:title" content="文冬榴梿早落 十二小时不卖鲜果 | 南洋晨报网"><meta property="article:published_time" content="2023-06-12T09:32:10+00:00"><meta property="og:site_name" content="南洋晨报网"></head><body class="post-template single"><div class="top-bar"><span>星期一, 六月 12, 2023</span><ul>{MORE}</ul></div><div class="article-page-main"><div class="sub-cat"><a>地方</a><a>东海岸</a></div><h1 class="article-page-title">文冬榴梿早落 十二小时不卖鲜果</h1>
<div class="article-page-date"><span>发布 5:32pm 12/06/2023</span></div><div class="like-share"><a>33点看</a><a>分享</a></div><div class="article-page-content"><p><img></p><p class="wp-caption-text">丘福来在每颗榴梿上写下掉落的时间。（文长胜摄）</p>{lines(DURIAN[:2])}<div class="ads-frame-wrapper"><span>ADVERTISEMENT</span></div><p>{DURIAN[2]}</p><p><strong>另一厢：<a>芙蓉红毛丹下周上市</a></strong></p><p>{DURIAN[3]}</p></div>
<div class="article-page-tags"><a>榴梿</a><a>文冬</a></div><div class="article-page-writer"><p>打开全文</p></div><div class="also-like"><h4>你也可能感兴趣</h4><ul>{MORE}</ul></div><div class="fb">文章评论</div></div></body></html>"""
    body = ("丘福来在每颗榴梿上写下掉落的时间。（文长胜摄）", *DURIAN)
    return Page(html.encode(), "文冬榴梿早落 十二小时不卖鲜果", body, "2023-06-12", (), "南洋晨报网")


def times_of_an_era() -> Page:
    first = f"【远纪元2020年02月03日讯】（远纪元记者卓然纽约报导）{LAUNDRY[0]}"
    html = f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="UTF-8"><title>洗衣机里的书 法拉盛有个图书交换站 | 纽约华埠 | 社区 | 远纪元</title><meta property="og:site_name" content="远纪元 www.example.com"><meta property="og:title" content="洗衣机里的书 法拉盛有个图书交换站 - 远纪元"></head><body><div class="header"><ul>{MORE}</ul></div><div class="main"><div class="breadcrumb"><a>首页</a> <a>美国</a> <a>纽约</a></div><article class="art"><header class="art-head blue18 title"><h1 class="title">洗衣机里的书 法拉盛有个图书交换站</h1></header><div class="artbox"><div class="featured_image"><img><div class="caption">洗衣店里的洗衣机如今装的是书。(卓然/远纪元)</div></div>
<div class="info"><div class="mbottom10 large-12 medium-12 small-12 columns"><time datetime="2020-02-03T23:41:02-05:00">更新: 2020-02-03 11:41 PM</time> <span>标签: <a>法拉盛</a>, <a>洗衣店</a></span></div></div><div class="post_content" id="artbody">{lines((first, *LAUNDRY[1:]))}<p>责任编辑：李纸</p></div><div class="shareBtn"><a>【字号】大 中 小</a></div></div></article><div class="related_post"><h4>相关文章</h4><ul>{MORE}</ul></div><div class="comments"><h4>评论</h4></div></div><div class="footer">Copyright © 2000 - 2020 远纪元</div></body></html>"""
    body = ("洗衣店里的洗衣机如今装的是书。(卓然/远纪元)", first, *LAUNDRY[1:])
    return Page(html.encode(), "洗衣机里的书 法拉盛有个图书交换站", body, "2020-02-03", ("卓然",), "远纪元")


def two_languages() -> Page:
    html = f"""<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8"><title>七位妇女和二百一十九种豆子 - 湾区时报中文网</title><meta name="byline" content="NOOR LINDQVIST"><meta name="date" content="2017-11-09 04:11:00"><meta property="og:title" content="七位妇女和二百一十九种豆子"><meta property="og:url" content="https://cn.example.com/world/20171109/seeds/"></head><body><header><div class="logo">湾区时报</div><ul>{MORE}</ul></header><main><div class="article-area"><article><div class="article-header"><header><div class="section-title"><a>国际</a></div><h1>七位妇女和二百一十九种豆子<small>Seven Women and Their Beans</small></h1><address>努尔·林奎斯特</address><time datetime="2017-11-09 04:11:00">2017年11月9日</time></header></div>
<section class="article-body"><figure class="article-span-photo"><img><figcaption>装着豆种的铝箔袋。 <cite>Ivar Solberg for The Bay Times</cite></figcaption></figure><div class="article-partial"><div class="article-body-item">{lines(SEEDS[:2], '<div class="article-paragraph">{}</div>')}</div><div class="article-body-item"><div class="big_ad"><p>广告</p></div>{lines(SEEDS[2:], '<div class="article-paragraph">{}</div>')}</div></div></section>
<footer class="author-info"><p>翻译：柯松</p><p><a>点击查看本文英文版。</a></p></footer></article><div class="article-tools"><a>中文</a><a>中英双语</a><a>英文</a></div></div><aside><h3>最受欢迎</h3><ol>{MORE}</ol></aside></main><footer>© 2017 The Bay Times Company.</footer></body></html>"""
    body = ("装着豆种的铝箔袋。 Ivar Solberg for The Bay Times", *SEEDS)
    return Page(
        html.encode(), "七位妇女和二百一十九种豆子", body, "2017-11-09", ("努尔·林奎斯特",), "湾区时报中文网",
        "https://cn.example.com/world/20171109/seeds/",
    )  # fmt: skip


def built_of_widgets() -> Page:
    blocks = "".join(f'<p class="wp-block-paragraph">{p}</p>' for p in LANTERN)
    html = f"""<!DOCTYPE html><html lang="zh-TW"><head><meta charset="UTF-8"><title>會館裡的三十盞燈籠 - 西岸僑報</title><meta property="og:title" content="會館裡的三十盞燈籠 - 西岸僑報"><meta property="og:site_name" content="西岸僑報"><meta property="article:published_time" content="2023-01-22T02:10:31+00:00"><meta name="author" content="editor01"></head><body class="post-template-default single elementor-page"><div data-elementor-type="header"><section class="elementor-section"><div class="elementor-widget-nav-menu"><ul>{MORE}</ul></div></section></div>
<div data-elementor-type="single-post"><section class="elementor-section"><div class="elementor-column"><div class="elementor-widget-wrap"><div class="elementor-element elementor-widget-theme-post-title"><h1 class="elementor-heading-title">會館裡的三十盞燈籠</h1></div><div class="elementor-widget-post-info"><ul class="elementor-inline-items"><li><span class="elementor-icon-list-text elementor-post-info__item--type-date"><time>2023 年 1 月 21 日</time></span></li><li><span class="elementor-post-info__item--type-author">記者 關月</span></li><li>上午 10:10</li></ul></div>
<div class="elementor-widget-theme-post-content"><div class="elementor-widget-container">{blocks}<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">分享此文：</h3><ul><li><a>Twitter</a></li><li><a>Facebook</a></li></ul></div><div class="jp-relatedposts"><h3><em>相關</em></h3><ul>{MORE}</ul></div></div></div><div class="elementor-widget-post-navigation"><span>上一頁</span><a>前一篇 河邊的灯</a></div></div></div></section></div><div id="comments"><h2>發佈留言</h2><p>發佈留言必須填寫的電子郵件地址不會公開。</p></div><div data-elementor-type="footer"><p>西岸僑報 since 1988</p></div></body></html>"""
    return Page(html.encode(), "會館裡的三十盞燈籠", LANTERN, "2023-01-21", ("關月",), "西岸僑報")


def fast_page_of_a_graph() -> Page:
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "島南新聞"},
            {"@type": ["NewsArticle"], "headline": "柿餅棚下的四百八十個竹篩", "datePublished": "2024-11-05T01:30:00Z",
             "author": [{"@type": "Person", "name": "溫若水"}], "publisher": {"@type": "Organization", "name": "島南新聞"}},
        ]
    }  # fmt: skip
    html = f"""<!doctype html><html amp lang="zh-Hant-TW"><head><meta charset="utf-8"><title>柿餅棚下的四百八十個竹篩 | 島南新聞</title><link rel="canonical" href="https://www.example.tw/story/8"><style amp-boilerplate>body{{}}</style>{linked(**graph)}</head><body><amp-sidebar id="s"><ul>{MORE}</ul></amp-sidebar><header class="amp-bar">島南新聞 <button>選單</button></header><article><h1>柿餅棚下的四百八十個竹篩</h1><p class="amp-meta">文／溫若水　2024/11/05 09:30</p><amp-img src="a.jpg"></amp-img><p class="amp-cap">竹篩要早攤晚收。攝影：溫若水</p>{lines(PERSIMMON[:2])}<amp-ad type="x"><div fallback>廣告載入中</div></amp-ad>{lines(PERSIMMON[2:])}<p class="amp-tags">標籤：柿餅、新埔</p></article>
<amp-list><div>延伸閱讀</div></amp-list><section class="amp-rel"><h4>看更多</h4><ul>{MORE}</ul></section><footer>島南新聞 版權所有</footer></body></html>"""
    body = ("竹篩要早攤晚收。攝影：溫若水", *PERSIMMON)
    return Page(
        html.encode(), "柿餅棚下的四百八十個竹篩", body, "2024-11-05", ("溫若水",), "島南新聞",
        "https://www.example.tw/story/8",
    )  # fmt: skip


def newsletter() -> Page:
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/><title>等衣服的人 - by 麥浪 - 街角通訊</title><meta property="og:title" content="等衣服的人"/><meta name="author" content="麥浪"/><meta property="og:url" content="https://corner.example.com/p/laundry"/></head><body><div id="entry"><div class="topbar"><a>街角通訊</a><button>Subscribe</button><button>Sign in</button></div><article class="newsletter-post post"><div class="post-header"><h1 class="post-title published">等衣服的人</h1><h3 class="subtitle">一間洗衣店怎樣變成圖書館</h3><div class="byline-wrapper"><a>麥浪</a><div class="pencraft">Mar 04, 2024</div></div><div class="post-ufi"><a>12</a><a>3</a><button>Share</button></div></div>
<div class="available-content"><div class="body markup">{lines(LAUNDRY[:2])}<div class="subscription-widget-wrap"><p class="preamble">Thanks for reading 街角通訊! Subscribe for free to receive new posts.</p><input type="email"/></div>{lines(LAUNDRY[2:])}</div></div></article><div class="comments-section"><h4>Discussion about this post</h4><div class="comment"><p>我以前就住在對街，每個星期日都去那裡等衣服，老闆娘會給小孩子一顆糖。</p></div></div><div class="footer">© 2024 麥浪 Privacy ∙ Terms ∙ Collection notice</div></div></body></html>"""
    return Page(
        html.encode(), "等衣服的人", LAUNDRY, "2024-03-04", ("麥浪",), "街角通訊", "https://corner.example.com/p/laundry"
    )


WIDER_ABROAD = {
    make.__name__: make()
    for make in (
        cloud_of_news, evening_of_the_island, radio_of_the_harbour, press_release, days_before_months, peninsula_daily,
        times_of_an_era, two_languages, built_of_widgets, fast_page_of_a_graph, newsletter,
    )
}  # fmt: skip
