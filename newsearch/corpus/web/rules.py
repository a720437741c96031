"""What news sites write around articles, as tables: names of the parts of a page, lines that are not the article's."""

from __future__ import annotations

import re

#: Ids and classes of the element that holds the text, on systems that many Chinese sites run on, best first.
BODIES = (
    "js_content", "artibody", "ozoom", "TRS_Editor", "TRS_UEDITOR", "articleBody", "article_content", "article-content", "articleText",
    "entry-content", "post_body", "rm_txt_con", "text_con", "left_zw", "content_area", "zoom", "UCAP-CONTENT", "xl_con", "endText",
    "founder-content", "mw-parser-output", "story-body", "post-content", "cnt_bd", "article_body", "main_content", "TRS_PreAppend",
    "story", "paragraph", "t_f",
)  # fmt: skip

#: Parts of ids and classes of what surrounds an article.
AROUND = re.compile(
    r"(?:^|[-_ ])(?:comments?|discuss|reply|replies|respond|related?|relates?|recommend|rec|hot|rank|ranking|sidebar|side|aside|footer|foot|"
    r"foo?ter-?nav|nav|navbar|menu|breadcrumbs?|crumbs?|share|sharing|sharedaddy|social|toolbar|tools?|ads?|advert|copyright|statement|"
    r"disclaimer|pull-?quotes?|donat(?:e|ion)s?|follow(?:-?us)?|subscription|paywall|chargewall|qrcode|qr_code|pagination|pager|pages?list|more|next|prev|tags?|keywords|login|search|subscribe|newsletter|popup|toc|"
    r"editor-info|feedback|sponsor|promo|hidden|player|videoplayer|appE1121|bshare|bdsharebuttonbox|xgfj|bottom|post-navigation|author-box|author_info)"
    r"(?:$|[-_ ]|box|list|wrap|bar|area|con|news|part|mod|posts?|slots?|entry|frame|unit|holder|widget)",
    re.I,
)

#: The same of what comments stand in, which may be longer than the article.
COMMENTS = re.compile(r"(?:^|[-_ ])(?:comments?|discuss|reply|replies|respond|footer|nav)", re.I)

#: The elements that surround an article whatever they are called.
AROUND_TAGS = frozenset(("nav", "aside", "footer", "form"))

#: Those who stand as authors and are nobody.
NOBODY = frozenset(
    (
        "admin",
        "administrator",
        "editor",
        "管理员",
        "佚名",
        "未知",
        "匿名",
        "无名",
        "网络",
        "网友",
        "小编",
        "本站",
        "本报",
        "编辑部",
        "采编部",
    )
)

_EDITORS = (
    "[\u3400-\u9fff]{0,4}(?:编辑|編輯)|责编|責編|审核|審核|校对|校對|编审|监制|监审|终审|初审|复审|[一二三]审|"
    "值班主任|主编|總編輯|核稿|美编|排版"
)
_CREDITS = "文字|图片|摄影|拍摄|视频|剪辑|文案|制图|制作|设计|出品|策划|统筹|供图|配图|撰文|撰稿|采写|配音|播音|图片来源|内容来源"
_SHARE = "微博|微信|朋友圈|QQ空间|QQ好友|QQ|腾讯微博|新浪微博|豆瓣|人人网|更多|空间|好友|到|至"

