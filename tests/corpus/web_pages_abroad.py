"""Saved pages as news sites of Taiwan, Hong Kong and abroad build them. Every sentence was written for this project."""

from __future__ import annotations

import json

from web_pages import Page, lines

SALT = (
    "（中央社記者江以安嘉義15日電）停曬二十三年的三寮灣鹽田，今年春天又有人下田挑鹽。嘉義縣政府今天表示，首批三十六格瓦盤鹽田修復完成，下月起開放參觀。",
    "七十八歲的鹽工黃清水說，他十四歲就在這裡挑鹽，一擔一百二十斤，從田裡挑到堤上要走三百步，「那時候不覺得苦，大家都一樣。」",
    "文化觀光局說，瓦盤是把破缸敲成小片，一片一片嵌進地裡，現在會做的師傅只剩四位，這次修復花了十四個月。",
    "縣長指出，鹽田不做門票，收成的鹽由社區販售，盈餘作為修繕基金。",
)
OYSTER = (
    "〔記者蘇柏宇／彰化報導〕芳苑外海的蚵農最近發現，蚵串上多了一種紫色的小海葵，一條繩子上可以數到兩百多隻。",
    "蚵農洪先生說，海葵不會吃蚵仔，但是會搶地方，今年的蚵仔長得慢，往年清明就能收，現在要等到端午。",
    "海洋大學副教授陳彥廷採樣後表示，這種海葵原本分布在較南的海域，可能是冬季水溫偏高使牠們存活下來，還需要兩年以上的觀察才能下結論。",
    "縣府農業處提醒，蚵農不要使用藥劑清除，以免影響蚵仔和附近的文蛤。",
)
FERRY_FARE = (
    "【本報訊】來往離島的三條街渡下月起加價，成人單程由二十八元加至三十一元，長者維持半價。營辦商說，燃料和船員薪酬兩年來合共增加一成九。",
    "島上居民何太每日乘船到市區上班，她計算過，一個月要多付一百三十元，「加價可以，班次不可以再減。」",
    "運輸署回覆查詢時說，批准加價時已要求營辦商於上下班時間加開兩班，並且每季公布準點率。",
    "離島區議員認為，街渡是居民唯一的交通工具，政府應該研究直接資助。",
)
REEF = (
    "漁農部門在東部海岸公園首次錄得一種罕見的軟珊瑚，估計已經在那裏生長了超過四十年。",
    "潛水調查隊上月在水深十四米的石縫中發現這片珊瑚，面積約有兩張乒乓球桌大小，顏色由橙至粉紅。",
    "部門發言人說，暫時不會公開確實位置，以免吸引船隻在附近拋錨。",
)
OLD_LIFT = (
    "深水埗一幢六十一年樓齡的大廈，唯一的升降機停用已有五個月，住在九樓的陳婆婆說，她總共落過四次街，兩次是覆診，兩次是拜山。",
    "業主立案法團主席表示，維修費八十四萬元，全幢二十七戶攤分，有九戶一直聯絡不上，其中三戶的業主已經過身。",
    "屋宇署說，已按優化計劃代為聘請承辦商，預計十月初完工，期間由社福機構每星期三次上門送餐。",
    "社工黃姑娘形容，老人家不是不想落街，「是落到去，不知怎樣返上來。」",
)
BAKERY = (
    "在巴黎十三区的一条小街上，温州人叶先生的面包店每天早晨六点开门，第一炉法棍总是被排队的邻居买光。",
    "叶先生十九岁来到法国，在餐馆洗过碗，在服装厂熨过衣服，四十岁那年去职业学校学做面包，班上最年轻的同学比他小二十四岁。",
    "今年四月，他在全市法棍比赛中获得第三名。评委在评语里写道：外壳会唱歌，里面像云。",
    "叶先生说，他的秘诀不过是慢。面团要在冷柜里待十八个小时，“跟老家做年糕一样，急不得。”",
)
HAWKER = (
    "（新加坡讯）牛车水熟食中心的最后一家手工豆花摊，将在月底熄火。摊主林亚妹今年七十四岁，凌晨两点磨豆子，磨了五十一年。",
    "她说，三个孩子都有自己的工作，没有人愿意半夜起床，“我也不愿意他们半夜起床。”",
    "国家环境局去年推出的小贩接班计划曾为她找来两名学徒，一名做了三个星期，另一名做了四个月，后来去了酒店。",
    "消息传出后，老顾客从兀兰、裕廊赶来，一碗一元二角的豆花，有人一次买二十碗。",
    "林亚妹没有涨价。她说，最后一天卖剩的，请大家吃。",
)

