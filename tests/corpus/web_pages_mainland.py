"""Saved pages as news sites of the mainland build them: newspapers, agencies, portals, broadcasters, public accounts."""

from __future__ import annotations

from web_pages import Page, lines

GREENHOUSE = (
    "天还没亮透，桃坪村的大棚里已经亮起了灯。许家嫂子蹲在垄边，把熟透的小番茄一颗颗剪下来，码进泡沫箱里。",
    "“六点半车就到，装满就走，中午能摆上城里的货架。”她说话时手没有停。去年冬天，村里把七十亩低洼地改成了三十二座大棚。",
    "大棚用的是村边砖厂的余热。厂里的热水经过一千八百米管道送来，棚温常年保持在十八度以上，每亩一季能省下两千多元的煤钱。",
    "镇农技站站长魏长河算过一笔账：一座棚一年收两茬，毛收入四万元出头，除去苗、肥和人工，净落两万三千元。",
    "村里原打算再建二十座，征求意见时被老人们拦下了。“地要歇一歇，”八十岁的许老汉说，“人也一样。”",
)
ICE = (
    "江口网松河1月9日电（记者冯立新、叶知秋）腊月里的松河，冰面冻到了七十厘米。采冰人老佟带着十几个徒弟，天不亮就下了河。",
    "采冰分画线、开槽、撬冰、出水四步。一块标准冰长一米六、宽八十厘米、厚四十厘米，重约五百公斤，要四个人一起用钩子拖上岸。",
    "“听声音就知道冰好不好。”老佟用冰镩敲了敲脚下，“闷的有气泡，脆的才能用。”",
    "今年松河两岸共采冰四万二千立方米，比上年多三成，主要供给三个县的冰雕园。",
    "河面裂开的地方当天就插上红旗，巡河员每两个小时走一遍，提醒来拍照的游客绕行。",
)
NOTICE = (
    "国务院有关部门近日印发通知，要求各地在入汛之前对农村老旧房屋开展一次全面排查。",
    "通知提出，排查以乡镇为单位，逐村逐户登记，重点是建成三十年以上、墙体开裂或者地基下沉的房屋。",
    "对查出的危险房屋，要立即设立标志，组织住户搬离，并在五个工作日内提出处置办法。",
    "通知强调，不得以排查为名向群众收取任何费用。",
)
SUBWAY = (
    "昨天晚高峰，地铁三号线青年公园站的一部扶梯突然停下，约四十名乘客走楼梯出站，没有人受伤。",
    "运营公司夜里通报说，停梯是因为一名乘客的雨伞尖卡进了梳齿板，保护装置随即动作。扶梯经检修后，于当晚九点二十分恢复使用。",
    "公司提醒，乘扶梯时雨伞应竖直拿好，伞尖不要触地，穿洞洞鞋的孩子要由大人牵着。",
    "一位在场的乘客说，工作人员两分钟就到了，“喊得很大声，大家都听得清楚。”",
)
CHESS = (
    "十四岁的余朗坐在棋盘前，脚还够不着地毯的花边。二十五日下午，他在江口杯围棋公开赛决赛里执白，以一目半战胜了卫冕冠军梁启山。",
    "比赛用了五个小时零七分。第一百三十八手，余朗弃掉右下角的七颗子，换来中腹的厚势，讲解室里响起了一阵惊呼。",
    "梁启山赛后说，他在那一刻就知道不好了。“他不是算出来的，他是看见的。”",
    "余朗的启蒙老师是镇上修钟表的叔公。两个人从他五岁起下让子棋，下到去年，轮到叔公让先。",
    "冠军奖金二十万元，余朗说，先给叔公换一副新眼镜。",
)
NIGHT_BUS = (
    "央视网消息：凌晨零点四十分，末班车已经开走两个小时，江口火车站广场上还有人在等车。",
    "从本月起，这里开出了三条夜班公交，每小时一班，一直开到清早五点。车票两元，和白天一样。",
    "司机孟师傅说，坐车的多半是夜班护士、下了火车的学生和收摊的小贩，“上来先打个招呼，都成了熟人。”",
    "公交公司测算，三条线一年要补贴一百六十万元，第一个月运客一万一千人次，比预计的多了一倍。",
)
PHOTO = (
    "中新社江口十月十二日电 (记者 邹明远)一架翼展不到两米的无人机，十二日替护林员走完了鹰嘴山最难走的一段路。",
    "鹰嘴山林场有八万亩天然林，过去巡一遍要六天，其中一段悬崖要靠绳索下去。无人机飞一趟用四十七分钟。",
    "当天拍回的照片上，护林员认出了三处旧的陷阱和一窝还没有离巢的金雕。",
    "林场场长说，人还是要上山的，机器看得见烟，闻不到味。(完)",
)
TEAHOUSE = (
    "南街的同春茶馆要关门了，消息传出来的第二天，门口排起了队。",
    "茶馆开了六十七年，一碗茶从四分钱卖到三块钱，竹椅换过四批，掌柜换了两代。现在的掌柜姓温，今年七十一岁。",
    "关门的原因很简单：温掌柜的膝盖不行了，儿子在外地教书，不回来。街道想接过去办，他想了一夜，没有答应。",
    "“茶馆不是桌子板凳，”他说，“是早上五点有人替你把水烧开。”",
    "最后一天，他照样四点半起来生火。来的人太多，茶碗不够，有人从家里带来了自己的搪瓷缸子。",
)
SCHOOL = (
    "只有九个学生的沙湾小学，今年秋天仍然按时开了学。",
    "学校在半山腰，最近的人家走路要二十分钟。老师只有两位，一位教语文和音乐，一位教数学和体育，剩下的课两个人轮着上。",
    "县教育局的人来过三回，商量把学校并到镇上。家长们算了算，孩子住校一年要多花四千块，都不愿意。",
    "最后定下来的办法是：学校留着，镇中心小学的英语老师每周四骑摩托车上来，上完四节课再下山。",
)

