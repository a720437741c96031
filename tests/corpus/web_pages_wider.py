"""Saved pages of thirteen more makes from the mainland, measured once before the rules were looked at again."""

from __future__ import annotations

from web_pages import Page, lines

KELP = (
    "立夏刚过，獐岛外的海带架子上已经坐满了人。一条小船四个人，两人割，两人捆，潮水不等人，干粮揣在怀里就着风吃。",
    "养了二十六年海带的栾德水说，今年水温低，海带长得慢，却厚实，“一绳比去年多出七八斤，晒干了颜色发黑，是好货。”",
    "岛上四十户人家合起来买了一台烘干机，下雨天也能出货。第一批干海带已经装车，发往四百公里外的批发市场。",
    "镇渔业站提醒，割完的架子要趁早清洗，夏天台风来之前，浮球和缆绳都要检查一遍。",
)
CLOCK = (
    "城南钟楼停了十九年的大钟，昨天中午十二点又响了。修钟的是七十一岁的退休钳工佟立本，他没有图纸，只有一把游标卡尺。",
    "大钟的齿轮断了三个齿，原厂早已没有了。佟立本在旧货市场守了两个月，买来一台报废的座钟，拆下零件一个一个量。",
    "“齿轮不会骗人，差一丝就是差一丝。”他说。最难的是擒纵轮，他车废了十四个，第十五个才走得准。",
    "钟响的时候，街上的人都停下来抬头看，有个孩子问妈妈，那是什么声音。",
)
TANKS = (
    "各乡镇人民政府，县直各有关单位：",
    "为做好今冬明春农村饮水管道防冻工作，现将有关事项通知如下。",
    "一、各供水站在十一月底前完成露天管道包扎，水表井加盖保温层，损坏的闸阀一律更换。",
    "二、乡镇要把独居老人、敬老院、卫生院列入重点，逐户检查，建立台账。",
    "三、遇停水超过十二小时的，由县水利局调度送水车，保证每人每天不少于二十升。",
)
HERON = (
    "苍鹭第一次在污水处理厂的尾水湿地里筑了巢。护鸟志愿者甘小渔用望远镜数了三遍，巢里有四只雏鸟。",
    "这片湿地三年前还是一块堆渣土的荒地，尾水先流过碎石床，再流过芦苇和菖蒲，出来的时候已经能养鱼。",
    "处理厂负责人说，他们本来只想让水再干净一点，没想到会来鸟，“现在割芦苇都要先看日历。”",
    "在观鸟记录里，这里一共出现过五十三种鸟，其中九种是过去十年没有见过的。",
)
NOODLE = (
    "凌晨三点，范家挂面坊的灯亮了。和面、开条、盘条、上杆，一套工序走完，天正好大亮，一千二百根面在院子里挂成一道白帘。",
    "面坊的第四代传人范喜梅今年三十四岁，大学念的是会计。她算过一笔账：手工挂面一天只能做六十斤，机器面一小时就有六百斤。",
    "可是她没有买机器。她把做面的过程拍成视频，附近学校的老师带着学生来看，看完每人带走一把面。",
    "“孩子们问我，面为什么不断。”范喜梅说，“我说，因为盐和时间。”",
    "去年，面坊卖出去两万斤面，比前年多了一倍，多出来的都是这样一把一把带走的。",
)
SCALE = (
    "菜市场里的公平秤用了八年，上个月换成了会说话的。顾客把菜往上一放，它先报重量，再报和摊主的秤差了几两。",
    "管理员老蔡记了一个月：第一周报出来的差数有一百零六次，第四周只剩下九次。",
    "卖豆腐的曲大姐说，不是大家都想缺斤短两，是老秤年头久了，谁也不愿意第一个换。现在市场统一换了新秤，旧秤收走，每台补贴一百二十元。",
)
DRONE = (
    "今年秋收，下洼村第一次用无人机撒播紫云英。三百亩稻田，两个人，一个上午就撒完了，往年这要十二个人干四天。",
    "操作无人机的小伙子叫步青，三年前在城里送外卖。他说送外卖看的是电量和时间，撒草籽看的也是电量和时间。",
)
ROPE = (
    "攀岩教练岑一山在石头上打了三千多个挂片，最近开始一个一个地拆。",
    "他说，二十年前大家用的是普通碳钢，淋了雨、沾了海雾，从里面锈起来，外面看着还是亮的。去年春天，邻省有人坠落，断口上一半是锈。",
    "换一个挂片要四十分钟，材料三十八元。岑一山算了算，全部换完要五年，钱从攀岩者的会费里出。",
    "“路线的名字是我起的，总不能让名字比螺栓活得久。”他说。",
)
TRAIN = (
    "每天早上六点零四分，5633次列车从柏树沟站开出，四节车厢，票价最低一元，沿途停十七个站，其中九个站没有站台工作人员。",
    "列车长苗玉兰跑这条线已经十四年。她的包里放着针线、老花镜和晕车药，还有一张手写的表，上面是沿线三十几户人家的电话。",
    "背篓里的鸡在车厢接头的地方叫，卖花椒的老人把秤挂在行李架上。苗玉兰说，这不是车，是一条会走的街。",
    "有人问过要不要停开。去年一年，这趟车卖了十一万张票，收入不到成本的五分之一，可是沿线有四个村到今天还没有通公路。",
    "苗玉兰再过两年退休，她想在退休以前把那张表交给下一个人。",
)


