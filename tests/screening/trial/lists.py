"""Documents that must not go out: the lists and papers of which Chinese bureaus really leaked the like."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from tests.screening.trial.disguises import draw, groups
from tests.screening.trial.drafts import Draft, Grid, Truth, Value
from tests.screening.trial.people import Person, digits, name, people, person, region

Column = Callable[[Random, Person], str]
LABEL_OF_HEADER: dict[str, tuple[str, ...]] = {
    "id_number": ("身份证号", "身份证号码", "公民身份号码", "证件号码", "身份证", "居民身份证号码"),
    "mobile": ("联系电话", "手机号码", "电话", "手机", "联系方式", "移动电话"),
    "bank_card": ("银行卡号", "一卡通账号", "银行账号", "社保卡银行账号", "卡号", "惠农卡号", "收款账号"),
    "address": ("家庭住址", "住址", "家庭地址", "现住址", "户籍地址", "居住地址", "详细地址"),
    "student_number": ("准考证号", "准考证号码", "考生号", "报名号"),
}
_FIELDS: dict[str, Column] = {
    "id_number": lambda random, one: one.id_number,
    "mobile": lambda random, one: one.mobile,
    "bank_card": lambda random, one: one.card,
    "address": lambda random, one: one.address,
    "student_number": lambda random, one: f"2025{one.area}{digits(random, 5)}",
}
MONEY = ("补贴金额（元）", "发放金额", "金额（元）", "救助金额", "资助金额（元）")


@dataclass
class Roll:
    """A table of people that grows column by column."""

    random: Random
    draft: Draft
    who: list[Person]
    name_header: str = "姓名"
    joined: list[tuple[int, int, int, int]] = field(default_factory=list)

    def add(self, labels: list[str], others: dict[str, Column]) -> None:
        """Adds the table; ``labels`` are the columns that leak, each perhaps disguised."""
        columns: list[tuple[str, str, Column]] = [("", header, make) for header, make in others.items()]
        for label in labels:
            header = self.random.choice(LABEL_OF_HEADER[label])
            columns.insert(self.random.randrange(len(columns) + 1), (label, header, _FIELDS[label]))
        self.headers: list[Value] = ["序号", self.name_header]
        self.rows: list[list[Value]] = [[str(number), one.name] for number, one in enumerate(self.who, 1)]
        for label, header, make in columns:
            values = [make(self.random, one) for one in self.who]
            self.draft.truths |= {Truth(label, value) for value in values if label}
            self._column(label, header, values)
        self.draft.blocks.append(Grid([self.headers, *self.rows], self.joined))

    def _column(self, label: str, header: str, values: list[str]) -> None:
        """A column as it stands in the file: as it is, disguised, split over cells, or as numbers."""
        is_number = label in ("id_number", "mobile", "bank_card")
        if is_number and label != "mobile" and self.random.random() < 0.08:
            parts = [groups(value) for value in values]
            if len({len(part) for part in parts}) == 1:
                self._split(header, parts)
                return
        self.headers.append(header)
        as_figures = label == "mobile" and self.random.random() < 0.25
        _, disguise = draw(self.random, in_cell=bool(self.draft.formats)) if is_number else ("", None)
        for row, value in zip(self.rows, values, strict=True):
            shown = disguise(self.random, value) if disguise else value
            row.append(float(value) if as_figures else shown)

    def _split(self, header: str, parts: list[list[str]]) -> None:
        self.draft.formats = ("html", "docx", "xlsx", "xls", "csv", "pdf")
        self.joined.append((0, len(self.headers), 1, len(parts[0])))
        self.headers += [header, *[""] * (len(parts[0]) - 1)]
        for row, part in zip(self.rows, parts, strict=True):
            row.extend(part)


def _money(random: Random, one: Person) -> str:
    return str(random.choice((200, 500, 750, 1000, 1250, 3600)))


def _village(random: Random, one: Person) -> str:
    return f"{random.choice('东西南北')}{random.choice(('关村', '湾村', '桥社区', '门社区'))}"


def _some(random: Random, labels: list[str], least: int = 1) -> list[str]:
    return random.sample(labels, random.randrange(least, len(labels) + 1))


def _cell_formats(random: Random, draft: Draft) -> None:
    if random.random() < 0.3:
        draft.formats = ("html", "docx", "xlsx", "xls", "pdf")


def benefit(random: Random) -> Draft:
    what = random.choice(
        ("城乡低保对象", "临时救助人员", "特困供养人员", "困难残疾人生活补贴", "重度残疾人护理补贴")
    )
    draft = Draft("benefit", f"{region(random)}{random.randrange(2019, 2026)}年{what}发放名单公示")
    _cell_formats(random, draft)
    draft.blocks.append("根据有关规定，现将名单公示如下，公示期五个工作日。")
    labels = _some(random, ["id_number", "mobile", "bank_card", "address"])
    Roll(
        random,
        draft,
        people(random, random.randrange(5, 30)),
        random.choice(("姓名", "户主姓名", "保障对象")),
    ).add(labels, {"性别": lambda r, one: one.sex, random.choice(MONEY): _money})
    draft.truths.add(Truth("health_or_hardship"))
    return draft


def subsidy(random: Random) -> Draft:
    what = random.choice(
        ("耕地地力保护补贴", "农机购置补贴", "退耕还林补助", "高龄津贴", "实际种粮农民一次性补贴")
    )
    draft = Draft("subsidy", f"{region(random)}{what}明细表")
    _cell_formats(random, draft)
    labels = _some(random, ["id_number", "mobile", "bank_card", "address"])
    others = {
        "村组": _village,
        "面积（亩）": lambda r, one: f"{r.uniform(0.5, 40):.2f}",
        random.choice(MONEY): _money,
    }
    Roll(
        random, draft, people(random, random.randrange(5, 40)), random.choice(("姓名", "农户姓名", "户主"))
    ).add(labels, others)
    draft.blocks.append(f"监督电话：0901-{digits(random, 7)}")
    return draft


def student_aid(random: Random) -> Draft:
    stage = random.choice(("小学", "幼儿园", "高中", "高校"))
    young = stage in ("小学", "幼儿园")
    years = {"小学": (2014, 2018), "幼儿园": (2020, 2022), "高中": (2006, 2009), "高校": (2002, 2006)}[stage]
    draft = Draft("student aid", f"{region(random)}第一{stage}家庭经济困难学生资助名单公示")
    _cell_formats(random, draft)
    grade = {"小学": "一二三四五六", "幼儿园": "小中大", "高中": "一二三", "高校": "一二三四"}[stage]
    suffix = "班" if stage == "幼儿园" else "年级"
    others = {
        "年级" if suffix == "年级" else "班级": lambda r, one: r.choice(grade) + suffix,
        random.choice(MONEY): _money,
    }
    Roll(
        random, draft, people(random, random.randrange(6, 30), *years), random.choice(("姓名", "学生姓名"))
    ).add(_some(random, ["id_number", "mobile", "bank_card"]), others)
    draft.truths.add(Truth("health_or_hardship"))
    if young:
        draft.truths.add(Truth("minor"))
    return draft


def exam(random: Random) -> Draft:
    draft = Draft(
        "exam", f"{region(random)}{random.choice(('教师资格面试', '事业单位招聘笔试', '特岗教师招聘'))}成绩表"
    )
    _cell_formats(random, draft)
    others = {
        "报考岗位": lambda r, one: r.choice(("小学语文", "初中数学", "幼儿教师")),
        "成绩": lambda r, one: f"{r.uniform(40, 98):.1f}",
    }
    labels = ["student_number", *_some(random, ["id_number", "mobile"])]
    Roll(
        random,
        draft,
        people(random, random.randrange(6, 40), 1985, 2003),
        random.choice(("姓名", "考生姓名")),
    ).add(labels, others)
    return draft


def recruitment(random: Random) -> Draft:
    draft = Draft("recruitment", f"{region(random)}教育局{random.randrange(2018, 2026)}年拟聘用人员名单")
    _cell_formats(random, draft)
    others = {
        "性别": lambda r, one: one.sex,
        "出生年月": lambda r, one: f"{one.born:%Y.%m}",
        "毕业院校": lambda r, one: r.choice(("伊犁师范大学", "湖南师范大学", "淮阴师范学院")),
        "拟聘单位": lambda r, one: f"第{r.randrange(1, 9)}小学",
    }
    Roll(random, draft, people(random, random.randrange(5, 25), 1985, 2003), "姓名").add(
        _some(random, ["id_number", "mobile", "address"]), others
    )
    return draft


def enrolment(random: Random) -> Draft:
    """Children, with nothing else that leaks in half of the lists."""
    where = random.choice(("实验小学", "第二小学", "中心幼儿园", "机关幼儿园", "明德小学"))
    is_school = "小学" in where
    draft = Draft(
        "enrolment", f"{region(random)}{where}2025年秋季{'一年级新生' if is_school else '小班幼儿'}录取名单"
    )
    _cell_formats(random, draft)
    years = (2018, 2019) if is_school else (2021, 2022)
    others: dict[str, Column] = {"性别": lambda r, one: one.sex}
    shown = random.randrange(4)
    if shown == 0:
        others["出生日期"] = lambda r, one: one.born.strftime(
            r.choice(("%Y-%m-%d", "%Y年%m月%d日", "%Y%m%d", "%Y/%m/%d"))
        )
        draft.allowed.add("personal.birth_date")
    elif shown == 1:
        others["年龄"] = lambda r, one: str(2025 - one.born.year)
    elif shown == 2:
        others["班级"] = lambda r, one: (
            f"一（{r.randrange(1, 6)}）班" if is_school else f"小{r.choice('一二三')}班"
        )
    labels = _some(random, ["id_number", "address", "mobile"]) if random.random() < 0.5 else []
    Roll(
        random,
        draft,
        people(random, random.randrange(6, 40), *years),
        random.choice(("姓名", "学生姓名", "幼儿姓名") if not is_school else ("姓名", "学生姓名")),
    ).add(labels, others)
    draft.truths.add(Truth("minor"))
    return draft


def health(random: Random) -> Draft:
    title, header, values = random.choice(
        (
            ("大病救助人员名单", "病种", ("尿毒症", "肺癌", "白血病", "胃癌术后", "脑梗塞")),
            ("残疾人就业帮扶名单", "残疾类别", ("肢体二级", "听力一级", "智力三级", "精神二级", "视力一级")),
            ("免费孕前检查人员名单", "检查结果", ("正常", "贫血", "乙肝表面抗原阳性", "正常", "梅毒阳性")),
            ("严重精神障碍患者服药补助名单", "诊断", ("精神分裂症", "双相障碍", "癫痫所致精神障碍")),
        )
    )
    draft = Draft("health", f"{region(random)}{title}")
    _cell_formats(random, draft)
    labels = _some(random, ["id_number", "address"]) if random.random() < 0.5 else []
    Roll(random, draft, people(random, random.randrange(5, 25)), "姓名").add(
        labels, {header: lambda r, one: r.choice(values), "村（社区）": _village}
    )
    draft.truths.add(Truth("health_or_hardship"))
    return draft


def roster(random: Random) -> Draft:
    draft = Draft("roster", f"{region(random)}第{random.randrange(1, 9)}中学教职工通讯录")
    _cell_formats(random, draft)
    others = {
        "职务": lambda r, one: r.choice(("校长", "教导主任", "教师", "班主任", "会计")),
        "任教学科": lambda r, one: r.choice(("语文", "数学", "体育")),
    }
    Roll(random, draft, people(random, random.randrange(5, 40)), "姓名").add(
        ["mobile", *_some(random, ["id_number", "address", "bank_card"])], others
    )
    return draft


def undone_masks(random: Random) -> Draft:
    """First six and last four digits left, with the birthday in the next column."""
    draft = Draft(
        "undone masks", f"{region(random)}{random.choice(('公益性岗位', '护林员', '乡村医生'))}人员名单"
    )
    mark = random.choice(("********", "＊＊＊＊＊＊＊＊", "XXXXXXXX", "××××××××", "●●●●●●●●"))
    way = random.choice(("%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y%m%d"))
    others: dict[str, Column] = {
        "出生日期": lambda r, one: one.born.strftime(way),
        "身份证号": lambda r, one: one.id_number[:6] + mark + one.id_number[14:],
        "岗位": lambda r, one: "护林员",
    }
    Roll(random, draft, people(random, random.randrange(5, 25)), "姓名").add([], others)
    draft.truths.add(Truth("reversible_mask"))
    draft.allowed |= {"personal.birth_date", "personal.id_number"}
    return draft


def old_numbers(random: Random) -> Draft:
    """Numbers of fifteen digits, as in papers scanned from before 2000 and typed in."""
    draft = Draft("old numbers", f"{region(random)}退休教师名册")
    who = people(random, random.randrange(5, 25), 1930, 1975)
    header = random.choice(LABEL_OF_HEADER["id_number"])
    draft.blocks.append(
        Grid(
            [
                ["序号", "姓名", header, "工龄"],
                *[
                    [str(n), one.name, one.old_id_number, str(random.randrange(10, 42))]
                    for n, one in enumerate(who, 1)
                ],
            ]
        )
    )
    draft.truths |= {Truth("old_id_number", one.old_id_number) for one in who}
    return draft


def damaged(random: Random) -> Draft:
    """Numbers a spreadsheet rounded: the last digits are lost, the birthday and the place are not."""
    draft = Draft("damaged numbers", f"{region(random)}培训人员名单", formats=("xlsx", "xls", "csv"))
    who = [one for one in people(random, random.randrange(6, 25)) if one.id_number[-1] != "X"] or [
        person(random)
    ]
    is_text = random.random() < 0.5
    draft.blocks.append(
        Grid(
            [
                ["序号", "姓名", "身份证号", "单位"],
                *[
                    [
                        str(n),
                        one.name,
                        f"{float(one.id_number[:17] + '0'):.5E}"
                        if is_text
                        else float(one.id_number[:17] + "0"),
                        f"第{n}中学",
                    ]
                    for n, one in enumerate(who, 1)
                ],
            ]
        )
    )
    draft.truths |= {Truth("damaged_id", one.id_number[: 6 if is_text else 11]) for one in who}
    return draft


def household(random: Random) -> Draft:
    """One merged cell for the head of a household over the rows of its members."""
    draft = Draft(
        "household", f"{region(random)}公租房申请家庭成员表", formats=("html", "docx", "xlsx", "xls")
    )
    rows: list[list[Value]] = [["户主", "住址", "成员姓名", "与户主关系", "身份证号码"]]
    joined = []
    for _ in range(random.randrange(2, 8)):
        members = people(random, random.randrange(1, 5))
        home = person(random).address
        joined += (
            [(len(rows), 0, len(members), 1), (len(rows), 1, len(members), 1)] if len(members) > 1 else []
        )
        draft.truths.add(Truth("address", home))
        for number, one in enumerate(members):
            rows.append(
                [
                    members[0].name if not number else "",
                    home if not number else "",
                    one.name,
                    "本人" if not number else random.choice(("配偶", "子", "女")),
                    one.id_number,
                ]
            )
            draft.truths.add(Truth("id_number", one.id_number))
    draft.blocks.append(Grid(rows, joined))
    draft.allowed.add("personal.health_or_hardship")
    return draft


def form(random: Random) -> Draft:
    """A person's form: labels left, answers right, the number one digit a cell."""
    one = person(random)
    draft = Draft(
        "form",
        f"{random.choice(('教师资格认定', '志愿者登记', '公租房', '信访事项'))}申请表",
        formats=("html", "docx", "xlsx", "xls", "pdf"),
    )
    number = list(one.id_number)
    if random.random() < 0.5:
        width = 1 + len(number)
        rows: list[list[Value]] = [
            ["姓名", one.name, *[""] * (width - 2)],
            ["身份证号", *number],
            ["联系电话", one.mobile, *[""] * (width - 2)],
            ["家庭住址", one.address, *[""] * (width - 2)],
        ]
        draft.blocks.append(Grid(rows, [(row, 1, 1, width - 1) for row in (0, 2, 3)]))
    else:
        rows = [
            ["姓名", one.name, "性别", one.sex],
            ["身份证号", one.id_number, "联系电话", one.mobile],
            ["家庭住址", one.address, "银行卡号", one.card],
        ]
        draft.blocks.append(Grid(rows))
        draft.truths.add(Truth("bank_card", one.card))
    draft.truths |= {
        Truth("id_number", one.id_number),
        Truth("mobile", one.mobile),
        Truth("address", one.address),
    }
    return draft