MENU = "首页 时政 国际 财经 科技 社会 军事 体育 文旅 健康 教育 图片 视频 直播".split()
HOT = (
    "老厂房改成的图书馆开馆首日来了三千人",
    "记者体验外卖骑手的一天：跑了六十一公里",
    "今年的桂花为什么开得这么晚",
    "一头误入村庄的野猪被送回山里",
    "消防站的狗退役了，全站给它开欢送会",
    "专家提醒：秋冬季节慎用炭火取暖",
)


def menu(template: str = '<li><a href="/{0}/" target="_blank">{1}</a></li>') -> str:
    return "".join(template.format(number, name) for number, name in enumerate(MENU))


def hot(template: str = '<li><a href="/c{0}.html" target="_blank">{1}</a></li>') -> str:
    return "".join(template.format(number, title) for number, title in enumerate(HOT, 100))


def party_daily() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html;charset=GB2312"/><meta http-equiv="Content-Language" content="utf-8" />
<meta content="all" name="robots" /><title>砖厂余热暖了冬天的菜--三农--江口网</title><meta name="keywords" content="大棚 余热" />
<meta name="description" content="　　天还没亮透，桃坪村的大棚里已经亮起了灯。" /><meta name="publishdate" content="2023-12-08"><meta name="source" content="来源：江口网－江口日报"></head>
<body><div class="header"><div class="w1000"><a href="/"><img src="logo.png" alt="江口网"></a><ul class="nav">{menu()}</ul></div></div>
<div class="layout route cf" id="rm_path">江口网&gt;&gt;<a href="/sn" class="clink">三农</a></div>
<div class="layout rm_txt cf"><div class="col col-1 fl"><h3 class="pre">桃坪村三十二座大棚</h3><h1>砖厂余热暖了冬天的菜</h1><h4 class="sub">本报记者 姚望山</h4>
<div class="author cf"></div><div class="channel cf"><div class="col-1-1 fl">2023年12月08日05:47 | 来源：<a href="http://paper.example.cn/" target="_blank">江口网－江口日报</a></div>
<div class="col-1-2 fr"><div class="share cf"><span class="bdsharebuttonbox">分享到：</span></div><span class="message"><a href="#liuyan">小字号</a></span></div></div>
<div class="rm_txt_con cf"><div class="bza"><p class="desc"></p></div>{lines(GREENHOUSE, '<p style="text-indent: 2em;">	{}</p>')}
<div class="box_pic"></div><p class="paper_num">　　《 江口日报 》（ 2023年12月08日 第 07 版）</p><div class="edit cf">(责编：乔木、石田)</div>
<div class="rm_download cf"><div class="box"><p>关注公众号：江口日报财经</p></div></div></div>
<div class="rm_fenxiang cf"><p>分享让更多人看到</p></div><div class="rm_ranking cf"><h3>推荐阅读</h3><div class="item"><a href="#">{HOT[0]}</a><br />　　近日，位于城东的老棉纺厂结束了为期一年的改造，旧车间里摆上了十二万册书，首日便来了三千人。…</div></div></div>
<div class="col col-2 fr"><div class="rm_list cf"><h2>热门排行</h2><ul>{hot()}</ul></div></div></div>
<div class="copyright"><p>江 口 网 版 权 所 有 ，未 经 书 面 授 权 禁 止 使 用</p><p>Copyright &copy; 1997-2023 by www.example.cn. all rights reserved</p></div></body></html>"""
    return Page(
        html.encode("gbk"), "砖厂余热暖了冬天的菜", GREENHOUSE, "2023-12-08", ("姚望山",), "江口日报", encoding="gb18030"
    )  # fmt: skip


def agency_with_pager() -> Page:
    pages = "".join(f'<a href="c_11{n}.htm" class="page">{n}</a> ' for n in range(2, 6))
    html = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>松河采冰人 -通讯社网</title></head><body>
<div class="topnav">{menu('<a href="/{0}">{1}</a>|')}</div><div id="article"><h1 id="title">松河采冰人</h1>
<div class="info"><span id="pubtime">2017年01月09日 16:20:07</span> <span>来源： <em id="source">江口通讯社</em></span>
<span class="comment-num">【<a>评论</a> <em id="replycount">16</em>】【字号 <a>大</a> <a>中</a> <a>小</a>】【打印】【关闭】</span></div>
<div id="content"><table align="center"><tr><td><img src="1.jpg"></td></tr><tr><td><font color="navy">　　1月8日，采冰人在松河上拖运冰块。记者 叶知秋 摄</font></td></tr></table>
{lines(ICE, "<p>　　{}</p>")}<div id="div_currpage"><a href="#">上一页</a> <span class="cur">1</span> {pages}<a href="c_112.htm" class="nextpage">下一页</a></div>
<div class="bdshare">分享到：<a>新浪微博</a><a>人人网</a><a>QQ空间</a></div><span id="editor">[责任编辑： 卫东]</span></div>
<div class="xgxw"><strong>相关新闻</strong><ul>{hot()}</ul></div></div><div class="right"><div class="tit">新闻评论</div><p>登录 后发表评论</p>
<div class="tit">图集</div><ul>{hot('<li><img src="{0}.jpg"><a>{1}</a></li>')}</ul></div><div id="footer">Copyright © 2000 - 2017 All Rights Reserved. 制作单位：通讯社网</div></body></html>"""
    body = ("1月8日，采冰人在松河上拖运冰块。记者 叶知秋 摄", *ICE)
    return Page(html.encode(), "松河采冰人", body, "2017-01-09", ("冯立新", "叶知秋"), "江口通讯社")