def links(*names: str) -> str:
    return "".join(f'<li><a href="/show/{n}.html">{name}</a></li>' for n, name in enumerate(names, 1))


LATEST = links("灯会今晚亮灯，三条公交线改道", "老井边的修鞋摊", "县城第一家二十四小时书房开门", "河长手里的七本日记", "桃花汛过后的渡槽")


def dede_county() -> Page:
    html = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312" />
<title>獐岛海带开割_海岛渔讯_獐岛在线</title><meta name="keywords" content="海带,开割" /><meta name="description" content="立夏刚过，獐岛外的海带架子上已经坐满了人。" /></head><body class="articleview">
<div class="header"><div class="top w960"><span class="sitename">獐岛在线欢迎您</span> <a>设为首页</a> <a>加入收藏</a></div><div id="navMenu"><ul><li><a href='/'><span>主页</span></a></li>{LATEST}</ul></div></div>
<div class="w960 center clear mt1"><div class="pleft"><div class="place"><strong>当前位置:</strong> <a>主页</a> > <a>海岛渔讯</a> > </div>
<div class="viewbox"><div class="title"><h2>獐岛海带开割</h2></div><div class="info"><small>时间:</small>2013-05-09 16:20<small>来源:</small>獐岛渔业报 <small>作者:</small>admin <small>点击:</small>217次</div>
<div class="intro">立夏刚过，獐岛外的海带架子上已经坐满了人。</div><div class="content"><table width='100%'><tr><td>{"".join(f"<p>　　{p}</p>" for p in KELP)}</td></tr></table>
(责任编辑：admin)</div><div class="dede_pages"><ul class="pagelist"></ul></div><div class="newdigg"><span>顶一下</span>(3)100%<span>踩一下</span>(0)0%</div><div class="context"><ul><li>上一篇：<a>渔港清淤</a> </li><li>下一篇：没有了</li></ul></div></div>
<div class="dede_comment"><span>发表评论</span><p>请自觉遵守互联网相关的政策法规，严禁发布色情、暴力、反动的言论。</p><span>验证码:</span></div></div>
<div class="pright"><dl class="tbox"><dt><strong>热点内容</strong></dt><dd><ul class="c1 ico2">{LATEST}</ul></dd></dl></div></div><div class="footer"><p>Powered by DedeCMS 獐岛在线 版权所有</p></div></body></html>"""
    return Page(html.encode("gbk"), "獐岛海带开割", KELP, "2013-05-09", (), "獐岛渔业报", encoding="gb18030")


def portal_of_a_forum() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>停了十九年的钟又响了 - 城事 - 柳城生活圈 - Powered by Discuz!</title>
<meta name="keywords" content="停了十九年的钟又响了" /><meta name="description" content="修钟的是七十一岁的退休钳工" /><meta name="generator" content="Discuz! X3.4" /></head><body id="nv_portal" class="pg_view">
<div id="toptb" class="cl"><div class="wp"><a>设为首页</a><a>收藏本站</a></div></div><div id="hd"><div id="nv"><ul>{LATEST}</ul></div></div><div id="wp" class="wp"><div id="pt" class="bm cl"><div class="z"><a>门户</a><em>›</em><a>城事</a><em>›</em>查看内容</div></div>
<div id="ct" class="ct2 wp cl"><div class="mn"><div class="bm vw"><div class="h hm"><h1 class="ph">停了十九年的钟又响了</h1><p class="xg1">2016-10-2 08:31<span class="pipe">|</span>发布者: <a>柳城小编</a><span class="pipe">|</span>查看: <em id="_viewnum">4120</em><span class="pipe">|</span>评论: 2<span class="pipe">|</span>来自: 柳城晚报</p></div>
<div class="s"><div><strong>摘要</strong>: 城南钟楼停了十九年的大钟，昨天中午十二点又响了。</div></div><div class="d"><table cellpadding="0" cellspacing="0" class="vwtb"><tr><td id="article_content">{"<br />".join(f"　　{p}<br />" for p in CLOCK)}</td></tr></table>
<div id="click_div"><table class="atd"><tr><td><a>路过</a></td><td><a>雷人</a></td><td><a>握手</a></td><td><a>鲜花</a></td><td><a>鸡蛋</a></td></tr></table></div></div><div class="o cl ptm pbm"><a>收藏</a><a>分享</a><a>邀请</a></div><div class="pren pbm cl"><em>上一篇：<a>桂花迟开</a></em><em>下一篇：<a>旧书市</a></em></div></div>
<div id="comment" class="bm"><div class="bm_h cl"><h3>最新评论</h3></div><div id="comment_ul" class="bm_c"><dl class="ptm pbm bbda cl"><dt class="mbm"><a class="xi2 xw1">城南旧客</a> <span class="xg1">2016-10-2 12:40</span></dt><dd>小时候天天听它响，后来不响了也没有在意，今天忽然听见，站在路边愣了好一会儿。</dd></dl></div></div></div>
<div class="sd pph"><div class="bm"><div class="bm_h cl"><h2>相关分类</h2></div><ul>{LATEST}</ul></div></div></div></div><div id="ft" class="wp cl"><p>柳城生活圈 ( 江ICP备00000001号 )</p></div></body></html>"""
    return Page(html.encode(), "停了十九年的钟又响了", CLOCK, "2016-10-02", (), "柳城晚报")


