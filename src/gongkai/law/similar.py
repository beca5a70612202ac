"""How alike two texts are: a digest for the same text, bigram likeness for nearly the same.

Both look at letters, characters and digits only, in one width, one case and, for the characters that
differ in nothing but script, in simplified form.
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

Key = TypeVar("Key")

_TRADITIONAL = (
    "請開關於學貴辦處徵補償複議訴訟體險衛環證據計劃預決標準範圍實際應當時間門務業產動規劃設備國縣鄉鎮"
    "區龍華劉張陳楊趙吳許鄧蕭馮謝韓陸獎懲罰檢查驗報單錄記號碼電話網頁傳價費額總數統結論經濟經營運輸"
    "醫療藥師長員會議紀檔資料書圖閱讀寫發佈給與為無過還進選擇質權讓購買賣約變種類屬級別責組織機構條例"
    "細則繳納稅養護築橋樓廠場廣東農業畝墳塊鐵礦礎課後餐"
)
_SIMPLIFIED = (
    "请开关于学贵办处征补偿复议诉讼体险卫环证据计划预决标准范围实际应当时间门务业产动规划设备国县乡镇"
    "区龙华刘张陈杨赵吴许邓萧冯谢韩陆奖惩罚检查验报单录记号码电话网页传价费额总数统结论经济经营运输"
    "医疗药师长员会议纪档资料书图阅读写发布给与为无过还进选择质权让购买卖约变种类属级别责组织机构条例"
    "细则缴纳税养护筑桥楼厂场广东农业亩坟块铁矿础课后餐"
)
_FOLD = str.maketrans(_TRADITIONAL, _SIMPLIFIED)
_SEPARATOR = "\x1f"


@dataclass(frozen=True, slots=True)
class Profile:
    """The pairs of neighbouring characters of a text, made once and compared often."""

    pairs: frozenset[str]

    @staticmethod
    def of(text: str) -> "Profile":
        clean = normalised(text)
        # A single character has no pair; it stands for itself.
        return Profile(frozenset(a + b for a, b in pairwise(clean)) or frozenset(clean))


@dataclass(frozen=True, slots=True)
class Match(Generic[Key]):
    """One of the others, and how alike it is: above 0, at most 1."""

    key: Key
    likeness: float


def normalised(text: str) -> str:
    """The text without spaces and punctuation, in one width, case and script."""
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)
    return "".join(filter(str.isalnum, folded))


def form_digest(parts: Iterable[str]) -> str:
    """One value for one content: equal for parts that read the same. SHA-256, in hex."""
    joined = _SEPARATOR.join(normalised(part) for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()


def likeness(a: Profile | str, b: Profile | str) -> float:
    """Dice's coefficient of the pairs of two texts: 0 nothing in common, 1 the same pairs.

    A text without letters or digits is like nothing.
    """
    first, second = _pairs(a), _pairs(b)
    if not first or not second:
        return 0.0
    return 2 * len(first & second) / (len(first) + len(second))


def rank(profile: Profile, others: Iterable[tuple[Key, Profile]], at_least: float = 0.6) -> list[Match[Key]]:
    """The others that are at least so alike, the most alike first; equals in the order given."""
    own = profile.pairs
    size = len(own)
    found = []
    for key, other in others:
        together = size + len(other.pairs)
        # The smaller set bounds what they can share.
        if not own or not other.pairs or 2 * min(size, together - size) < at_least * together:
            continue
        alike = 2 * len(own & other.pairs) / together
        if alike >= at_least and alike > 0:
            found.append(Match(key, alike))
    return sorted(found, key=lambda match: -match.likeness)


def _pairs(text: Profile | str) -> frozenset[str]:
    return (Profile.of(text) if isinstance(text, str) else text).pairs