TABS = "即時 政治 國際 兩岸 產經 證券 科技 生活 社會 地方 文化 運動 娛樂".split()
MORE = (
    "山區部落的小學有了第一間圖書室",
    "末代修傘師傅收攤 老主顧送來自己的舊傘",
    "冷氣團南下 週末低溫探十度",
    "老街停電三小時 冰店老闆請大家吃冰",
    "高鐵加開列車 今晚零時開放訂票",
)


def tabs(template: str = '<li><a href="/list/{0}">{1}</a></li>') -> str:
    return "".join(template.format(number, name) for number, name in enumerate(TABS))


def more(template: str = '<li><a href="/news/{0}">{1}</a></li>') -> str:
    return "".join(template.format(number, title) for number, title in enumerate(MORE, 40))


def linked(**facts: object) -> str:
    """JSON-LD as pages carry it."""
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **facts}, ensure_ascii=False)}</script>'


def national_agency() -> Page:
    url = "https://www.example.tw/news/aloc/202403150123.aspx"
    html = f"""<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8" /><title>停曬23年 三寮灣鹽田重新挑鹽 | 地方 | 島社通訊 ISL</title><meta property="og:title" content="停曬23年 三寮灣鹽田重新挑鹽 | 地方 | 島社通訊 ISL" />
<meta property="og:site_name" content="島社通訊 ISL" /><link rel="canonical" href="{url}" /><meta property="article:published_time" content="2024/03/15 12:30" /></head><body><div class="header"><ul class="nav">{tabs()}</ul></div>
<div class="centralContent"><div class="breadcrumb"><a>首頁</a> / <a>地方</a></div><article class="article" data-article-id="202403150123"><h1><span>停曬23年 三寮灣鹽田重新挑鹽</span></h1>
<div class="timeBox"><div class="updatetime"><span>2024/3/15 12:30</span>（3/15 13:05 更新）</div><div class="shareBar"><a>請同意我們的隱私權規範，才能啟用聽新聞的功能。</a></div></div>
<div class="fullPic"><figure class="center"><img alt="" src="s.jpg"><figcaption><div class="picinfo">鹽工在修復後的瓦盤鹽田收鹽。（縣府提供）</div></figcaption></figure></div>
<div class="paragraph"><p>{SALT[0]}</p><p>{SALT[1]}</p><div class="paragraph moreArticle"><span>延伸閱讀</span><a class="moreArticle-link" href="/x"><span>{MORE[0]}</span></a></div><p>{SALT[2]}</p><p>{SALT[3]}（編輯：方聞）1130315</p></div>
<div class="paragraph"><div class="SubscriptionInner"><p>請選擇支持島社通訊的方式，您的每一筆贊助將成為我們的力量</p></div><div class="keywordTag">#<a>鹽田</a> #<a>嘉義</a></div></div>
<div class="paragraph bottomArticleBanner"><p>本網站之文字、圖片及影音，非經授權，不得轉載、公開播送或公開傳輸及利用。</p></div></article></div>
<div class="rightSide"><h3>熱門新聞</h3><ol>{more()}</ol></div><footer><p>島社通訊 隱私權聲明 著作權聲明</p></footer></body></html>"""
    body = (*SALT[:3], SALT[3] + "（編輯：方聞）1130315")
    return Page(html.encode(), "停曬23年 三寮灣鹽田重新挑鹽", body, "2024-03-15", ("江以安",), "島社通訊 ISL", url)