def heading_with_facts_inside() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>尾水湿地来了苍鹭 - 生态 - 石桥新闻网</title><meta name="keywords" content="苍鹭 湿地"></head><body><div class="header"><div class="nav-bar"><ul class="nav-site">{LATEST}</ul></div></div>
<div class="main"><div class="col-left"><div class="crumbs"><a>首页</a><span> &gt; </span><a>生态</a> &gt; 正文</div><div id="Article"><h1>尾水湿地来了苍鹭<br /><span>2014-06-11 09:14:22&nbsp;&nbsp;&nbsp;来源：石桥日报&nbsp;&nbsp;&nbsp;作者：鲁小舟&nbsp;&nbsp;&nbsp;评论：<a>0</a> 点击：<span id="hits">86</span></span></h1>
<div class="summary">苍鹭第一次在污水处理厂的尾水湿地里筑了巢</div><div class="content"><div id="content_markup">{lines(HERON, "<p>&nbsp;&nbsp;&nbsp;&nbsp;{}</p>")}</div></div><div id="pages" class="text-c"></div>
<p style="margin-bottom:10px"><strong>相关热词搜索：</strong><a class="blue">苍鹭</a> <a class="blue">湿地</a></p><p class="f14"><strong>上一篇：</strong><a>芦苇怎么割</a><br /><strong>下一篇：</strong><a>夏候鸟名录</a></p></div><div class="Article-Tool">分享到：<img alt="分享到新浪微博"><span>收藏</span></div><div class="bk10"></div><div class="box"><h5>延伸阅读</h5><ul>{LATEST}</ul></div>
<div class="box" id="comment_iframe"></div></div><div class="col-auto"><div class="box"><h5 class="title-2">频道总排行</h5><ul class="content digg">{LATEST}</ul></div></div></div><div class="footer"><p class="info">石桥新闻网 Powered by PHPCMS V9</p></div></body></html>"""
    return Page(html.encode(), "尾水湿地来了苍鹭", HERON, "2014-06-11", ("鲁小舟",), "石桥日报")


def notice_with_an_index() -> Page:
    body = (*TANKS, "江口县水利局", "2022年11月3日")
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="SiteName" content="江口县人民政府"><meta name="ColumnName" content="部门文件"><meta name="ArticleTitle" content="江口县水利局关于做好农村饮水管道防冻工作的通知"><meta name="PubDate" content="2022-11-04 15:20"><title>江口县水利局关于做好农村饮水管道防冻工作的通知_部门文件_江口县人民政府</title></head><body>
<div class="top"><a>无障碍阅读</a><a>长者模式</a><a>登录</a></div><div class="nav"><ul><li><a>首页</a></li><li><a>政务公开</a></li><li><a>办事服务</a></li><li><a>互动交流</a></li></ul></div><div class="wz">您当前的位置：<a>首页</a> > <a>政务公开</a> > 部门文件</div>
<table class="xxgk_table" width="100%"><tr><td class="bt">索 引 号：</td><td>JK000/2022-00117</td><td class="bt">主题分类：</td><td>水利、水务</td></tr><tr><td class="bt">发布机构：</td><td>江口县水利局</td><td class="bt">成文日期：</td><td>2022年11月03日</td></tr><tr><td class="bt">发文字号：</td><td>江水发〔2022〕31号</td><td class="bt">有 效 性：</td><td>有效</td></tr></table>
<div class="xl_title"><h1>江口县水利局关于做好农村饮水管道防冻工作的通知</h1></div><div class="xl_info"><span>发布时间：2022-11-04 15:20</span><span>信息来源：江口县水利局</span><span>浏览量：<i>312</i></span><span>字体：[<a>大</a> <a>中</a> <a>小</a>]</span></div>
<div class="xl_cont"><div class="view TRS_UEDITOR trs_paper_default">{lines(TANKS, '<p style="text-indent:2em">{}</p>')}<p style="text-align:right">江口县水利局</p><p style="text-align:right">2022年11月3日</p></div></div>
<div class="fj">附件：<a href="a.docx">供水站防冻检查表.docx</a></div><div class="xl_btn"><a>【打印本页】</a><a>【关闭窗口】</a></div><div class="ewm">扫一扫在手机打开当前页</div><div class="footer">主办：江口县人民政府办公室 政府网站标识码：0000000000 江ICP备00000002号</div></body></html>"""
    return Page(
        html.encode(), "江口县水利局关于做好农村饮水管道防冻工作的通知", body, "2022-11-04", (), "江口县水利局"
    )