def decision(random: Random) -> Draft:
    """Running text: a penalty, an answer, a notice of delivery."""
    one, other = person(random), person(random)
    draft = Draft("decision", f"{region(random)}行政处罚决定书")
    _, disguise = draw(random, in_cell=False)
    number, phone = disguise(random, one.id_number), draw(random, in_cell=False)[1](random, other.mobile)
    draft.blocks += random.choice(
        (
            [
                f"当事人：{one.name}，{one.sex}，{one.born:%Y年%m月%d日}出生，公民身份号码：{number}，住{one.address}。",
                f"委托代理人：{other.name}，联系电话：{phone}。",
                "经查，当事人未取得办学许可擅自开办培训机构，证据确凿。",
            ],
            [
                f"{one.name}（身份证号{number}），家住{one.address}，电话{phone}。你反映的问题收悉，现答复如下："
            ],
            [
                f"{one.name}同志：",
                f"你的身份证号码为{number}。请与{other.name}联系，手机{phone}。",
                f"家庭住址：{one.address}",
            ],
        )
    )
    draft.truths |= {
        Truth("id_number", one.id_number),
        Truth("mobile", other.mobile),
        Truth("address", one.address),
    }
    draft.allowed |= {"personal.birth_date"}
    return draft


def running_list(random: Random) -> Draft:
    """People one after another in running text, the numbers in brackets."""
    who = people(random, random.randrange(3, 12))
    draft = Draft(
        "running list", f"{region(random)}教师招聘体检人员通知", formats=("txt", "html", "docx", "pdf")
    )
    shape = random.choice(("{n}（{i}）", "{n} {i}", "{n}，身份证号：{i}，电话：{m}", "{n}{m}", "{n}：{m}"))
    joint = random.choice(("、", "；", "\n"))
    text = joint.join(shape.format(n=one.name, i=one.id_number, m=one.mobile) for one in who)
    draft.blocks += [*(["下列人员参加体检：" + text] if joint != "\n" else text.split("\n")), "请按时参加。"]
    draft.truths |= {Truth("id_number", one.id_number) for one in who if "{i}" in shape}
    draft.truths |= {Truth("mobile", one.mobile) for one in who if "{m}" in shape}
    draft.allowed |= {"personal.health_or_hardship"}
    return draft


def contact(random: Random) -> Draft:
    draft = Draft("contact", f"关于开展{random.choice(('教学视导', '安全检查', '义务植树'))}活动的通知")
    one = person(random)
    _, disguise = draw(random, in_cell=False)
    draft.blocks += [
        "各学校：请于月底前报送材料。",
        f"联系人：{name(random)}，{random.choice(('手机', '电话'))}：{disguise(random, one.mobile)}",
    ]
    draft.truths.add(Truth("mobile", one.mobile))
    return draft


LEAKING = (
    benefit,
    subsidy,
    student_aid,
    exam,
    recruitment,
    enrolment,
    enrolment,
    health,
    roster,
    undone_masks,
    old_numbers,
    damaged,
    household,
    form,
    decision,
    running_list,
    contact,
)
