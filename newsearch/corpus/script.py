"""Traditional pages by the rules for simplified ones: the few characters that the rules of this package know, one for one.

Rules match on `plain(text)` and take what is printed from the same places of `text`. (The whole table belongs to
`newsearch.terms`; a test holds this one to it.)
"""

from __future__ import annotations

import re

# Each traditional or variant form of a character that stands in a rule, and that character below it.
_FORMS = (
    "並乾佔併來侷係個們倖傢傳價億優儲內兩創劃劉動務勞勢區厤厲叢吳呂咼員問啓啟喬單嗎噸噹嚮嚴囌國園圓圖團埰執堯報場塗壽夢婁孫學宮寀實寧審寫將專對導屆峯嶽巖帥師帶幷幹庫廣張強彔後從惲愛慄態慶慼應懞懷戰掃掛採搶"
    "摺擊據攝敎數斷於時晉曆曏書會朮東査條楊業榦榮樂樑樓標樸樹橋機檢檯欄權欒歐歡歷汙沒況淩減湯準溫滿濛濟瀋為烏熱爭爲獨環產産畢當發監盤盧眾矇硃碼礎祿禮稅種穀穩竇筆箇節範簡籌糰紀約紅級紮組結統經綜綫維網綵緊線"
    "編緱練緻縣總繆織繞繩繪繫續羅羣義習聞聲聶職脩臨臺與興荊莊華萬葉蒼蓆蓋蔔蔣蕭薑藍藺蘆蘇蘭處號衆術衕衚衛裏裡製覈見視覺觀訂訃計訊記訪設許註評詢話語說説課談論諧諮諶諸諾講謝識譚譯議護讀讓豐貝財貢責費賀資賈賓"
    "質賴購趙車軒輯轅轉辦農迴這連週遊過達遠遲遶選遺還邊郟郵鄉鄒鄔鄧鄭鄺酈針鈡銀錄錢録錶鍼鍾鐘鑑鑒長門閆閉開間閔閤閱閲閻闕關闞闢陰陳陸陽隊際隨險雙雲電鞏鞦韋韓頁項須預領頭頻題顏顔類顧風颱餘饒馬馮駐駱體髮鬆鬍"
    "鬚鬧鬱魚魯鮑鮮鳳麥麪麫麯麴麵黃點黨齊齣龍龐龔醫調"
    "佈備協墰壇壜尋廠廳徵揮眞礦紐紡絲罈罎藝親覽診詩誌謹貼蹤載遞錦鏈雜順鳴則諺謎"
    "両伝価倂値兪円処刱剏労効単厰厳吿呉囘団囬囯図囶圀塲夀姫実寕対専尙尠尭嵒巌巣帯庁広徃従徴応恵愼懐懽戦拠掲搃摂摠撃斉晩暦曽朞栁栄栢検楳楽権樷欝歓歩歴汚淸済満煖畊発県砲硏礟穏窓窻竜竝筞経絵続総縂縄荅荘菓葢藂"
    "蘓衞襍覚覧観訳読謌譲讐豊転辺逓遅郞郷鄕鉱銭閙関険雑雝靑頋頼飜髪麺龝"
)
_PLAIN = (
    "并干占并来局系个们幸家传价亿优储内两创划刘动务劳势区历厉丛吴吕呙员问启启乔单吗吨当向严苏国园圆图团采执尧报场涂寿梦娄孙学宫采实宁审写将专对导届峰岳岩帅师带并干库广张强录后从恽爱栗态庆戚应蒙怀战扫挂采抢"
    "折击据摄教数断于时晋历向书会术东查条杨业干荣乐梁楼标朴树桥机检台栏权栾欧欢历污没况凌减汤准温满蒙济沈为乌热争为独环产产毕当发监盘卢众蒙朱码础禄礼税种谷稳窦笔个节范简筹团纪约红级扎组结统经综线维网彩紧线"
    "编缑练致县总缪织绕绳绘系续罗群义习闻声聂职修临台与兴荆庄华万叶苍席盖卜蒋萧姜蓝蔺芦苏兰处号众术同胡卫里里制核见视觉观订讣计讯记访设许注评询话语说说课谈论谐咨谌诸诺讲谢识谭译议护读让丰贝财贡责费贺资贾宾"
    "质赖购赵车轩辑辕转办农回这连周游过达远迟绕选遗还边郏邮乡邹邬邓郑邝郦针钟银录钱录表针钟钟鉴鉴长门闫闭开间闵合阅阅阎阙关阚辟阴陈陆阳队际随险双云电巩秋韦韩页项须预领头频题颜颜类顾风台余饶马冯驻骆体发松胡"
    "须闹郁鱼鲁鲍鲜凤麦面面曲曲面黄点党齐出龙庞龚医调"
    "布备协坛坛坛寻厂厅征挥真矿纽纺丝坛坛艺亲览诊诗志谨贴踪载递锦链杂顺鸣则谚谜"
    "两传价并值俞圆处创创劳效单厂严告吴回团回国图国国场寿姬实宁对专尚鲜尧岩岩巢带厅广往从征应惠慎怀欢战据揭总摄总击齐晚历曾期柳荣柏检梅乐权丛郁欢步历污清济满暖耕发县炮研炮稳窗窗龙并策经绘续总总绳答庄果盖丛"
    "苏卫杂觉览观译读歌让仇丰转边递迟郎乡乡矿钱闹关险杂雍青顾赖翻发面秋"
)
_WIDE = "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
_NARROW = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_TABLE = str.maketrans(_FORMS + _WIDE, _PLAIN + _NARROW)
# Most texts have none of these, which a search finds sooner than a translation.
_ANY = re.compile(f"[{_FORMS}{_WIDE}]")


def plain(text: str) -> str:
    """The text in simplified characters, as far as rules need them, and half-width digits and letters; as long as
    `text`."""
    return text.translate(_TABLE) if _ANY.search(text) else text