def number_of_an_aggregator() -> Page:
    paragraphs = "".join(f'<div class="dpu8C _2kCxD"><p><span class="bjh-p">{p}</span></p></div>' for p in NOODLE[:3])
    rest = "".join(f'<div class="dpu8C _2kCxD"><p><span class="bjh-p">{p}</span></p></div>' for p in NOODLE[3:])
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta itemprop="dateUpdate" content="2023-04-18 07:55:12"/><title>一千二百根挂面和一笔没有算完的账</title><meta name="description" content="凌晨三点，范家挂面坊的灯亮了。"></head><body><div id="ssr-content"><div id="header"><div class="_3vQqJ"><a>聚合首页</a><span>登录</span></div></div>
<div class="app-module_leftSection_EaCvy"><div class="_10s4U"><div class="_2oHyQ"><div class="sKHSJ">一千二百根挂面和一笔没有算完的账</div><div class="_2gGWi"><a><div class="_1xnHp"></div></a><div class="_3oUpS"><a><p class="_2gGWi1">邻水日报</p></a><div class="_2sjh9"><span>2023-04-18 07:55</span><span>四川</span><span>邻水日报社官方账号</span></div></div><div class="_1ifPa">关注</div></div></div>
<div class="_18p7x" data-testid="article">{paragraphs}<div class="_1NCGf"><img src="a.jpg"></div>{rest}</div></div><div class="_2Wctx"><span>举报/反馈</span></div><div class="_1tdb2"><div class="_3yMGU"><span>相关推荐</span></div><ul>{LATEST}</ul></div><div class="xcp-list"><div class="xcp-list-title">评论 3</div><div class="xcp-item"><h5>山城老面</h5><span class="type-text">我外婆家就在隔壁，小时候放学去偷面条吃，生的，咸的，香得很。</span></div></div></div>
<div class="app-module_rightSection_26Dix"><div class="_2jN0Y"><p>作者最新文章</p><ul>{LATEST}</ul></div></div></div></body></html>"""
    return Page(html.encode(), "一千二百根挂面和一笔没有算完的账", NOODLE, "2023-04-18", (), "邻水日报")


def business_site() -> Page:
    lead = "一台会报差数的秤，让一个菜市场在四周里变了样。"
    html = f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="UTF-8"><title>会说话的公平秤|镜面新闻</title><meta property="og:title" content="会说话的公平秤" /><link rel="canonical" href="https://www.example.com/article/6789012.html" /></head><body class="en"><div class="header header-ruby"><div class="header-con"><ul class="header-nav">{LATEST}</ul><a>镜面号</a><a>下载客户端</a></div></div>
<div class="content-wrapper"><div class="article-view"><div class="article-header"><h1>会说话的公平秤</h1><p>{lead}</p></div><div class="article-info"><p><span class="author"><a>商小麦</a></span><span class="date">2021/11/02 07:40</span><span class="read">浏览 1.4w</span><span>来源：镜面新闻</span></p></div>
<div class="article-main"><div class="article-img"><img><p>图片来源：视觉江南</p></div><div class="article-content"><p><strong>记者 | </strong>商小麦</p><p><strong>编辑 | </strong>虞一波</p>{lines(SCALE)}<div class="report-view"><button>更多专业报道，请点击下载“镜面新闻”APP</button></div></div><div class="article-copyright">未经正式授权严禁转载本文，侵权必究。</div></div>
<div class="opt-view-comment"><span>收藏</span><span>27</span></div><div class="main-comment"><div class="title-box"><h3>评论</h3></div><dl><dt>0/100</dt><dd>暂无评论哦，快来评价一下吧！</dd></dl></div></div><div class="side-view"><div class="news-list"><h3>推荐阅读</h3><ul>{LATEST}</ul></div></div></div><div class="footer">镜面新闻 Copyright © 2021</div></body></html>"""
    return Page(
        html.encode(), "会说话的公平秤", (lead, *SCALE), "2021-11-02", ("商小麦",), "镜面新闻",
        "https://www.example.com/article/6789012.html",
    )  # fmt: skip


