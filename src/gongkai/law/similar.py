"""How alike two texts are: a digest for the same text, bigram likeness for nearly the same.

Both look at letters, characters and digits only, in one width, one case and, for the characters that
differ in nothing but script, in simplified form.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
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
        return Profile.of_normalised(normalised(text))

    @staticmethod
    def of_normalised(clean: str) -> "Profile":
        """The same of a text that is ``normalised`` already."""
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
    return digest_of_normalised(map(normalised, parts))


def digest_of_normalised(parts: Iterable[str]) -> str:
    """The same of parts that are ``normalised`` already."""
    joined = _SEPARATOR.join(parts)
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


def _least_shared(size: int, at_least: float) -> float:
    """How many of its pairs a text has to share with any other to be so alike: the other has at least
    those that they share."""
    return at_least * size / (2 - at_least) - 1e-9


def may_be_alike(profile: Profile, clean: str, at_least: float = 0.6) -> bool:
    """Whether a ``normalised`` text can be so alike: quick, and never wrongly ``False``."""
    shared = sum(map(clean.__contains__, profile.pairs))
    return shared >= _least_shared(len(profile.pairs), at_least)


class Haystack(Generic[Key]):
    """Many texts, to find those that can be like one without a look at each.

    For each pair of characters a number whose bits say which texts hold it; adding such numbers up bit
    by bit counts the shared pairs of all texts at once. Texts of one size lie together in blocks, so
    that it is known how many pairs they have to share.
    """

    BLOCK = 2048

    def __init__(self, texts: Iterable[tuple[Key, str]]) -> None:
        sized = sorted(
            ((len(Profile.of_normalised(clean).pairs), key, clean) for key, clean in texts),
            key=lambda each: each[0],
        )
        self._blocks = [
            _block(sized[start : start + self.BLOCK]) for start in range(0, len(sized), self.BLOCK)
        ]

    def near(self, profile: Profile, at_least: float = 0.6) -> Iterator[Key]:
        """The keys of the texts that can be so alike, and of some that are not."""
        size = len(profile.pairs)
        for smallest, largest, keys, holders in self._blocks:
            least = max(1, ceil(at_least * (size + smallest) / 2 - 1e-9))
            if least > min(size, largest):
                continue
            found = _reaching(_added_up(holders.get(pair, 0) for pair in profile.pairs), least)
            while found:
                lowest = found & -found
                yield keys[lowest.bit_length() - 1]
                found ^= lowest


def _block(sized: list[tuple[int, Key, str]]) -> tuple[int, int, list[Key], dict[str, int]]:
    """The sizes of the smallest and the largest, the keys, and which of them hold a pair."""
    holders: dict[str, int] = {}
    for place, (_, _, clean) in enumerate(sized):
        for pair in Profile.of_normalised(clean).pairs:
            holders[pair] = holders.get(pair, 0) | 1 << place
    return sized[0][0], sized[-1][0], [key for _, key, _ in sized], holders


def _added_up(masks: Iterable[int]) -> list[int]:
    """How many of the masks have each bit: the counts in binary, the lowest digits first."""
    digits: list[int] = []
    for mask in masks:
        carried = mask
        for place, digit in enumerate(digits):
            if not carried:
                break
            digits[place], carried = digit ^ carried, digit & carried
        if carried:
            digits.append(carried)
    return digits


def _reaching(digits: list[int], least: int) -> int:
    """The bits whose count is at least ``least``."""
    if least.bit_length() > len(digits):
        return 0
    above, equal = 0, -1
    for place in reversed(range(len(digits))):
        if least >> place & 1:
            equal &= digits[place]
        else:
            above |= equal & digits[place]
            equal &= ~digits[place]
    return above | equal


def _pairs(text: Profile | str) -> frozenset[str]:
    return (Profile.of(text) if isinstance(text, str) else text).pairs