#: Lines that are about the page and not of the article, in whole. No rule can match one stretch in many ways.
LINE_RULES = re.compile(
    "|".join(
        (
            rf"(?:[【\[][^】\]]{{2,6}}[】\]]\s*)?[（(\[【]?\s*(?:本文|文章|本期)?(?:{_EDITORS})[\s\u3000]*[:：丨|/／][\u3400-\u9fffA-Za-z0-9·、，,/／_@:：| \u3000-]{{0,80}}[）)\]】]?",
            r"(?:点击|點擊|点|轻触|戳)(?:上方|下方|右上角|左下角|这里|蓝字|阅读原文)[^。，]{0,30}[!！。]?",
            r"[^。，]{0,6}(?:上方|下方)(?:蓝字|名片|公众号)[^。，]{0,12}[!！。]?",
            r"(?:长按|識別|识别|扫描|扫一扫|微信扫一扫|掃描|请扫描|微信扫码|扫码)[^。，；]{0,20}(?:二维码|二維碼|关注|下载|阅读|打开|App|公众号|当前页)[^。，；]{0,12}",
            r"(?:微信扫一扫|关注该公众号|扫一扫)",
            r"(?:分享|转发|分享到|分享至|分享给好友|分享让更多人看到|點我下載APP|点击分享到?[^。，]{0,10}|收藏|点赞|在看|赞|喜欢|打赏|打印|打印本页|举报|我要反馈|返回顶部|关注|已关注|关注[他她]|回到顶部|返回列表|返回首页|阅读原文|展开全文|阅读全文|继续阅读|加载更多|查看更多|下一页|上一页|纠错|我要纠错|字号|全文|正文|首页)[。!！：:]?",
            rf"(?:分享到|分享至|分享：|分享:)(?:[\s、/|：:]|{_SHARE})*+",
            r"[【\[（(]?\s*(?:加入收藏|收藏|打印本页|打印此页|打印|纠错|关闭窗口|关闭本页|關閉視窗|关闭|返回|收藏本页|我要打印|顶部|字号|字体|大|中|小|[】\]\[【（）()\s]){1,12}+",
            r"(?:上一篇|下一篇|上一则|下一则|上一條|下一條|上一条|下一条|上一版|下一版|前一篇|后一篇)(?:[\s:：].*)?",
            r"(?:相关|延伸|推荐|热门|精彩|更多|文章|本文)?(?:关键词|关键字|标签|標籤|關鍵字|Tags?)\s*[:：].*",
            r"(?:[【\[（(](?:版权声明|免责声明|特别声明|重要提示|特別聲明|郑重声明|版权说明|风险提示|投稿须知|声明|转载声明|法律声明)[】\]）)]|(?:版权声明|免责声明|特别声明|特別聲明|郑重声明|版权说明|转载声明|法律声明)\s*[:：\s]).{0,300}",
            r".{0,20}(?:版权所有|版權所有|All Rights? Reserved|Copyright|©).{0,120}",
            r".{0,40}未经.{0,16}(?:不得|禁止|严禁|请勿).{0,6}(?:转载|摘编|复制|镜像).{0,30}",
            r".{0,12}原创(?:作品|文章|内容|稿件)?，?.{0,6}(?:转载|请注明|未经).{0,60}",
            r"[（(\[【]?(?:来源|來源|稿件来源|文章来源|本文来源|信息来源|转自|原标题|原題|原文链接|原文标题|新闻来源|文字来源|图片来源)\s*[:：丨|].{0,60}",
            r".{0,10}(?:ICP[备证]|公网安备|备案号|网站标识码|违法和不良信息|互联网新闻信息服务许可证|增值电信业务).{0,120}",
            r"(?:浏览次数|阅读次数|点击数|点击次数|阅读量|浏览量|浏览|阅读|點閱數|點閱|人气|评论数|评论|跟帖|参与)\s*[:：(（]?\s*[\d,.万+]*\s*次?[)）]?",
            r"不用抽.{0,30}不用搶.{0,60}|[^。，]{0,20}(?:下载|下載)\s*(?:客户端|App)[^。，]{0,20}",
            r"(?:广告|廣告|Advertisement|推广|赞助商链接)(?:[:：].{0,60})?",
            r"(?:您?(?:当前|現在|现在|目前)的?位置|当前位置)\s*[:：].*",
            r".{0,30}(?:国内统一刊号|國內統一刊號|新闻热线|广告热线|发行热线|投稿邮箱|投稿信箱|邮政编码|邮编\s*[:：])[^。]{0,100}",
            r"\d?\s*(?:上一[篇版]|下一[篇版])(?:\s*(?:上一[篇版]|下一[篇版]))?\s*\d?|第?\s*[A-Z]?\d{1,3}\s*版\s*[:：].{0,12}",
            r"点击(?:播报|收听|听)[^。]{0,20}",
            r"[《〈][^》〉]{2,20}[》〉]\s*[（(]\s*\d{4}\s*[-年./].{4,30}版\s*[）)]",
            r"[^。，]{0,4}关注[^。，]{0,8}(?:公众号|微信号|视频号|微博)\s*[:：].{0,30}",
            r"[↑↓▲▼👆👇]+[^。]{0,12}(?:点击|关注|蓝字)[^。]{0,20}",
            rf"(?:{_CREDITS})[\s\u3000]*[:：丨|｜][^。！？，]{{2,30}}",
            r"[文图圖]{1,2}[\s\u3000]*[丨|｜][^。！？，]{2,30}|(?:本报|本刊)?(?:记者|記者|作者|通讯员)[\s\u3000]*[丨|｜][^。！？，]{2,30}",
            r"(?:更新|发布|發布|發佈|出版|最后更新|最後更新)(?:时间|時間|日期)?\s*[:：]\s*(?:19|20)\d\d[-/.年][^。，]{0,60}",
            r"[►▶▷➤☞>]+[^。]{0,40}(?:好友|加入|下载|下載|看更多|追蹤|追踪|訂閱|订阅|粉絲|粉丝)[^。]{0,20}",
            r"(?:顶一下|踩一下|路过|雷人|握手|鲜花|鸡蛋)(?:[\s(（)）\d%]|踩一下|雷人|握手|鲜花|鸡蛋)*+",
            r"(?:欲知|更多|想看|想知|獲取|获取)[^。]{0,12}(?:新闻|新聞|资讯|資訊|报道|報導)[^。]{0,20}(?:脸书|臉書|面子书|专页|專頁|粉絲|粉丝|App|頻道|频道|订阅|訂閱|关注)[^。]{0,12}",
            r"(?:打赏|讚賞|赞赏)(?:作者)?\s*(?:\d+\s*人已?(?:打赏|赞赏))?|Log in(?: or register)? to post comments.{0,20}",
            r"(?:内容|视频|节目|图集|影片)(?:简介|簡介)|(?:内容|文章)(?:摘要|导读)",
            r"[^。]{0,14}(?:点亮|点个|点)[^。，]{0,6}(?:在看|赞)[^。]{0,12}",
            r"(?:请|請)?[继繼](?:续|續)往下(?:阅读|閱讀).{0,6}",
            r"(?:本文|原文|文章|本页)?(?:链接|連結|地址|网址)\s*[:：]\s*https?://.*|本(?:页|页面)由.{0,12}(?:生成|提供)",
            r".{0,10}浏览器(?:版本)?(?:不支持|过低|暂不支持).{0,60}|(?:视频)?(?:正在加载|加载中).{0,6}|(?:\d\.\d{1,2}x\s*)+",
            r"(?:查看|回复|积分|帖子|主题|楼主|点评)(?:\s*[:：]?\s*\d*)(?:\s*(?:查看|回复)\s*[:：]\s*\d+)*",
            r"[\s|·•>»/\\\-—–_=*.…\d]{1,40}",
        )
    ),
    re.I,
)