def island_times() -> Page:
    url = "https://news.example.com.tw/news/life/breakingnews/4500123"
    html = f"""<!DOCTYPE html><html lang="zh-Hant-TW"><head><meta charset="UTF-8"><title>蚵串長滿紫海葵 芳苑蚵農：今年要等到端午 - 生活 - 自在時報電子報</title><meta property="og:title" content="蚵串長滿紫海葵 芳苑蚵農：今年要等到端午 - 生活 - 自在時報電子報"><meta property="og:site_name" content="自在時報電子報"><meta property="og:url" content="{url}">
<meta name="pubdate" content="2023-04-18T05:30:00Z" />{linked(**{"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": 1, "name": "生活"}]})}</head><body><header><ul class="menu">{tabs()}</ul></header>
<div class="content"><section class="Wcon"><div class="breadcrumbs boxTitle"><a>首頁</a> &gt; <a>生活</a></div><div class="whitecon articlebody" itemprop="articleBody"><h1>蚵串長滿紫海葵 芳苑蚵農：今年要等到端午</h1>
<div class="function boxTitle"><a class="share">分享</a></div><div class="text boxTitle boxText" data-desc="內容頁"><span class="time"> 2023/04/18 05:30 </span><p class="author" style="display:none"></p>
<span class="ph_b ph_d1"><span class="ph_i"><img src="o.jpg" title="x"></span><span class="ph_d">蚵串上附著紫色海葵，一條繩子多達兩百隻。（記者蘇柏宇攝）</span></span>
<p>{OYSTER[0]}</p><p class="before_ir">請繼續往下閱讀...</p><div id="ad-IR1" class="ad">廣告</div><p>{OYSTER[1]}</p><h3>水溫偏高可能是主因</h3><p>{OYSTER[2]}</p><p>{OYSTER[3]}</p>
<p class="appE1121">不用抽 不用搶 現在用APP看新聞 保證天天中獎　 點我下載APP　 按我看活動辦法</p></div></div>
<div class="whitecon boxTitle"><h3>相關新聞</h3><ul>{more()}</ul></div><div class="whitecon"><span>發燒話題</span>{more('<a class="ht"><p>{1}</p></a>')}</div></section></div><footer>自在時報版權所有不得轉載 ©2023</footer></body></html>"""
    body = (
        "蚵串上附著紫色海葵，一條繩子多達兩百隻。（記者蘇柏宇攝）", *OYSTER[:2], "水溫偏高可能是主因", *OYSTER[2:]
    )  # fmt: skip
    return Page(html.encode(), "蚵串長滿紫海葵 芳苑蚵農：今年要等到端午", body, "2023-04-18", ("蘇柏宇",), "自在時報電子報", url)


def strait_news() -> Page:
    html = f"""<!DOCTYPE html><html lang="zh-TW"><head><meta charset="utf-8"/><title>冬溫偏高 海葵搶蚵仔地盤 - 生活 - 海峽時報新聞網</title></head><body><header class="header"><nav><ul>{tabs()}</ul></nav></header>
<article class="article-box"><header class="article-header"><h1 class="article-title">冬溫偏高 海葵搶蚵仔地盤</h1><div class="article-wrapper"><div class="meta-info-wrapper"><div class="meta-info"><time datetime="2023-04-18 18:22"><span class="hour">18:22</span><span class="date">2023/04/18</span></time><div class="source">海峽時報</div><div class="author"><a href="/reporter/9">蘇柏宇</a></div></div></div></div></header>
<div class="article-body"><p>{OYSTER[0].split("〕")[1]}</p><div id="ad-body-1"></div><p>{OYSTER[1]}</p><p>{OYSTER[2]}</p><p>{OYSTER[3]}</p><div class="promote-word">熱愛時報的您，<a>別錯過海峽好禮，LINE加好友就抽折價券</a></div></div>
<div class="article-hash-tag"><span class="hash-tag"><a>#海葵</a></span></div><div class="rating-box"><p>您對這則報導的評分</p></div></article><section><h4>您可能感興趣</h4><ul>{more()}</ul></section></body></html>"""
    return Page(
        html.encode(), "冬溫偏高 海葵搶蚵仔地盤", (OYSTER[0].split("〕")[1], *OYSTER[1:]), "2023-04-18", ("蘇柏宇",), "海峽時報"
    )  # fmt: skip


def harbour_daily() -> Page:
    inner = lines(FERRY_FARE, "<p>{}</p>")
    html = f"""<!DOCTYPE html><html lang="zh-hk"><head><meta charset="utf-8"><title>三街渡下月加價 單程31元 - 20190912 - 港聞 - 每日港報 - 港報新聞網</title><meta property="og:title" content="三街渡下月加價 單程31元 - 20190912 - 港聞 - 每日港報 - 港報新聞網"></head>
<body><div id="topmenu">{tabs('<a href="/{0}">{1}</a> ')}</div><div id="maincontent"><hgroup id="blocktitle"><h1>三街渡下月加價 單程31元</h1></hgroup><div id="blockcontent"><div class="date" itemprop="datePublished">2019年9月12日星期四</div>
<div id="articleshare"><a>分享</a> <a>列印</a> 字體 大 中 小</div><article class="txt4" itemprop="articleBody">{inner}</article><div id="prevnext"><a>上一篇新聞</a> <a>下一篇新聞</a></div><div id="relatednews"><h2>相關字詞﹕街渡 加價</h2><h2>今日其他新聞</h2><ul>{more()}</ul></div></div></div>
<div id="footer">Copyright © 2019 港報新聞網 版權所有，不得轉載</div></body></html>"""
    return Page(html.encode(), "三街渡下月加價 單程31元", FERRY_FARE, "2019-09-12", (), "港報新聞網")


