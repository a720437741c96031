"""Saved pages of eight more makes, written after the rules had been mended by those of `web_pages_wider` and measured
once before anything was changed."""

from __future__ import annotations

from web_pages import Page, lines

TOWER = (
    "望火楼拆了一半，停下来了。施工队在第三层的砖缝里发现了一窝雨燕，四只小鸟，羽毛还没有长全。",
    "项目经理裴树林给甲方打电话，对方问要停多久。他上网查了查，说二十天。甲方沉默了一会儿，说，那就二十天。",
    "附近的居民听说了，每天傍晚搬着凳子来看燕子喂食。小区里的孩子给四只小鸟起了名字，叫东南西北。",
    "第十九天，最后一只飞走了。工人们收好脚手架上的红布条，把那块砖留给了孩子。",
)
KITES = (
    "北海岸的風箏節今年不比大小，比誰放得久。來自六個國家的四十組選手，從上午九點一直站到日落。",
    "冠軍是一位七十五歲的退休郵差，他的風箏用的是舊郵袋，在天上待了八小時十二分。",
    "「送信也是這樣，看的不是腿，是風。」他說。主辦單位把獎盃做成信箱的樣子，打開來是一卷線。",
)
TRAMS = (
    "北角電車廠外，一批街坊昨日為退役的一百二十號電車送行。這輛車行駛了六十八年，載過婚禮，也載過搬家的鋼琴。",
    "車長黃錦泉開了它二十二年，他說電車沒有方向盤，可是每一輛的脾氣都不同，這一輛怕濕，下雨天要先跟它說好話。",
    "電車公司表示，車身會送往博物館，木製的座椅則分給十二個街坊團體保管。",
)
BOATS = (
    "（槟城8日讯）姓林桥的造船师傅林亚坤交出了他的最后一艘舢板，买主是一间小学。",
    "他从十四岁开始造船，一共造了三百二十七艘，最远的一艘去了印尼的棉兰。近年来木料难寻，一艘船的工钱只够付半年的房租。",
    "校长说，舢板会放在操场边上，让学生知道桥上的人是怎么靠水过日子的。",
    "林亚坤收了三个学徒，其中一个是他的孙女。",
)
LABS = (
    "我校土壤微生物团队近日从盐碱地玉米根部分离出一株新的固氮菌，相关论文已经发表。",
    "团队负责人匡教授介绍，这株菌在含盐千分之六的土里仍然能固氮，盆栽试验中玉米的干重增加了百分之十一。",
    "博士生祝小禾连续三年在盐碱地里取样，一共挖了两千多个土样。她说，运气好的是第一千九百个。",
    "下一步，团队将在三个县开展大田试验。",
)
STREET = (
    "为改善老旧小区停车难，长堤镇对四条背街小巷重新划线，新增车位二百一十三个，全部免费。",
    "划线之前，镇里在每条巷子开了一次板凳会，居民自己定规矩：夜里十点以后可以停两边，早上七点以前要挪走一边。",
    "截至十月底，与停车有关的投诉比去年同期下降六成。",
)
SALT = (
    "我在盐田边上住了十七天，学会了看云。云薄的时候要把卤水放浅，云厚的时候要盖板，这些事情没有写在任何一本书里。",
    "带我的人叫巴师傅，六十岁，走路的时候眼睛看着脚下的水。他说一块盐田养熟要十年，丢荒只要一个雨季。",
    "我问他盐是什么时候结出来的，他说，你不看它的时候。",
)
CHOIR = (
    "春節前的最後一個星期六，聖蓋博的老人合唱團在超市門口唱了四十分鐘，聽眾推著購物車，唱到〈茉莉花〉的時候，有人放下了白菜。",
    "團員平均七十六歲，最年長的蘇奶奶九十一歲，站不久，就坐在紙箱上唱低音部。",
    "指揮鄧先生說，他們每個星期練三次，練的是呼吸，「人老了，什麼都可以慢，呼吸不能亂。」",
    "合唱團三月將在市政廳演出，門票免費。",
)
LIST = "".join(f'<li><a href="/{n}.html">{t}</a></li>' for n, t in enumerate(("窄巷里的消防车", "一场没有雨的雨季", "旧船票展开幕", "渡口要架新灯", "鹅卵石路重铺"), 1))