#: The end of a teaser, which leads to an article.
TEASER = re.compile(r"(?:\.{3}|…+|。)\s*[\[【(（<]?\s*(?:详细|详情|全文|更多|阅读全文|查看详情|閱讀全文|繼續閱讀|继续阅读|more|read more)\s*[\]】)）>]?\s*$", re.I)

#: Short lines after which nothing of the article comes.
ENDS = re.compile(
    r"[【\[\s>»■◆●]*(?:相关(?:阅读|新闻|文章|报道|链接|推荐|附件|稿件|专题)|相關(?:新聞|報導|文章|閱讀)|延伸(?:阅读|閱讀)|推荐(?:阅读|文章|新闻)|推薦(?:閱讀|新聞)|猜你喜欢|"
    r"热门(?:文章|推荐|新闻|评论)|熱門(?:新聞|文章)|精彩推荐|更多(?:新闻|精彩|报道|相关)|往期(?:推荐|回顾|精选)|今日(?:推荐|热点)|网友(?:评论|留言)|网友跟帖|留言(?:区|板)?|讀者留言|最新评论|发表评论|全部评论|"
    r"(?:文章)?评论(?:区)?|大家都在看|看了又看|編輯推薦|编辑推荐|为您推荐|你可能(?:也|还)?(?:喜欢|感兴趣)|继续滑动看下一个|参考阅读|觀看更多|看更多|[—\-－ ]*(?:(?:THE )?END|(?:全文|本文)?完)[—\-－ ]*|[（(]?(?:全文|本文)?完[)）]?)(?:[（(]\d+条?[)）])?[：:\]】\s]*"
)

#: What stands before the summary of an article, which is not its text.
SUMMARY = re.compile(r"(?:摘要|导读|導讀|提要|内容提要|核心提示|简介)\s*[:：]")