def central_government() -> Page:
    inner = lines(NOTICE, '<p style="text-indent: 2em; font-family: 宋体; font-size: 12pt;">{}</p>')
    html = f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="lanmu" content="部门动态"><meta name="firstpublishedtime" content="2024-04-02-16:31:08"><meta name="lastmodifiedtime" content="2024-04-03-09:00:12">
<meta name="manuscriptId" content="6942201"><meta name="author" content="沈言"><title>入汛之前全面排查农村老旧房屋_部门动态_中央政府门户</title></head><body>
<div class="header_nav">{menu('<a href="/{0}">{1}</a>')}<input type="text" placeholder="请输入关键字"></div><div class="BreadcrumbNav"><a href="/">首页</a> &gt; <a>新闻</a> &gt; <a>部门动态</a></div>
<div class="content"><div class="article oneColumn pub_border"><h1 id="ti">入汛之前全面排查农村老旧房屋</h1>
<div class="pages-date">2024-04-02 16:31 <span class="font">来源：<span style="display:inline-block">通讯社</span></span>
<div class="fontSize right">字号：<span>默认</span> <span>大</span> <span>超大</span>|<span onclick="window.print()">打印</span>|<div class="share">|<span class="collect">收藏</span><span class="leaveMsg">留言</span></div></div></div>
<div class="pages_content mhide" id="UCAP-CONTENT"><p style="text-indent: 2em;"><span style="font-weight: bold;">通讯社北京4月2日电</span>（记者何以宁）{NOTICE[0]}</p>
{inner.split("</p>", 1)[1]}</div><div class="editor"><span class="jiucuo">【我要纠错】</span> 责任编辑：沈言</div></div>
<div class="related"><div class="related-title">相关稿件</div><ul>{hot()}</ul></div></div>
<div class="footer"><p>主办单位：办公厅　运行维护单位：运行中心</p><p>版权所有：中央政府门户　网站标识码bm00000000</p></div></body></html>"""
    body = ("通讯社北京4月2日电（记者何以宁）" + NOTICE[0], *NOTICE[1:])
    return Page(html.encode(), "入汛之前全面排查农村老旧房屋", body, "2024-04-02", ("何以宁",), "通讯社")


def portal_on_the_phone() -> Page:
    inner = lines(SUBWAY[:2], '<p cms-style="font-L" class="art_p">　　{}</p>')
    inner += '<div class="sax-ad j_ad" data-ad="1"><span>广告</span><p>秋冬羽绒服一折起，点击查看附近门店</p></div>'
    inner += lines(SUBWAY[2:], '<p cms-style="font-L" class="art_p">　　{}</p>')
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>地铁扶梯突停 四十名乘客走楼梯出站_手机新浪江网</title>
<meta property="og:type" content="news"/><meta property="og:title" content="地铁扶梯突停 四十名乘客走楼梯出站"/><meta property="og:url" content="https://news.example.cn/sh/2022-11-16/detail-x1.d.html"/>
<meta property="article:published_time" content="2022-11-16T08:05:33+08:00"/></head><body><header class="hd"><a class="hd_logo">首页</a><nav>{menu('<a href="/{0}">{1}</a>')}</nav></header>
<main class="sx_main"><section class="s_card z_c1"><article class="s_card z_c2"><h1 class="art_tit_h1">地铁扶梯突停 四十名乘客走楼梯出站</h1>
<section class="art_pa_box"><figure class="art_pa_img"><img src="a.png"></figure><cite class="art_pa_con"><h2 class="weibo_user">青年晚报</h2><time class="weibo_time"><span class="weibo_time_day">2022年11月16日</span> <span>08:05</span></time></cite><a class="add_attention">关注</a></section>
<div class="art_content">{inner}<p class="art_p"><span>责任编辑：桑榆 </span></p></div><aside class="look_more"><a>打开APP，查看更多精彩内容</a></aside></article></section>
<section class="s_card"><h2 class="card_tit">我来说两句</h2><ul class="cmnt"><li><h3>用户5512</h3><p>那个站的扶梯每个星期都要停一回，早就该换了，年年说年年不换。</p><time>11-16 09:12</time></li><li><h3>南方的雨</h3><p>我就在现场，工作人员确实来得快，值得表扬一下。</p></li></ul></section>
<section class="s_card"><h2>热搜榜</h2>{hot('<a class="hs"><em>{0}</em><p>{1}</p></a>')}</section></main><footer><p>触屏版 电脑版 客户端</p><p>举报电话 000-00000000</p></footer></body></html>"""
    return Page(
        html.encode(), "地铁扶梯突停 四十名乘客走楼梯出站", SUBWAY, "2022-11-16", (), "青年晚报", "https://news.example.cn/sh/2022-11-16/detail-x1.d.html"
    )  # fmt: skip