def old_tables_first_page() -> Page:
    inner = "<BR><BR>".join(f"　　{p}" for p in TRAIN[:4])
    html = f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312"><TITLE>会走的街--青石网</TITLE></HEAD><BODY bgColor=#ffffff leftMargin=0 topMargin=0><TABLE cellSpacing=0 width=760 align=center border=0><TBODY><TR><TD><A href="/"><IMG src="logo.gif"></A></TD><TD><MARQUEE>今日天气：多云转晴 偏北风三级</MARQUEE></TD></TR></TBODY></TABLE>
<TABLE width=760 align=center><TR><TD bgColor=#cc0000><FONT color=#ffffff>| <A>新闻</A> | <A>体育</A> | <A>财经</A> | <A>科技</A> | <A>汽车</A> | <A>房产</A> |</FONT></TD></TR></TABLE>
<TABLE width=760 align=center><TR><TD width=560 vAlign=top><FONT color=#666666>青石网 &gt; 新闻中心 &gt; 社会新闻 &gt; 正文</FONT><BR><CENTER><FONT size=5 color=#05006C><B>会走的街</B></FONT><BR><FONT size=2>http://www.example.com.cn　2005年12月26日10:33　青石晚报</FONT></CENTER><HR>
<TABLE align=left><TR><TD><IMG src=ad.gif><BR><FONT size=1>广告</FONT></TD></TR></TABLE><FONT id=zoom class=f14>{inner}</FONT><P align=center><A>[1]</A> <A>[2]</A> <A>[下一页]</A></P><P align=right><FONT size=2>【<A>评论</A>】【<A>论坛</A>】【<A>收藏此页</A>】【<A>大</A> <A>中</A> <A>小</A>】【<A>打印</A>】【<A>关闭</A>】</FONT></P>
<TABLE bgColor=#eeeeee width=100%><TR><TD><B>相关专题</B></TD></TR>{"".join(f"<TR><TD>·<A>{t}</A>(12/2{n})</TD></TR>" for n, t in enumerate(("春运票价不上浮", "慢火车要不要停开"), 1))}</TABLE></TD><TD vAlign=top width=200><FONT color=red>热门图片</FONT><UL>{LATEST}</UL></TD></TR></TABLE><CENTER><FONT size=2>青石网简介 | 联系我们 | 招聘信息<BR>Copyright &copy; 1999-2005</FONT></CENTER></BODY></HTML>"""
    return Page(html.encode("gbk"), "会走的街", TRAIN[:4], "2005-12-26", (), "青石晚报", encoding="gb18030")