def provincial_site() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gbk"><title>望火楼里的四只雨燕_山河新闻_山河网</title></head><body><div class="topbar"><span>今天是2021年7月9日 星期五</span><a>登录</a></div><div class="menu"><ul>{LIST}</ul></div><div class="weizhi">您的位置：<a>山河网</a> >> <a>山河新闻</a> >> 正文</div>
<div class="news_main"><div class="news_title">望火楼里的四只雨燕</div><div class="news_time"><i>2021-07-08 06:52:31</i><i>来源: 山河都市报</i><i>作者: 裘一楠</i></div><div class="news_content"><p align="center"><img src="a.jpg"></p><p align="center">一只雨燕飞回砖缝</p>{lines(TOWER[:2], "<p>　　{}</p>")}<p><a href="/zt">点击进入专题：城市里的邻居</a></p>{lines(TOWER[2:], "<p>　　{}</p>")}</div>
<div class="news_editor">初审编辑：桑榆 责任编辑：盛夏</div><div class="news_share">分享到：</div></div><div class="news_right"><h3>山河热读</h3><ul>{LIST}</ul></div><div class="copyright"><p>山河网版权与免责声明：凡本网注明来源的作品，均转载自其它媒体，转载目的在于传递更多信息。</p></div></body></html>"""
    body = ("一只雨燕飞回砖缝", *TOWER)
    return Page(
        html.encode("gbk"), "望火楼里的四只雨燕", body, "2021-07-08", ("裘一楠",), "山河都市报", encoding="gb18030"
    )


def public_television() -> Page:
    html = f"""<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8"><title>不比大小比耐力 北海岸風箏節老郵差奪冠 ｜ 公島新聞網 PDN</title><meta property="og:site_name" content="公島新聞網 PDN"><meta property="og:title" content="不比大小比耐力 北海岸風箏節老郵差奪冠 ｜ 公島新聞網 PDN"></head><body><header class="navbar"><ul>{LIST}</ul></header><div class="container"><nav aria-label="breadcrumb"><ol class="breadcrumb"><li>首頁</li><li>生活</li></ol></nav><h1 class="article-title">不比大小比耐力 北海岸風箏節老郵差奪冠</h1>
<div class="news-info"><span class="text-nowrap mr-2">發布時間：<time>2022-09-24 20:31</time></span><span class="text-nowrap">更新時間：<time>2022-09-25 08:02</time></span></div><ul class="list-unstyled tag-list"><li><a>風箏</a></li><li><a>北海岸</a></li></ul><div class="article-video"><iframe></iframe></div><div class="reporter-container"><span class="article-reporter">龔以晴 鄭浩 / 綜合報導</span></div><div class="post-article text-align-left">{lines(KITES)}</div><div class="post-share"><a>分享</a></div>
<div class="newsletter-box"><h4>訂閱電子報</h4><p>每天早上，把重要的新聞寄到你的信箱。</p></div><div class="relative-news-list"><h3>相關新聞</h3><ul>{LIST}</ul></div></div><footer>© 公島電視文化事業基金會</footer></body></html>"""
    return Page(
        html.encode(), "不比大小比耐力 北海岸風箏節老郵差奪冠", KITES, "2022-09-24", ("龔以晴", "鄭浩"), "公島新聞網 PDN"
    )


def independent_media() -> Page:
    html = f"""<!DOCTYPE html><html lang="zh-HK"><head><meta charset="utf-8"><title>送別一百二十號電車 | 阿橋 | 自立媒體網</title><meta property="og:title" content="送別一百二十號電車 | 阿橋"><meta property="og:site_name" content="自立媒體網"></head><body><div id="page"><div id="masthead"><a>自立媒體網</a><ul>{LIST}</ul><form><input></form></div><div id="primary"><article class="post-1044 post type-post hentry"><header class="entry-header"><div class="cat-links"><a>社運</a> <a>保育</a></div><h2 class="entry-title">送別一百二十號電車</h2><div class="entry-meta"><span class="posted-on"><a><time datetime="2018-11-19T10:12:00+08:00">19-11-2018 10:12 AM</time></a></span> <span class="author vcard"><a>阿橋</a></span></div></header>