def portal_of_channels() -> Page:
    html = f"""<!DOCTYPE HTML><html class="netease"><head><meta charset="gbk"><title>14岁少年围棋公开赛夺冠 弃七子战胜卫冕冠军_网络体育</title><meta name="keywords" content="围棋,少年">
<link rel="stylesheet" href="a.css"><script>document.write("<p>广告位招租，价格面议，欢迎来电咨询</p>")</script></head><body><div class="ns_area"><ul>{menu()}</ul></div>
<div class="post_crumb"><a href="#">网络首页</a>-<a>体育频道</a>- 正文</div><div class="post_content post_area clearfix" id="epContentLeft"><h1>14岁少年围棋公开赛夺冠 弃七子战胜卫冕冠军</h1>
<div class="post_time_source">　　2016-09-26 07:11:40　来源: <a id="ne_article_source" href="#">江口体育报</a>(江口)<a class="post_jubao">举报</a></div>
<div class="post_desc"><b>核心提示</b>：少年棋手余朗在江口杯决赛中执白一目半胜出。</div><div id="endText" class="post_text"><p class="f_center"><img src="q.jpg"/><br/>余朗（右）在决赛中。</p>
<p>　　{CHESS[0]}</p><p>　　{CHESS[1]}</p><div class="gg200x300"><iframe src="ad.html"></iframe><a href="ad">推广：零基础学围棋，三天看懂定式</a></div><p>　　{CHESS[2]}</p><p>　　{CHESS[3]}</p><p>　　{CHESS[4]}<!-- AD200x300_2 --></p><p>　　（原标题：14岁余朗夺冠）</p>
<div class="ep-source cDGray"><span class="left"><a><img></a> 本文来源：江口体育报</span> <span class="ep-editor">责任编辑：王一木_NS404</span></div></div>
<div class="post_btns"><a>跟贴 1203</a><a>参与 5621</a></div><div class="tie-area"><h3>热门跟贴</h3><div class="tie"><span>网友[老卒过河]：</span><p>弃子那一手真是神来之笔，讲解都没看懂，等到官子才明白过来。</p></div></div></div>
<div class="post_side"><h2>图集推荐</h2><ul>{hot()}</ul><h2>热点新闻</h2><ul>{hot()}</ul></div><div class="N-nav-bottom"><a>About</a> - <a>公司简介</a> - <a>联系方法</a></div></body></html>"""
    body = ("余朗（右）在决赛中。", *CHESS)
    return Page(
        html.encode("gbk"), "14岁少年围棋公开赛夺冠 弃七子战胜卫冕冠军", body, "2016-09-26", (), "江口体育报", encoding="gb18030"
    )  # fmt: skip