def account_with_cards() -> Page:
    sections = "".join(
        f'<section style="margin:8px 0;box-sizing:border-box"><section style="padding:2px"><p style="text-indent:2em"><span style="font-size:15px">{p}</span></p></section></section><section><section><p><br></p></section></section>'
        for p in ROPE
    )
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="他要把自己打的挂片全拆了" /><meta property="og:site_name" content="微信公众平台" /><meta name="author" content="" /><meta property="og:url" content="http://mp.example.com/s?__biz=AA" /><title></title></head><body id="activity-detail" class="zh_CN wx_wap_page mm_appmsg"><div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="page-content" class="rich_media_area_primary"><div id="img-content" class="rich_media_wrp">
<h1 class="rich_media_title" id="activity-name">他要把自己打的挂片全拆了</h1><div id="meta_content" class="rich_media_meta_list"><span id="copyright_logo" class="wx_tap_link">原创</span><span class="rich_media_meta rich_media_meta_text"> 竺未央 </span><span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a id="js_name"> 山野手册 </a></span><em id="publish_time" class="rich_media_meta rich_media_meta_text">2024年02月21日 20:15</em><em id="js_ip_wording">广西</em></div>
<div id="js_tags" class="article-tag__list"><a>#安全</a> 12个</div><div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden;"><section><p style="text-align:center">点击蓝字 · 关注我们</p></section><section><mp-common-profile data-nickname="山野手册"></mp-common-profile></section><p>文 | 竺未央</p><p>图 | 受访者提供</p><p><iframe class="video_iframe"></iframe></p>{sections}<section><p style="text-align:center">— END —</p></section><section><p>往期推荐</p><p><a>雨后什么时候能上岩壁</a></p><p><a>一根主锁的寿命</a></p></section><p>商务合作请加微信：shanye000</p></div>
<div id="js_pc_qr_code"><p>微信扫一扫<br>关注该公众号</p></div><div class="read-more__area">阅读原文</div><div id="js_preview_reward"><p>喜欢作者</p></div></div></div></div></div><div id="content_bottom_area"><p>继续滑动看下一个</p><p>轻触阅读原文</p><p>山野手册</p><p>向上滑动看下一个</p></div><script>var ct = "1708517700";var nickname = htmlDecode("山野手册");</script></body></html>"""
    return Page(
        html.encode(), "他要把自己打的挂片全拆了", ROPE, "2024-02-21", ("竺未央",), "山野手册",
        "http://mp.example.com/s?__biz=AA",
    )  # fmt: skip


def column_of_answers() -> Page:
    html = f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"/><title data-rh="true">慢火车上的一天 - 问山</title><meta property="og:title" content="慢火车上的一天"/><meta property="og:site_name" content="问山专栏"/></head><body><div id="root"><header class="ColumnPageHeader"><a>写文章</a><button>登录</button></header><div><main role="main" class="App-main"><article class="Post-Main Post-NormalMain"><header class="Post-Header"><h1 class="Post-Title">慢火车上的一天</h1>
<div class="Post-Author"><div class="AuthorInfo" itemprop="author" itemscope=""><meta itemprop="name" content="穆小禾"/><div class="AuthorInfo-content"><div class="AuthorInfo-head"><span class="UserLink AuthorInfo-name"><a class="UserLink-link">穆小禾</a></span></div><div class="AuthorInfo-detail"><div class="AuthorInfo-badgeText">在铁路边长大的人</div></div></div></div><button>关注他</button></div><div class="LabelContainer">收录于 · 走走停停</div><div class="Post-topicsAndVote">418 人赞同了该文章</div></header>
<div class="Post-RichTextContainer"><div class="RichText ztext Post-RichText">{lines(TRAIN[:3], '<p data-pid="a">{}</p>')}<h2>要不要停开</h2>{lines(TRAIN[3:], '<p data-pid="b">{}</p>')}</div></div><div class="ContentItem-time">编辑于 2021-03-04 22:10・IP 属地四川</div><div class="Post-topicsAndReviewer"><a>铁路</a><a>乡村</a></div><div class="ContentItem-actions"><button>赞同 418</button><button>36 条评论</button><button>分享</button></div></article>
<div class="Comments-container"><div class="CommentItemV2"><span>秋裤</span><div class="CommentContent">我就是柏树沟的，小时候去县城上学坐的就是这趟车，一块钱坐到底，冬天车厢里烧煤炉子，满车都是烤洋芋的味道。</div></div></div><div class="Recommendations-Main"><h3>推荐阅读</h3><ul>{LATEST}</ul></div></main></div></div></body></html>"""
    return Page(
        html.encode(), "慢火车上的一天", (*TRAIN[:3], "要不要停开", *TRAIN[3:]), "2021-03-04", ("穆小禾",), "问山专栏"
    )


