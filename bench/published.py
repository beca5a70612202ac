"""Published notices as an education bureau's region has them, drawn at random from a seed, and what people
look for in them. Places, schools and firms are put together from characters; nobody in it is real."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

LAST_DAY, YEARS, AGENCIES = date(2026, 11, 1), 10, 40
# The 3,755 characters of the first level of GB 2312: what nearly all of a text is written in.
CHARACTERS = [
    bytes((row, cell)).decode("gb2312")
    for row in range(0xB0, 0xD8)
    for cell in range(0xA1, 0xFF)
    if not (row == 0xD7 and cell > 0xF9)
]
_PLACE_CHARACTERS = (
    "东西南北中上下前后新老大小高平青白红金银铁石沙河湖江海山岭川林柳杨松梅竹桃花田园桥堡寨庄坪"
    "湾塘坝口关门城安宁和兴丰泰永长福瑞康乐文武德义仁礼智信"
)
_UNITS = ("县", "市", "区", "镇", "乡", "街道", "村", "社区")
_SCHOOLS = (
    "小学",
    "中学",
    "幼儿园",
    "实验学校",
    "第一中学",
    "第二小学",
    "职业技术学校",
    "特殊教育学校",
    "双语幼儿园",
)
SECTIONS = (
    "办公室",
    "人事科",
    "计划财务科",
    "基础教育科",
    "职业与成人教育科",
    "体育卫生艺术科",
    "教育督导室",
    "学生资助管理中心",
    "招生考试中心",
    "安全管理科",
    "项目管理科",
    "语言文字工作科",
)
CATEGORIES = (
    "20/20-1",
    "20/20-2",
    "20/20-3",
    "20/20-5",
    "20/20-6",
    "20/20-7",
    "20/20-8",
    "20/20-9",
    "20/20-11/compulsory",
    "20/20-11/aid",
    "20/20-11/private",
    "20/20-12",
    "20/20-14",
)
_MATTERS = (
    "义务教育阶段学校招生入学",
    "学前教育普及普惠督导评估",
    "中小学教师职称评审",
    "校外培训机构专项治理",
    "家庭经济困难学生资助",
    "农村义务教育学生营养改善计划",
    "普通高中学业水平考试",
    "教师公开招聘",
    "特岗教师服务期满考核",
    "校园安全隐患排查整治",
    "中小学幼儿园校舍维修改造",
    "民办学校年度检查",
    "行政处罚决定",
    "部门预算公开",
    "部门决算公开",
    "政府采购中标结果",
    "国家通用语言文字推广普及",
    "职业院校技能大赛",
    "学生体质健康监测",
    "传染病防控",
    "控辍保学",
    "双减工作落实",
    "课后服务收费标准",
    "教育费附加使用管理",
    "学区划分调整",
    "随迁子女入学",
    "中考中招录取",
    "成人高等教育报名",
    "自学考试报名",
    "教师资格认定",
    "教育系统先进集体评选",
    "校车运行管理",
    "食堂食品安全",
    "图书馆建设",
    "实验室危险化学品管理",
    "教育信息化项目建设",
    "思政课教学比赛",
    "青少年科技创新大赛",
    "规范性文件清理",
    "法治宣传教育",
    "信访事项办理",
    "政府信息公开",
    "建设项目环境影响评价",
    "土地征收补偿安置",
    "公务员考试录用",
    "事业单位岗位设置",
    "应急预案演练",
    "扶贫资金分配",
    "残疾儿童随班就读",
    "少先队工作",
)
_KINDS = ("通知", "公告", "公示", "通报", "意见", "实施方案", "批复", "函", "决定", "办法")
_ISSUERS = ("教发", "教函", "教办", "教人", "教财", "教基", "教督", "教安", "教职", "教体")
_LAWS = (
    "《中华人民共和国义务教育法》",
    "《中华人民共和国教师法》",
    "《中华人民共和国政府信息公开条例》",
    "《中华人民共和国行政处罚法》",
    "《中华人民共和国民办教育促进法》",
    "《中华人民共和国预算法》",
    "《幼儿园工作规程》",
    "《中小学校财务制度》",
)

_TRADES = ("建筑工程", "教育科技", "商贸", "食品", "装饰设计", "物业服务")
_TITLES = (
    "关于做好{year}年{matter}工作的{kind}",
    "关于{place}{matter}情况的{kind}",
    "{place}{year}年{matter}{kind}",
    "关于印发《{place}{matter}工作{kind}》的通知",
    "{place}教育局关于进一步加强{matter}的{kind}",
)
_SENTENCES = (
    "为进一步做好{matter}工作，根据{law}和上级有关文件精神，结合{place}实际，现将有关事项{word}如下。",
    "各学校要高度重视{matter}，切实加强组织领导，明确责任分工，确保各项任务落到实处。",
    "经研究，同意{school}开展{other}，请严格按照批复的内容组织实施。",
    "{place}共有{count}所学校纳入{matter}范围，覆盖学生{count}人，落实资金{amount}万元。",
    "请于{day}前将有关材料报送{section}，逾期不予受理。",
    "联系人：{section}，联系电话：{phone}，地址：{place}{words}路{count}号。",
    "{firm}以{amount}万元中标{school}校舍维修改造项目，工期{count}日历天。",
    "对{school}存在的问题，责令限期整改，并在{day}前提交整改报告。",
    "任何单位和个人不得以{other}为名向学生收取费用。",
    "一、总体要求。坚持以人民为中心的发展思想，办好人民满意的教育，推进{matter}规范有序。",
    "二、申请条件。凡符合{law}第{count}条规定的申请人，均可向{place}教育局提出申请。",
    "三、办理程序。申请、受理、审查、决定、送达，自受理之日起{step}个工作日内办结。",
    "四、监督检查。{section}会同有关部门对{other}开展专项督查，督查结果予以通报。",
    "公示期为{day}起{step}个工作日，公示期间如有异议，请以书面形式向{section}反映。",
    "{school}、{school}等单位在{matter}中成绩突出，予以通报表扬。",
    "附件：{place}{matter}一览表（共{count}项）。",
    "项目名称：{place}{word}{words}建设项目；建设地点：{place}；总投资{amount}万元。",
    "依据{law}第{step}条，决定给予{firm}罚款{amount}万元的行政处罚，案号{word}罚字{count}。",
    "本{word}自{day}起施行，有效期{step}年，原有规定同时废止。",
    "现有{school}、{place}{words}培训中心等{count}家机构参加{year}年度检查，结论为合格。",
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One of them; ``agency`` is a number from 0 on."""

    number: int
    agency: int
    title: str
    document_number: str
    body: str
    category: str
    section: str
    year: int
    published_on: date


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody types, and what they narrow the list to."""

    text: str
    section: str = ""
    since: date | None = None
    until: date | None = None


class World:
    """The names of a region, and notices full of them. A few names stand in many notices, most in few."""

    def __init__(self, seed: int) -> None:
        self.draw = draw = random.Random(seed)
        self.places = [self._place() for _ in range(4000)]
        self.schools = [self.often(self.places) + draw.choice(_SCHOOLS) for _ in range(6000)]
        self.firms = [
            f"{self.often(self.places)}{self.word()}{draw.choice(_TRADES)}有限公司" for _ in range(20000)
        ]
        self.marks = ["".join(draw.choices(_PLACE_CHARACTERS, k=1)) for _ in range(AGENCIES)]
        self.serials: dict[tuple[int, int, str], int] = {}

    def _place(self) -> str:
        return "".join(self.draw.choices(_PLACE_CHARACTERS, k=2)) + self.draw.choice(_UNITS)

    def word(self) -> str:
        return "".join(self.draw.choices(CHARACTERS, k=2))

    def often(self, names: Sequence[str]) -> str:
        return names[int(len(names) * self.draw.random() ** 3)]

    def day(self, year: int) -> str:
        return f"{year}年{self.draw.randrange(1, 13)}月{self.draw.randrange(1, 29)}日"

    def notices(self, count: int) -> Iterator[Notice]:
        """In the order of their days."""
        first, span = LAST_DAY - timedelta(days=365 * YEARS), 365 * YEARS
        for number in range(count):
            yield self._notice(number, first + timedelta(days=number * span // count))

    def _notice(self, number: int, day: date) -> Notice:
        draw, agency = self.draw, int(AGENCIES * self.draw.random() ** 2)
        place, matter, kind = self.often(self.places), self.often(_MATTERS), draw.choice(_KINDS)
        issuer = self.marks[agency] + draw.choice(_ISSUERS)
        serial = self.serials[agency, day.year, issuer] = self.serials.get((agency, day.year, issuer), 0) + 1
        title = draw.choice(_TITLES).format(place=place, year=day.year, matter=matter, kind=kind)
        length = min(1500, max(200, int(draw.lognormvariate(5.9, 0.5))))
        body = f"{place}教育局，各直属学校、各民办学校：\n" + self._body(length, matter, day.year)
        return Notice(
            number, agency, title, f"{issuer}〔{day.year}〕{serial}号", body,
            draw.choice(CATEGORIES), self.often(SECTIONS), day.year, day,
        )  # fmt: skip

    def _body(self, length: int, matter: str, year: int) -> str:
        sentences, written = [], 0
        while written < length:
            sentence = self._sentence(matter, year)
            sentences.append(sentence)
            written += len(sentence)
            if self.draw.random() < 0.2:
                sentences.append("\n")
        return "".join(sentences)

    def _sentence(self, matter: str, year: int) -> str:
        draw = self.draw
        return draw.choice(_SENTENCES).format(
            matter=matter, other=self.often(_MATTERS), place=self.often(self.places),
            school=self.often(self.schools), firm=self.often(self.firms), word=self.word(), words=self.word(),
            law=draw.choice(_LAWS), section=self.often(SECTIONS), day=self.day(year), year=year,
            count=draw.randrange(1, 400), amount=f"{draw.randrange(1, 9000) / 10:.1f}",
            step=draw.randrange(1, 9), phone=f"000-{draw.randrange(10**7):07d}",
        )  # fmt: skip


def questions(notices: Sequence[Notice], count: int, seed: int) -> list[Asked]:
    """What people look for, drawn from some of the notices themselves: words of one to eight characters,
    document numbers, two words; a fifth in one section, a fifth in a span of days; some find nothing."""
    draw = random.Random(seed)
    return [_question(draw, draw.choice(notices)) for _ in range(count)]


def _question(draw: random.Random, notice: Notice) -> Asked:
    section = notice.section if draw.random() < 0.2 else ""
    since = until = None
    if draw.random() < 0.2:
        since = notice.published_on - timedelta(days=draw.randrange(1, 400))
        until = notice.published_on + timedelta(days=draw.randrange(0, 400))
    return Asked(_typed(draw, notice), section, since, until)


def _typed(draw: random.Random, notice: Notice) -> str:
    kind = draw.random()
    if kind < 0.12:
        return notice.document_number
    if kind < 0.25:
        return f"{_cut(draw, notice.title, 2, 4)} {_cut(draw, notice.body, 2, 4)}"
    if kind < 0.29:
        return "".join(draw.choices(CHARACTERS, k=draw.randrange(2, 5)))
    return _cut(draw, notice.title if kind < 0.6 else notice.body, 1, 8)


def _cut(draw: random.Random, text: str, shortest: int, longest: int) -> str:
    """A piece of one of the runs of characters between the marks of a text."""
    runs = [run for run in re.findall(r"\w+", text) if len(run) >= shortest]
    run, length = draw.choice(runs), draw.randint(shortest, longest)
    at = draw.randrange(max(1, len(run) - length + 1))
    return run[at : at + length]