def facts_in_a_script() -> Page:
    html = f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="gb2312" /><title>茶馆关门前的最后一天_江讯新闻</title><script>
window.DATA = {{"article_id": "20240311A01XYZ00","title": "茶馆关门前的最后一天","url": "https://new.example.com/omn/20240311/20240311A01XYZ00.html","media": "南街故事","pubtime": "2024-03-11 10:25:00","comment_id": "8765","tags": ["茶馆","老街"]}}
</script></head><body><div id="TopNav">{menu('<a href="/{0}">{1}</a>')}</div><div class="qq_conent clearfix"><div class="LEFT"><div class="content-article-left"><div class="left-stick-wp"><a><img></a><a class="author">南街故事</a><div class="year">2024</div><div class="md">03/11</div><div class="time">10:25</div><div id="shareBtn"><span>分享</span></div><div class="comm">评论</div></div></div>
<h1>茶馆关门前的最后一天</h1><div class="content clearfix"><div class="content-article"><p class="one-p"><img class="content-picture" src="1"></p>{lines(TEAHOUSE, '<p class="one-p">{}</p>')}<div id="Status"></div></div></div>
<div id="Comment"><div class="rv-root">评论 24</div></div></div><div class="RIGHT" id="RIGHT"><div class="hot-news"><h2>今日热点</h2><ul>{hot()}</ul></div></div></div><div class="foot">Copyright &copy; 1998 - 2024 江讯. All Rights Reserved</div></body></html>"""
    return Page(html.encode("gbk"), "茶馆关门前的最后一天", TEAHOUSE, "2024-03-11", (), "南街故事", encoding="gb18030")


def hashed_classes() -> Page:
    inner = lines(SCHOOL, "<p>{}</p>", "")
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>九个学生的学校_江凤网</title><meta property="og:webtype" content="news"><meta property="og:time " content="2021年09月02日 09:12:33"><meta property="og:img_slide" content="">
<meta name="og:time" content="2021年09月02日 09:12:33"></head><body><div id="root"><div class="index_pchead_fgbDf"><ul>{menu()}</ul></div><div class="index_artical_jQWAH"><div class="index_leftContent_9PPKt">
<div class="index_breadNavcont_wOi3C"><a>江凤网资讯</a>&gt;<a>社会</a>&gt;<span>正文</span></div><h1 class="index_title_B1mGz">九个学生的学校</h1>
<div class="index_info_mNHwZ"><div class="index_box_dUkIp"><a class="index_name_iv79P">山里来信</a><div class="index_timeBref_DFosF"><a>2021年09月02日 09:12:33</a><span>来自江口县</span></div></div><div class="index_num_2tr1n"><span>14</span><em>人参与</em> <span>3</span><em>评论</em></div></div>
<div class="index_smallFont_TIS99"><div class="index_articleBox_6mzSS"><div class="index_main_content_gPVUv"><div class="index_text_8gXgH">{inner}</div></div></div>
<div class="index_disclaimerBox_Nk4Hc">“特别声明：以上作品内容(包括在内的视频、图片或音频)为自媒体用户上传并发布，本平台仅提供信息存储空间服务。</div></div></div>
<div class="index_rightContent_F8LEE"><h3>为您推荐</h3><ul>{hot()}</ul><div class="index_videoBox_u">{hot('<div><h4>{1}</h4><span>02:1{0}</span></div>')}</div></div></div></div>
<script>var allData = {{"docData":{{"title":"九个学生的学校","source":"山里来信","newsTime":"2021-09-02 09:12:33"}}}};</script></body></html>"""
    return Page(html.encode(), "九个学生的学校", SCHOOL, "2021-09-02", (), "山里来信")