<div class="entry-content"><p>（自立媒體特約報導）{TRAMS[0]}</p><figure class="wp-caption"><img><figcaption class="wp-caption-text">退役前夕的一百二十號電車。</figcaption></figure>{lines(TRAMS[1:])}<p>記者：阿橋</p><div class="donate-box"><h4>月費贊助</h4><p>自立媒體沒有老闆，靠的是每月五十元的讀者贊助。</p></div></div><footer class="entry-footer"><span class="tags-links">標籤：<a>電車</a></span></footer></article><div id="disqus_thread"></div></div><div id="secondary"><h3>最新文章</h3><ul>{LIST}</ul></div></div></body></html>"""
    body = (f"（自立媒體特約報導）{TRAMS[0]}", "退役前夕的一百二十號電車。", *TRAMS[1:])
    return Page(html.encode(), "送別一百二十號電車", body, "2018-11-19", ("阿橋",), "自立媒體網")


def strait_daily() -> Page:
    html = f"""<!DOCTYPE html><html lang="zh-hans"><head><meta charset="UTF-8"><title>姓林桥最后一艘舢板 卖给小学 | 光桥日报</title><link rel="canonical" href="https://www.example.my/20210308/boat/"><meta property="og:site_name" content="光桥日报"><meta property="og:locale" content="zh_CN"></head><body class="single"><div class="header"><ul>{LIST}</ul></div><div class="single-wrap"><div class="post-date"><span>8 3 月, 2021</span> <span>18:20</span></div><h1 class="post-title">姓林桥最后一艘舢板 卖给小学</h1><div class="news-thumb"><img></div>
<div class="description" id="lightgallery">{lines(BOATS[:1])}<div class="google-auto-placed"><ins></ins></div><div style="font-size:12px;text-align:center">ADVERTISEMENT</div>{lines(BOATS[1:])}<p style="text-align:center;">林亚坤在船头写下最后一个编号</p></div><div class="follow"><p>欲知更多新闻，请到光桥日报脸书专页</p></div><div class="tagcloud">标签: <a>舢板</a> <a>姓林桥</a></div><div class="prev-next"><a>前一则 老街的灯</a><a>下一则 白咖啡</a></div></div><div class="footer">光桥日报 版权所有</div></body></html>"""
    body = (*BOATS, "林亚坤在船头写下最后一个编号")
    return Page(
        html.encode(), "姓林桥最后一艘舢板 卖给小学", body, "2021-03-08", (), "光桥日报", "https://www.example.my/20210308/boat/"
    )  # fmt: skip


def university() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>我校团队在盐碱地玉米根部发现新固氮菌</title><meta name="keywords" content="新闻,江口农业大学" /></head><body class="article"><div class="wrapper header"><a>江口农业大学</a><div class="wp_nav">{LIST}</div></div><div class="col_news"><h3 class="col_name"><span class="Column_Name">科研动态</span></h3><div class="article" frag="窗口1"><h1 class="arti_title">我校团队在盐碱地玉米根部发现新固氮菌</h1><p class="arti_metas"><span class="arti_publisher">发布者：宣传部</span><span class="arti_update">发布时间：2020-10-16</span><span class="arti_views">浏览次数：<span class="WP_VisitCount">1033</span></span></p>
<div class="entry"><div class="read"><div class='wp_articlecontent'>{lines(LABS, '<p style="text-indent:32px"><span style="font-family:宋体">{}</span></p>')}<p style="text-align:right">（文/图 植物科学学院 匡晓）</p></div></div></div></div></div><div class="wrapper footer"><p>地址：江口市学府路一号 邮编：000000</p></div></body></html>"""
    body = (*LABS, "（文/图 植物科学学院 匡晓）")
    return Page(
        html.encode(), "我校团队在盐碱地玉米根部发现新固氮菌", body, "2020-10-16", ("匡晓",), "江口农业大学"
    )