#: Words at the beginning of a line that leads to another article, which is a link.
LEADS = re.compile(
    r"[【\[（(]?(?:延伸|相关|相關|推荐|推薦|另请|另請|拓展|更多)(?:阅读|閱讀|新闻|新聞|报道|報導|链接|文章)"
)

#: A post of a forum: what follows the second one is not the article.
POSTED = re.compile(r"(?:发表于|發表於|回复于|回覆於)\s*[:：]?\s*(?:19|20)\d\d[-/.年]")

#: A line that names who wrote: 茶山周刊记者 顾小川
BYLINE = re.compile(
    r"[□■●\s]*[\u3400-\u9fff]{0,10}(?:记者|記者|作者|通讯员)[\s\u3000/／]+([\u3400-\u9fff·]{2,12}(?:[\s、，][\u3400-\u9fff·]{2,12}){0,4})\s*$"
)

#: The same behind a date: 2023-12-08 06:10　江口农村报　记者 姚望山
BYLINE_AT_END = re.compile(
    r"(?:记者|記者|作者|通讯员)[\s\u3000/／]+([\u3400-\u9fff·]{2,4}(?:[\s、，][\u3400-\u9fff·]{2,4}){0,4})\s*$"
)

#: Who took the pictures stands behind who wrote: 本刊记者／甲　摄影／乙
PHOTOGRAPHER = re.compile(r"(?<=\S)[\s\u3000]+(?:摄影|攝影|图片|制图)\s*[／/:：]")

#: Who edited: 责任编辑：石田
EDITOR = re.compile(r"(?:编辑|編輯|责编|責編)[\s\u3000]*[:：丨|][\s\u3000]*([\u3400-\u9fff]{2,4})")

#: Where and when a text was printed: 《江口日报》（2023年12月08日 第 07 版）
PRINTED = re.compile(r"[《〈]\s*([^》〉]{2,20}?)\s*[》〉]\s*[（(]\s*\d{4}[^）)]{4,24}第\s*(\d{1,3})\s*版\s*[）)]")

#: The address of a page, written on it.
LINK = re.compile(r"(?:本文|原文|文章)?(?:链接|連結|地址|网址)\s*[:：]\s*(https?://\S{4,2000})")

#: What forums write before the titles of texts that are not their own.
REPOST = re.compile(r"^[\[【(（](?:转帖|转载|转|轉帖|轉載|分享)[\]】)）]\s*")

#: Titles of pages that say nothing.
NO_TITLE = re.compile(
    r"(?:打印(?:预览|本页|页面)?|无标题(?:文档|页)?|未命名|新闻(?:内容|详情|正文)?|文章(?:内容|详情|正文)?|正文|详情(?:页)?|首页|列表|index|untitled.*|document|print)",
    re.I,
)

#: Words that names of sites, papers and offices end with.
SITE = re.compile(
    r"(?:[网網报報台臺社刊站]|新闻|新聞|在线|在線|中心|频道|頻道|周刊|週刊|杂志|雜誌|日报|客户端|门户|平台|政府|委员会|局|厅|办公室|政府办|头条|论坛|論壇|博客|时报|時報|"
    r"发布|之声|电视|廣播|广播|News|Times|Post|Daily|\.com|\.cn|数字报|版)$",
    re.I,
)

#: What stands at the top of a page as its sign.
LOGO = re.compile(r"[\u3400-\u9fff]{2,8}(?:大学|大學|学院|學院|日报|日報|晚报|晚報|周刊|週刊|电视台|電視台|新闻网|新聞網|在线)")