def public_radio() -> Page:
    html = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html xmlns="http://www.w3.org/1999/xhtml" lang="zh-tw"><head><meta http-equiv="content-type" content="text/html; charset=utf-8" /><title>東部海岸公園錄得罕見軟珊瑚 - RDHK</title><meta property="og:title" content="東部海岸公園錄得罕見軟珊瑚 - RDHK" /></head>
<body><div class="topnav"><ul><li>主頁</li><li>最新新聞</li><li>搜尋</li></ul></div><div class="itemContent"><h2 class="itemTitle">東部海岸公園錄得罕見軟珊瑚</h2><div class="createddate">2021-08-30 HKT 18:47</div><div class="itemShare"><a>分享</a></div>
<div class="itemSlideShow"><img src="r.jpg"/><div class="detailNewsSlideTitle"><span class="detailNewsSlideTitleText">漁農部門說，軟珊瑚估計已生長逾四十年。（部門圖片）</span></div></div>
<div class="itemFullText">{"<br /><br />".join(REEF)}</div><div class="itemExtra"><a>返回</a></div></div><div class="latest"><h3>最新新聞</h3><ul>{more('<li><a>{1}</a><span>2021-08-30 HKT 19:0{0}</span></li>')}</ul></div></body></html>"""
    body = ("漁農部門說，軟珊瑚估計已生長逾四十年。（部門圖片）", *REEF)
    return Page(html.encode(), "東部海岸公園錄得罕見軟珊瑚", body, "2021-08-30", (), "RDHK")


def two_dates() -> Page:
    url = "https://www.example.hk/社會新聞/1023123/舊樓升降機停用五個月"
    data = {"props": {"pageProps": {"article": {"articleId": 1023123, "title": "舊樓升降機停用五個月", "publishTime": 1716004920, "body": [{"text": part} for part in OLD_LIFT]}}}}  # fmt: skip
    html = f"""<!DOCTYPE html><html lang="zh-HK"><head><meta charSet="utf-8"/><title>舊樓升降機停用五個月　九樓婆婆：落到街 不知怎樣返上來</title><meta property="og:title" content="舊樓升降機停用五個月　九樓婆婆：落到街 不知怎樣返上來"/><meta property="og:site_name" content="香城01"/><link rel="canonical" href="{url}"/></head>
<body><div id="__next"><header><ul>{tabs()}</ul></header><article><div><h1 id="articleTitle">舊樓升降機停用五個月　九樓婆婆：落到街 不知怎樣返上來</h1><div class="flex"><div>撰文：<span data-testid="author">羅子晴</span></div><div>出版：<time>2024-05-18 12:02</time></div><div>更新：<time>2024-05-19 08:11</time></div></div>
<div class="articleBody">{lines(OLD_LIFT[:2], '<p class="u02q31-0">{}</p>')}<div class="image"><img/><span>大廈只有一部升降機。（羅子晴攝）</span></div><div class="recommend"><h4>延伸閱讀</h4>{more('<a href="/{0}"><div>{1}</div></a>')}</div>{lines(OLD_LIFT[2:], '<p class="u02q31-0">{}</p>')}</div>
<div class="tags">社會 舊樓 升降機</div><div><p>香城01App：立即下載，隨時隨地緊貼最新消息</p></div></div></article><aside><h3>最Hit</h3>{more('<a><h4>{1}</h4></a>')}</aside></div><script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script></body></html>"""
    body = (*OLD_LIFT[:2], "大廈只有一部升降機。（羅子晴攝）", *OLD_LIFT[2:])
    return Page(
        html.encode(), "舊樓升降機停用五個月　九樓婆婆：落到街 不知怎樣返上來", body, "2024-05-18", ("羅子晴",), "香城01", url
    )  # fmt: skip


def foreign_radio() -> Page:
    url = "https://www.example.fr/cn/20220507-bakery"
    html = f"""<!DOCTYPE html><html lang="zh-Hans" dir="ltr"><head><meta charset="utf-8"/><title>温州面包师与巴黎的法棍</title><meta property="og:title" content="温州面包师与巴黎的法棍"/><meta property="og:site_name" content="FRI - 法广播"/><link rel="canonical" href="{url}"/><meta property="article:modified_time" content="2022-05-09T06:12:11.000Z"/></head>