def broadcaster() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>凌晨的公交车 一座县城的三条夜班线_新闻频道_央江网(example.com)</title>
<meta name="author" content="丁洁"/><meta name="source" content="央江网"/><meta property="og:title" content="凌晨的公交车 一座县城的三条夜班线"/></head><body><div class="page_head"><ul>{menu()}</ul></div>
<div class="main01 main_box"><div class="cnt_nav"><a>首页</a>&gt;<a>新闻频道</a>&gt;社会新闻</div><div class="title_area" id="title_area"><h1>凌晨的公交车 一座县城的三条夜班线</h1><h2 class="sub"></h2><h6></h6></div>
<div class="info1"><span>来源：央江网</span> <span>|</span> <span>2023年10月27日 06:38:00</span></div><div class="function"><a>A-</a><a>A+</a><i>分享</i><div class="qrcode"><p>扫一扫 分享到微信</p></div></div>
<div class="content_area" id="content_area"><div class="video_player" id="player1"><p>正在加载</p><div class="vspeed"><span>0.5x</span><span>1.0x</span><span>1.5x</span></div><p>您的浏览器不支持播放该视频，请升级浏览器或下载客户端观看。</p></div>
<p>　　<strong>央视网消息：</strong>{NIGHT_BUS[0].removeprefix("央视网消息：")}</p>{lines(NIGHT_BUS[1:], "<p>　　{}</p>")}</div>
<div class="zebian"><span>编辑：丁洁</span> <span>责任编辑：苏北</span></div><div class="ewm_box"><p>点击图片 进入专题</p></div></div>
<div class="right_box"><div class="tt"><h3>精彩视频</h3></div><ul>{hot()}</ul></div><div class="page_bottom"><p>违法和不良信息举报电话：000-00000000</p><p>中央广播电视总台 央江网 版权所有</p></div></body></html>"""
    return Page(html.encode(), "凌晨的公交车 一座县城的三条夜班线", NIGHT_BUS, "2023-10-27", (), "央江网")


def agency_in_gbk() -> Page:
    html = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>无人机代护林员走完鹰嘴山险路-中江网</title><meta name="keywords" content="无人机" /></head><body><div class="nav_line"><div class="nav_navcon"><ul>{menu()}</ul></div></div>
<div id="nav"><a href="/">首页</a>→<a href="/sh">社会新闻</a></div><div class="con_left"><div id="cont_1_1_2"><h1 style="display:block; position:relative; text-align:center;">
 无人机代护林员走完鹰嘴山险路 </h1><div class="left-time"><div class="left-t" style="padding-left:6px">2019年10月12日 19:03　来源：<a href="/" class="source">中江网</a>　<a class="liuyan_wenzi">参与互动</a>(<span id="plcs">0</span>)</div>
<div class="right-t"><span class="iconfont">分享到：</span></div></div><!--图片start--><div class="left_ph" style="text-align:center"><img src="u.jpg" alt="" /></div><div class="left_pt">护林员在山口放飞无人机。 邹明远 摄</div><!--图片end-->
<!--正文start--><div class="left_zw" style="position:relative">{lines(PHOTO, "<p>　　{}</p>")}<div id="function_code_page"></div></div><!--正文end-->
<table border=0 cellspacing=0 cellpadding=0 align=left style="padding-right:10px;"><tr><td><div id=adhzh name=hzh></div></td></tr></table>
<div class="left_name"><div class="left_name">【编辑:田禾】</div></div><div class="div624"><span class="jx"><a>更多精彩内容请进入社会新闻</a></span></div>
<div class="jxal"><div class="title">&gt;社会新闻精选：</div><ul>{hot()}</ul></div></div></div><div class="con_right"><div>千龙滚动</div><ul>{hot()}</ul></div>
<div class="bottom_copyright">本网站所刊载信息，不代表中江社和中江网观点。 刊用本网站稿件，务经书面授权。<br />未经授权禁止转载、摘编、复制及建立镜像，违者将依法追究法律责任。</div></body></html>"""
    return Page(
        html.encode("gbk"), "无人机代护林员走完鹰嘴山险路", PHOTO, "2019-10-12", ("邹明远",), "中江网", encoding="gb18030"
    )  # fmt: skip