def town_in_tables() -> Page:
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>长堤镇：二百一十三个免费车位进了背街小巷</title><meta name="author" content="长堤区人民政府"></head><body><form id="aspnetForm"><input type="hidden" name="__VIEWSTATE" value="/wEP"></form><table width="1000"><tr><td>首页 | 政务公开 | 镇街动态 | 便民服务</td></tr></table><table id="tab" width="960" align="center"><tr><td id="pos">当前位置：首页 &gt; 镇街动态</td></tr><tr><td align="center" class="title">长堤镇：二百一十三个免费车位进了背街小巷</td></tr><tr><td align="center"><table><tr><td>信息来源：长堤镇</td><td>发布日期：2019-11-05</td><td>浏览次数：88</td><td>字号：[ 大 中 小 ]</td></tr></table></td></tr>
<tr><td id="zoom"><!--content.begin--><div style="line-height:2">{"".join(f"<div>　　{p}</div>" for p in STREET)}</div><!--content.end--></td></tr><tr><td align="right">[ 打印本文 ] [ 关闭窗口 ]</td></tr></table><table width="1000"><tr><td align="center">主办单位：长堤区人民政府 承办：区大数据局 网站标识码0000000001</td></tr></table></body></html>"""
    return Page(html.encode(), "长堤镇：二百一十三个免费车位进了背街小巷", STREET, "2019-11-05", (), "长堤镇")


def long_post_of_a_microblog() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>盐田边上的十七天</title></head><body><div class="WB_miniblog"><div class="W_main_narrow"><div class="WB_artical"><div class="main_editor" node-type="articleContent"><img node-type="articleHeaderPic"/><div class="title" node-type="articleTitle">盐田边上的十七天</div><div class="authorinfo"><span class="subinfo_box clearfix"><a><em class="W_autocut">@慢行笔记</em></a> <span class="time">2022-06-03 21:18:40</span> <span class="num">阅读 9321</span></span></div><div class="preface">引言 | 云和水之间，是看不见的手艺。</div>
<div class="WB_editor_iframe_new" node-type="contentBody">{lines(SALT)}<p><br/></p><p>——完——</p></div><div class="artical_copyright">本文为原创，未经作者授权禁止转载</div><div class="artical_add_box"><span>打赏作者</span><span>23人已打赏</span></div></div></div><div class="repost_list"><div class="list_box"><span>转发 12</span><span>评论 8</span><span>赞 77</span></div><div class="WB_text"><a>海边的猫</a>：我家以前也有一小块盐田，后来填了盖楼，现在只记得水面上的光，晒得眼睛疼。</div></div></div></div></body></html>"""
    return Page(html.encode(), "盐田边上的十七天", ("引言 | 云和水之间，是看不见的手艺。", *SALT), "2022-06-03", ("慢行笔记",), "")


def community_paper() -> Page:
    html = f"""<!DOCTYPE html><html lang="zh-hant"><head><meta charset="utf-8"/><meta name="Generator" content="Drupal 7"/><title>合唱團唱進超市 | 聖谷華報</title></head><body class="html not-front node-type-article"><div id="skip-link"><a>Skip to main content</a></div><div id="header"><div id="site-name"><a>聖谷華報</a></div><div class="region"><ul class="menu">{LIST}</ul></div></div><div id="main"><div id="content" class="column"><h1 class="title" id="page-title">合唱團唱進超市</h1><div class="tabs"></div>
<div class="region region-content"><div id="node-1207" class="node node-article clearfix"><div class="meta submitted"><span>Submitted by <span class="username">editor</span> on Mon, 02/12/2018 - 16:05</span></div><div class="content clearfix"><div class="field field-name-field-reporter field-type-text"><div class="field-label">記者:&nbsp;</div><div class="field-items"><div class="field-item even">穆青</div></div></div><div class="field field-name-body field-type-text-with-summary"><div class="field-items"><div class="field-item even" property="content:encoded">{lines(CHOIR)}</div></div></div>
<div class="field field-name-field-tags"><h3 class="field-label">Tags: </h3><ul class="links"><li><a>社區</a></li></ul></div></div><div class="link-wrapper"><ul class="links inline"><li><a>Log in</a> to post comments</li></ul></div></div></div></div></div><div id="footer"><p>聖谷華報 626-000-0000</p></div></body></html>"""
    return Page(html.encode(), "合唱團唱進超市", CHOIR, "2018-02-12", ("穆青",), "聖谷華報")


AFTER = {
    make.__name__: make()
    for make in (
        provincial_site, public_television, independent_media, strait_daily, university, town_in_tables,
        long_post_of_a_microblog, community_paper,
    )
}  # fmt: skip