def weekly_behind_a_wall() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>一个挂片的二十年_周刊频道_财江网</title><meta name="author" content="财江网"><meta property="og:title" content="一个挂片的二十年_周刊频道_财江网"></head><body class="arPC"><div class="headbox"><div class="logo"><a>财江网</a></div><div class="login"><a>登录</a><a>注册</a></div></div><div class="indexMain"><div class="comMain"><div class="conlf"><div class="bread"><a>首页</a> > <a>周刊</a> > 正文</div>
<div id="the_content" class="article"><div id="conTit"><h1>一个挂片的二十年</h1><div id="artInfo" class="artInfo"><span class="laiyuan">来源于 <a>《财江周刊》</a></span> 2019年第14期 出版日期 2019年04月15日<span>评论(<em>6</em>)</span></div></div><div id="subhead" class="subhead">看着还亮的钢，里面已经锈了一半</div><div class="content-tag"></div>
<div class="textbox" id="Main_Content_Val"><p>　　<strong>文｜财江周刊 记者 姬北山</strong></p>{lines(ROPE[:3], "<p>　　{}</p>")}</div><div id="chargeWall"><div class="charge-txt"><p>本文为付费内容，订阅后可继续阅读全文</p><p>已经是会员？<a>点此登录</a></p><p>全文共 2871 字，剩余 65%</p></div></div><div class="pip_none"><p>版面编辑：郝一鸣</p></div><div class="moreReport"><dl><dt>更多报道</dt><dd><ul>{LATEST}</ul></dd></dl></div></div></div>
<div class="conri"><div class="tit">财江移动</div><div class="txt">说说你的看法</div><div class="hot">全站点击排行榜</div><ul>{LATEST}</ul></div></div></div><div class="bottom">财江网所刊载内容之知识产权为本公司及相关权利人专属所有。 Copyright 财江网 All Rights Reserved</div></body></html>"""
    return Page(
        html.encode(), "一个挂片的二十年", ROPE[:3], "2019-04-15", ("姬北山",), "财江周刊"
    )  # fmt: skip


def video_with_a_text() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>[晨间播报]无人机撒下三百亩紫云英_视频_江口台</title><meta name="date" content="2022-10-19"></head><body><div class="topnav"><ul>{LATEST}</ul></div><div class="playingVideo"><div class="video_left"><div id="player" class="vbox"><video controls></video><div class="tip">您的浏览器不支持视频播放</div><div class="speed">倍速 清晰度 全屏</div></div></div><div class="video_right"><h4>选集</h4><ul><li><a>00:42 早高峰路况</a></li><li><a>01:15 昨夜大风</a></li><li><a>00:58 稻田里的新伙计</a></li></ul></div></div>
<div class="tit"><h3>[晨间播报]无人机撒下三百亩紫云英</h3><div class="info">来源：江口台 2022年10月19日 07:26</div></div><div class="share_box"><span>分享到：</span><a></a></div><div class="video_brief"><h5>内容简介</h5>{lines(DRONE)}</div><div class="tuijian"><h5>推荐视频</h5><ul>{LATEST}</ul></div><div class="pinglun"><h5>精彩评论</h5></div><div class="vspace">江口台 网上传播视听节目许可证号 0000000</div></body></html>"""
    return Page(html.encode(), "[晨间播报]无人机撒下三百亩紫云英", DRONE, "2022-10-19", (), "江口台")