def digital_newspaper() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>青石日报数字报</title>
<script>var pagenum="03";</script></head><body><div class="Newslistbox"><div class="list"><span>03</span> <span>青石日报</span> 2020年11月20日 星期五</div>
<map name="pagepicmap">{"".join(f'<area coords="1,2,3,4" shape="polygon" href="content_3_{n}.htm" title="{t}">' for n, t in enumerate(HOT))}</map>
<ul class="news-list">{hot()}</ul><div class="page">第03版：民生 <a href="n02.htm">上一版</a> <a href="n04.htm">下一版</a> <a href="p.pdf">版面PDF</a></div></div>
<!--enpproperty <articleid>77201</articleid><date>2020-11-20 00:00:00.0</date><author>俞静</author><title>最后一碗三块钱的茶</title><keyword></keyword><subtitle>同春茶馆关门之前</subtitle><introtitle>开了六十七年</introtitle>/enpproperty-->
<div class="article"><div class="date">版次：03　　　标题导航　2020年11月20日</div><founder-content><h3>开了六十七年</h3><h1>最后一碗三块钱的茶</h1><h2>——同春茶馆关门之前</h2><p class="sec">本报记者 <span class="date">俞静</span></p><div class="attachment"><table><tr><td><img src="b.jpg"></td></tr><tr><td>温掌柜在灶前添水。 本报记者 俞静 摄</td></tr></table></div>
<div id="ozoom"><!--enpcontent--><p>　　{TEAHOUSE[0]}</p><p>　　{TEAHOUSE[1]}</p><p>　　<strong>换了两代掌柜</strong></p><p>　　{TEAHOUSE[2]}</p><p>　　{TEAHOUSE[3]}</p><p>　　{TEAHOUSE[4]}</p><!--/enpcontent--></div></founder-content></div>
<div class="prenext"><a>上一篇</a> <a>下一篇</a></div><div class="bottom">本报社址：青石市人民路8号　邮编：000000　广告热线：000-0000000</div></body></html>"""
    body = (*TEAHOUSE[:2], "换了两代掌柜", *TEAHOUSE[2:])
    return Page(html.encode(), "最后一碗三块钱的茶", body, "2020-11-20", ("俞静",), "青石日报")


def public_account() -> Page:
    text = "".join(
        f'<section data-role="paragraph"><p style="letter-spacing:1px"><span leaf="">{p}</span></p></section><p><br></p>'
        for p in SCHOOL
    )
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="wechat-enable-text-zoom-em" content="true"><meta name="description" content="山里的孩子"><meta property="og:title" content="九个学生，两位老师" /><meta property="og:type" content="article" />
<meta property="og:article:author" content="柳叶" /><title></title></head><body><div class="rich_media_area_primary"><h1 class="rich_media_title " id="activity-name">九个学生，两位老师</h1>
<div id="meta_content" class="rich_media_meta_list"><span id="copyright_logo" class="wx_tap_link">原创</span><span class="rich_media_meta rich_media_meta_text"><span role="link" id="js_author_name">柳叶</span></span>
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" class="wx_tap_link" id="js_name">山里来信</a><div id="js_profile_qrcode" style="display:none;"><strong class="profile_nickname">山里来信</strong><p class="profile_meta"><label>微信号</label><span>slilx</span></p><p><label>功能介绍</label><span>写信给山外面的人</span></p></div></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text"></em><em id="js_ip_wording_wrp" style="display: none;"><span id="js_ip_wording"></span></em></div>
<div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden; opacity: 0; "><section><p style="text-align:center;">↑点击蓝字，关注我们</p></section>{text}
<section><p>文字：柳叶</p><p>图片：柳叶</p><p>编辑：石头</p></section><section><p>喜欢本文请点亮“在看”</p></section></div></div>
<div id="js_tags">#乡村教育</div><div class="comments"><p>写留言</p><ul><li>雪山：看哭了，我小时候的学校就是这样的。</li></ul></div>
<script nonce="1">var biz = "" || "MzA=";var ct = "1630544400";var user_name = "gh_1";var nickname = htmlDecode("山里来信");var msg_title = '九个学生，两位老师'.html(false);
var msg_link = "http://mp.weixin.qq.com/s?__biz=MzA=&amp;mid=2&amp;idx=1&amp;sn=ab#rd";</script></body></html>"""
    return Page(html.encode(), "九个学生，两位老师", SCHOOL, "2021-09-02", ("柳叶",), "山里来信")


def fonts_and_breaks() -> Page:
    inner = "<br><br>".join(f"　　{p}" for p in SUBWAY)
    html = f"""<HTML><HEAD><TITLE>江口热线-->新闻中心-->社会-->三号线扶梯夜停</TITLE><META http-equiv=Content-Type content="text/html; charset=gb2312">
<STYLE type=text/css>TD {{ FONT-SIZE: 12px }}</STYLE></HEAD><BODY leftMargin=0 topMargin=0><TABLE cellSpacing=0 cellPadding=0 width=760 align=center border=0><TBODY><TR><TD><A href="/">首页</A> <A href="/n">新闻</A> <A href="/m">短信</A> <A href="/g">游戏</A> <A href="/c">聊天</A></TD></TR></TBODY></TABLE>
<TABLE width=760 align=center border=0><TBODY><TR><TD vAlign=top width=590><TABLE width="96%" align=center><TBODY><TR><TD align=middle height=50><FONT color=#05006c size=4><B>三号线扶梯夜停</B></FONT></TD></TR>
<TR><TD align=middle height=20><HR SIZE=1><FONT color=#666666>http://www.example.com.cn 2004年11月16日08:05 江口晨报</FONT></TD></TR>
<TR><TD class=l17><FONT class=f14 id=zoom><TABLE width=200 align=left><TBODY><TR><TD>广告</TD></TR><TR><TD><IMG src="ad.gif"></TD></TR></TBODY></TABLE>
{inner}<br><br>　　本报记者 贺一鸣</FONT></TD></TR><TR><TD align=right>【<A href="#">评论</A>】【<A href="#">推荐</A>】【大 <A href="#">中</A> 小】【<A href="#">打印</A>】【<A href="#">关闭</A>】</TD></TR></TBODY></TABLE></TD>
<TD vAlign=top width=160 bgColor=#f0f0f0><FONT color=red>·热门铃声</FONT><BR>{"<BR>".join(f'·<A href="{n}.htm">{t}</A>' for n, t in enumerate(HOT))}</TD></TR></TBODY></TABLE>
<CENTER><FONT size=2><A href="#">网站简介</A> | <A href="#">广告服务</A><BR>Copyright (C) 1999-2004 版权所有 江口热线</FONT></CENTER></BODY></HTML>"""
    return Page(
        html.encode("gbk"), "三号线扶梯夜停", SUBWAY, "2004-11-16", ("贺一鸣",), "江口晨报", encoding="gb18030"
    )  # fmt: skip