#: The dateline of an agency that has its reporters and the place: （某社記者甲某地15日電）
AGENCY = re.compile(
    r"^[（(]\S{1,4}社(?:特派|实习|實習)?[记記]者([\u4e00-\u9fff、]{4,24}?)\d{1,2}日(?:[专專综綜]?(?:合)?)(?:[电電]|外[电電])"
)
#: What is written before the names of authors, and of the paper that a text was taken from; Taiwan's form of a dateline.
CREDIT = re.compile(
    r"(?:作者|记者|記者|撰文|撰稿|通讯员|文字|文|(?<![\u3400-\u9fff])(?:报道|報道|報導))[\s\u3000]*[:：丨|｜][\s\u3000]*(?:[\u3400-\u9fff]{2,8}[报刊网社台報網臺][\s\u3000]*)?(?:(?:记者|記者)[\s\u3000]*)?([^\s\u3000:：|\]】）)]{2,12}(?:[\s\u3000、，,][^\s\u3000:：|\]】）)]{2,12}){0,5}?)(?=$|[\s\u3000|\]】）)]|[^\s:：]{2,4}[:：])"
)
SOURCE = re.compile(
    r"(?:(?:来源|來源|稿件来源|稿源|文章来源|转自|出处)[\s\u3000]*[:：丨|｜]|来源于|來源於)[\s\u3000]*([^\s\u3000|（(）)\]】:：]{2,30}?)(?=$|[\s\u3000|（(）)\]】:：]|浏览|阅读|点击|作者|记者|字体|字号|发布|编辑|责编|时间|日期|(?:19|20)\d\d[-年])"
)
ROLE = re.compile(
    r"^[□■●◎△▲\s]*(?:本报|本網|本网|本刊)?(?:首席|特约|实习|见习|全媒体|融媒体)?(?:记者|記者|通讯员|作者)"
)
TAIWAN = re.compile(
    r"^[〔\[【（(]?\s*(?:本報|即時|中央社)?(?:記者|特派記者)\s?([\u4e00-\u9fff]{2,4})\s?[／/]\s?[^〕\]】）)\s]{2,8}(?:報導|報道|攝影)"
)

#: The same as a line of its own below a caption.
TAIWAN_ALONE = re.compile(
    r"[〔\[【（(]?(?:[\u3400-\u9fff]{2,8}\s?)?(?:記者|记者)\s?[\u4e00-\u9fff]{2,4}(?:、[\u4e00-\u9fff]{2,4}){0,3}\s?[／/╱]\s?[^〕\]】）)\s，。]{2,8}(?:報導|報道)[〕\]】）)]?"
)
#: The same with the desk: 生活中心／甲報導
DESK = re.compile(r"[\u4e00-\u9fff]{2,4}中心\s?[／/╱]\s?([\u4e00-\u9fff]{2,4}?)\s?[／/╱]?\s?(?:綜合)?(?:報導|報道)")
#: The dateline of papers of Chinese abroad: 【某报2020年02月03日讯】（某报记者甲某地报导）
ABROAD = re.compile(
    r"^【[^】]{2,30}[讯訊电電]】[（(](?:[\u3400-\u9fff]{2,8}?)?(?:特派)?(?:记者|記者)([\u3400-\u9fff、]{4,24}?)(?:综合|綜合)?(?:报导|報導|报道|報道)[)）]"
)
TAIWAN_LINE = re.compile(r"(?:記者|记者)\s?([\u4e00-\u9fff]{2,4})\s?[／/╱]\s?[^〕\]】）)\s]{2,8}(?:報導|報道|攝影)")
#: Ids and classes of the element with the authors.
AUTHORS = re.compile(r"(?:^|[-_ ])(?:authors?|byline|writer|reporter|journalist)(?:$|[-_ ])", re.I)
#: Ids and classes of the element with the title.
TITLES = re.compile(r"title|headline|tit(?:$|[-_ ])", re.I)

#: The names of meta elements, best first.
META_TITLE = ("og:title", "articletitle", "twitter:title", "title", "dc.title", "headline")
META_DATE = (
    "article:published_time", "pubdate", "publishdate", "publish_date", "og:published_time", "datepublished", "publish-date",
    "weibo:article:create_at", "og:release_date", "bytedance:published_time", "dc.date", "date", "firstpublishedtime", "_pubtime",
    "og:time", "apub:time", "releasedate", "article:published",
)  # fmt: skip
META_AUTHOR = ("author", "article:author", "og:article:author", "dc.creator", "byl")
META_SOURCE = ("contentsource", "source", "article:source", "mediaid", "_source")
META_SITE = ("og:site_name", "sitename", "application-name", "publisher")
META_SECTION = ("article:section", "columnname", "og:category", "section")
#: Platforms, which are nobody's site.
NO_SITE = ("微信公众平台", "weixin", "微博")
#: Ids and classes of the element with the name of the paper.
SOURCES = frozenset(("source", "media", "medianame", "media-name", "media_name", "article-source", "news-source"))
#: Parts of ids and classes of the element with the time of publication.
TIMES = (
    "publish_time",
    "pubtime",
    "pub_time",
    "publish-time",
    "entry-date",
    "date-source",
    "post-time",
    "pubDate",
    "published",
)