<body><header><nav><ul><li><a>主页</a></li><li><a>法国</a></li><li><a>国际</a></li><li><a>文化</a></li></ul></nav></header><main><article class="t-content"><ol class="m-breadcrumb"><li>主页</li><li>法国</li></ol><span class="a-tag">法国/社会</span><h1 class="t-content__title">温州面包师与巴黎的法棍</h1>
<div class="t-content__dates"><p class="m-pub-dates"><span class="m-pub-dates__date">发表时间： <time datetime="2022-05-07T16:40:02.000Z">07/05/2022 - 18:40</time></span><span class="m-pub-dates__date">更改时间： <time datetime="2022-05-09T06:12:11.000Z">09/05/2022 - 08:12</time></span></p></div>
<figure class="t-content__main-media"><img alt=""/><figcaption>叶先生的面包店。 <span>© FRI</span></figcaption></figure><div class="m-from-author">作者： <a class="m-from-author__name">文小满</a><span>2 分钟</span></div>
<div class="t-content__body"><p>{BAKERY[0]}</p><div class="o-self-promo"><span>广告</span></div><p>{BAKERY[1]}</p><p>{BAKERY[2]}</p><div class="m-em-quote"><a>另请阅读{MORE[2]}</a></div><p>{BAKERY[3]}</p></div>
<div class="o-self-promo__newsletter"><p>电邮新闻头条新闻就在您的每日新闻信里</p><a>订阅</a></div><p class="a-app">浏览其他章节下载法广播应用程序</p><div class="m-tags"><span>关键词</span><a>法国</a></div></article></main><footer><p>© 2022 版权所有 法广播对来自第三方网站的内容不负责任。</p></footer></body></html>"""
    return Page(html.encode(), "温州面包师与巴黎的法棍", BAKERY, "2022-05-07", ("文小满",), "FRI - 法广播", url)


def lion_city() -> Page:
    url = "https://www.example.sg/news/singapore/story20230224-1"
    schema = linked(
        **{
            "@type": "NewsArticle",
            "headline": "最后一碗手工豆花",
            "mainEntityOfPage": {"@type": "WebPage", "@id": url},
            "datePublished": "2023-02-24T05:00:00+08:00",
            "dateModified": "2023-02-25T09:30:00+08:00",
            "author": [{"@type": "Person", "name": "黄淑仪"}, {"@type": "Person", "name": "陈伟杰"}],
            "publisher": {"@type": "Organization", "name": "狮城早报", "logo": {"@type": "ImageObject", "url": "l.png"}},
            "isAccessibleForFree": False,
        }
    )
    html = f"""<!DOCTYPE html><html lang="zh-Hans-SG"><head><meta charset="utf-8"/><title>最后一碗手工豆花 | 狮城早报</title>{schema}<link rel="canonical" href="{url}"/></head><body><div id="root"><header><ul><li>新加坡</li><li>国际</li><li>财经</li></ul><button>订阅</button><button>登录</button></header>
<main><div class="article-header"><a class="tag">新加坡</a><h1>最后一碗手工豆花</h1><div class="lead">牛车水老摊月底熄火，摊主磨豆五十一年</div><div class="byline"><a>黄淑仪</a><a>陈伟杰</a><span>发布/2023年2月24日 05:00</span></div><div class="tools"><span>字体大小:</span><a>小</a><a>中</a><a>大</a></div></div>
<div class="articleBody">{lines(HAWKER[:2])}<div class="bff-google-ad"><span>ADVERTISEMENT</span></div>{lines(HAWKER[2:])}<div class="bff-inline-recommend"><div>延伸阅读</div><a>{MORE[1]}</a></div></div>
<div class="paywall" style="display:none"><p>订阅或登录，以继续阅读全文！</p></div><div class="tags">牛车水 小贩</div></main></div></body></html>"""
    return Page(html.encode(), "最后一碗手工豆花", HAWKER, "2023-02-24", ("黄淑仪", "陈伟杰"), "狮城早报", url)


ABROAD = {
    make.__name__: make()
    for make in (
        national_agency, island_times, strait_news, harbour_daily, public_radio, two_dates, foreign_radio, lion_city
    )
}  # fmt: skip