def repost_in_a_forum() -> Page:
    inner = "<br />\r\n<br />\r\n".join(CHESS)
    reply = '<div id="post_{0}"><table class="plhin"><tr><td class="pls"><div class="authi"><a class="xw1">{1}</a></div><p>积分 {0}21</p></td><td class="plc"><div class="authi"><em>发表于 2016-9-2{0} 1{0}:02</em></div><div class="t_fsz"><table><tr><td class="t_f" id="postmessage_{0}">{2}</td></tr></table></div></td></tr></table></div>'
    replies = "".join(
        reply.format(*each)
        for each in (
            (6, "过河卒", "看直播的时候我就坐在讲解室外面，里面叫得跟踢进了球一样，太激动了。"),
            (7, "烂柯人", "叔公才是高人，修钟表的手稳，心更稳，什么时候让他也来比一盘。"),
            (8, "灌水专业户", "顶楼主，好文要顶，顺便问一下谁有这盘棋的完整棋谱，求分享。"),
        )
    )
    html = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=gbk" />
<title>[转帖] 十四岁少年弃七子夺冠 - 棋友之家 - 江口论坛 -  Powered by Discuz!</title><meta name="generator" content="Discuz! X3.2" /></head><body><div id="toptb"><a>设为首页</a><a>收藏本站</a></div><div id="nv"><ul>{menu()}</ul></div>
<div id="pt" class="bm cl"><a>论坛</a> <em>&rsaquo;</em> <a>棋友之家</a></div><div id="ct"><div id="pgt"><a>返回列表</a></div><div id="postlist"><table><tr><td class="pls"><span>查看: <b>2210</b></span> <span>回复: <b>3</b></span></td>
<td class="plc"><h1 class="ts"><a>[转帖]</a> <span id="thread_subject">十四岁少年弃七子夺冠</span></h1><span><a>[复制链接]</a></span></td></tr></table>
<div id="post_1"><table class="plhin"><tr><td class="pls"><div class="authi"><a class="xw1">木野狐</a></div><p>积分 8800</p></td><td class="plc"><div class="pi"><strong><a>楼主</a></strong><div class="authi"><em id="authorposton1">发表于 2016-9-26 12:31:07</em> | <a>只看该作者</a></div></div>
<div class="pct"><div class="t_fsz"><table cellspacing="0"><tr><td class="t_f" id="postmessage_1">来源：江口体育报　作者：马识途<br /><br />{inner}</td></tr></table></div><div class="cm">点评</div></div></td></tr></table></div>{replies}</div>
<form id="fastpostform"><p>您需要登录后才可以回帖 登录 | 立即注册</p></form></div><div id="ft"><p>Powered by <strong>Discuz!</strong> X3.2 &copy; 2001-2013 Comsenz Inc.</p><p>手机版|小黑屋|江口论坛</p></div></body></html>"""
    return Page(
        html.encode("gbk"), "十四岁少年弃七子夺冠", CHESS, "2016-09-26", ("马识途",), "江口体育报", encoding="gb18030"
    )  # fmt: skip


def print_version() -> Page:
    html = f"""<html><head><meta charset="utf-8"><title>打印预览</title><style media=print>.noprint{{display:none}}</style></head><body onload="window.print()">
<div class="noprint"><button>打印</button> <button>关闭窗口</button></div><h2 align="center">余热种菜，三十二座大棚的冬天</h2>
<p align="center">2023-12-08 06:10　江口农村报　记者 姚望山</p><hr>{lines(GREENHOUSE, "<p>&nbsp;&nbsp;&nbsp;&nbsp;{}</p>")}<hr>
<p>本文链接：https://www.example.cn/print/20231208/77.html</p><p class="noprint">本页由系统自动生成</p></body></html>"""
    return Page(
        html.encode(), "余热种菜，三十二座大棚的冬天", GREENHOUSE, "2023-12-08", ("姚望山",), "江口农村报", "https://www.example.cn/print/20231208/77.html"
    )  # fmt: skip


MAINLAND = {
    make.__name__: make()
    for make in (
        party_daily, agency_with_pager, central_government, portal_on_the_phone, portal_of_channels, facts_in_a_script,
        hashed_classes, broadcaster, agency_in_gbk, digital_newspaper, public_account, fonts_and_breaks,
        repost_in_a_forum, print_version,
    )
}  # fmt: skip