def magazine_with_boxes() -> Page:
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>手工挂面，盐和时间 - 深度 - 西江杂志</title><meta name="description" content="范家挂面坊"></head><body><div id="wrapper"><div class="masthead"><a>西江杂志</a><span>第四百一十期</span></div><div class="cols"><div class="maincol"><div class="section-name">深度</div><h2 class="headline">手工挂面，盐和时间</h2><h3 class="deck">——范家挂面坊一日</h3><div class="byline">本刊记者／<a>申屠远</a>　摄影／<a>易小满</a></div><div class="pubdate">2018-08-20 <span>总第410期</span></div>
<div class="bodytext"><p class="dropcap"><span class="cap">凌</span>{NOODLE[0][1:]}</p><p>{NOODLE[1]}</p><div class="pullquote">“面为什么不断？因为盐和时间。”</div><div class="inbox related-inline"><h4>相关阅读</h4><ul><li><a>一碗面的盐度</a></li><li><a>晒面场的天气</a></li></ul></div><p>{NOODLE[2]}</p><div class="adslot"><span>广告</span><a>秋季订阅八折</a></div><p>{NOODLE[3]}</p><p>{NOODLE[4]}</p><p class="endmark">（文中部分人物为化名）</p></div>
<div class="pagebar"><span>1</span> <a>2</a> <a>3</a> <a>下一页</a> <a>阅读全文</a></div><div class="author-card"><h5>申屠远</h5><p>西江杂志记者，写过盐、纸和桥。</p></div></div><div class="sidecol"><h4>本期目录</h4><ul>{LATEST}</ul></div></div><div class="foot">西江杂志社 邮发代号 00-000</div></div></body></html>"""
    body = (*NOODLE, "（文中部分人物为化名）")
    return Page(html.encode(), "手工挂面，盐和时间", body, "2018-08-20", ("申屠远",), "西江杂志")


def channel_front() -> Page:
    """A list with teasers: no article."""
    teasers = "".join(
        f'<div class="item"><h3><a href="/n/{n}.html">{title}</a></h3><p>{text[:38]}...<a>[详细]</a></p><span>2023-09-0{n} 10:0{n}</span></div>'
        for n, (title, text) in enumerate(
            (("海带开割", KELP[0]), ("钟又响了", CLOCK[0]), ("苍鹭来了", HERON[0]), ("挂面", NOODLE[0]), ("慢火车", TRAIN[0])), 1
        )
    )
    html = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>社会新闻_江口新闻网</title></head><body><div class="nav"><ul>{LATEST}</ul></div><div class="path">首页 > 社会新闻</div><div class="list">{teasers}</div><div class="pages"><a>1</a><a>2</a><a>下一页</a></div><div class="footer">江口新闻网 版权所有</div></body></html>"""
    return Page(html.encode(), "", ())


WIDER = {
    make.__name__: make()
    for make in (
        dede_county, portal_of_a_forum, heading_with_facts_inside, notice_with_an_index, number_of_an_aggregator,
        business_site, old_tables_first_page, account_with_cards, column_of_answers, weekly_behind_a_wall,
        video_with_a_text, magazine_with_boxes,
    )
}  # fmt: skip
#: Pages that are no articles.
LISTS = {make.__name__: make() for make in (channel_front,)}
