"""Documents that may go out: what looks like personal data and is none."""

from random import Random

from tests.screening.trial.drafts import Draft, Grid, Value
from tests.screening.trial.people import PREFIXES, ROADS, TOWNS, digits, name, people, region

Rows = list[list[Value]]
_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_POWERS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
PLACES = (
    "实验小学",
    "第一中学",
    "第二小学",
    "中心幼儿园",
    "职业技术学校",
    "特殊教育学校",
    "寄宿制学校",
    "外国语学校",
)


BANKS = ("中国农业银行", "中国工商银行", "中国邮政储蓄银行", "农村信用社")


def credit_code(random: Random) -> str:
    """A unified social credit code of a public body, with its right check character."""
    first = "12" + random.choice(PREFIXES) + digits(random, 8) + random.choice(_CREDIT)
    rest = (31 - sum(_CREDIT.index(c) * p for c, p in zip(first, _POWERS, strict=True)) % 31) % 31
    return first + _CREDIT[rest]


def isbn(random: Random) -> str:
    first = "9787" + digits(random, 8)
    return first + str(-sum(int(d) * (3 if n % 2 else 1) for n, d in enumerate(first)) % 10)


def money(random: Random, most: int = 90_000_000) -> str:
    amount = random.uniform(10, most)
    return random.choice((f"{amount:.2f}", f"{amount:,.2f}", f"{amount / 10000:.6f}"))


def landline(random: Random) -> str:
    area, mark = random.choice(("0901", "0991", "0517", "0731", "021")), random.choice(("-", "—", "－", " "))
    return f"{area}{mark}{random.choice('2356')}{digits(random, 6)}"


def number_of_document(random: Random) -> str:
    organ = random.choice(("塔地教", "淮教", "新政办发", "国办发", "教基"))
    return f"{organ}〔{random.randrange(2008, 2026)}〕{random.randrange(1, 300)}号"


def day(random: Random) -> str:
    return f"{random.randrange(2010, 2026)}{random.randrange(1, 13):02}{random.randrange(1, 29):02}"


def house(random: Random) -> str:
    """The address of an office."""
    return f"{region(random)}{random.choice(ROADS)}{random.randrange(1, 200)}号"


def budget(random: Random) -> Draft:
    subjects = (
        "教育支出",
        "普通教育",
        "小学教育",
        "初中教育",
        "社会保障和就业支出",
        "残疾人事业",
        "卫生健康支出",
        "住房保障支出",
        "住房公积金",
        "最低生活保障",
    )
    rows: Rows = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"]]
    rows += [
        [f"{random.randrange(201, 229)}{digits(random, 4)}", one, money(random), money(random), money(random)]
        for one in subjects
    ]
    return Draft(
        "budget",
        f"{region(random)}教育局{random.randrange(2018, 2026)}年部门预算支出表",
        [Grid(rows), "单位：万元"],
    )


def credit_codes(random: Random) -> Draft:
    rows: Rows = [["序号", "单位名称", "统一社会信用代码", "法定代表人"]]
    rows += [
        [str(n), f"{random.choice(TOWNS)}{random.choice(PLACES)}", credit_code(random), name(random)]
        for n in range(1, random.randrange(6, 30))
    ]
    return Draft("credit codes", f"{region(random)}民办教育机构名单", [Grid(rows)])


def orders(random: Random) -> Draft:
    rows: Rows = [["订单编号", "项目名称", "供应商", "成交金额（元）", "发票号码"]]
    rows += [
        [
            day(random) + digits(random, random.choice((8, 10, 12))),
            random.choice(("课桌椅采购", "校舍维修", "网络设备", "食堂食材")),
            f"示例{random.choice('东西南北')}方有限公司",
            random.choice((money(random), f"1{random.choice('3578')}{digits(random, 9)}.00")),
            digits(random, random.choice((8, 20))),
        ]
        for _ in range(random.randrange(5, 20))
    ]
    return Draft(
        "orders",
        f"{region(random)}教育局政府采购成交结果公告",
        [f"项目编号：{random.choice('ABC')}{digits(random, 11)}", Grid(rows)],
    )


def books(random: Random) -> Draft:
    rows: Rows = [["书名", "出版社", "ISBN", "定价"]]
    rows += [
        [
            f"示范读物第{n}册",
            "示例出版社",
            random.choice(
                (isbn(random), "-".join((isbn(random)[:3], "7", digits(random, 4), digits(random, 4), "0")))
            ),
            f"{random.uniform(8, 80):.2f}",
        ]
        for n in range(1, 25)
    ]
    return Draft("books", f"{region(random)}中小学图书馆推荐书目", [Grid(rows)])


def offices(random: Random) -> Draft:
    rows: Rows = [["科室", "办公地点", "办公电话", "职责"]]
    rows += [
        [
            one,
            f"行政中心{random.randrange(1, 9)}楼{random.randrange(300, 999)}室",
            landline(random),
            "负责相关工作",
        ]
        for one in ("办公室", "基础教育科", "人事科", "财务科", "督导室", "政策法规科")
    ]
    contact = (
        f"地址：{house(random)}；邮编：{random.choice('1234568')}{digits(random, 5)}；"
        f"电话：{landline(random)}；传真：{landline(random)}；监督电话：12345"
    )
    return Draft("offices", f"{region(random)}教育局内设机构及联系方式", [Grid(rows), contact])


def schools(random: Random) -> Draft:
    rows: Rows = [["序号", "学校名称", "学校地址", "校长", "联系电话", "办学规模"]]
    rows += [
        [
            str(n),
            f"{random.choice(TOWNS)}镇{random.choice(PLACES)}",
            f"{region(random)}{random.choice(ROADS)}{random.randrange(1, 300)}号",
            name(random),
            landline(random),
            str(random.randrange(100, 3000)),
        ]
        for n in range(1, random.randrange(6, 30))
    ]
    return Draft("schools", f"{region(random)}中小学幼儿园名录", [Grid(rows)])


def awards(random: Random) -> Draft:
    who = random.choice(("优秀教师", "优秀班主任", "教学能手", "先进教育工作者"))
    rows: Rows = [["序号", "姓名", "单位", "称号"]]
    rows += [
        [str(n), name(random), f"{random.choice(TOWNS)}{random.choice(PLACES)}", who]
        for n in range(1, random.randrange(6, 40))
    ]
    return Draft("awards", f"关于表彰{region(random)}{who}的决定", [number_of_document(random), Grid(rows)])


def statistics(random: Random) -> Draft:
    rows: Rows = [["县市", "学校数", "在校生", "其中：残疾学生", "家庭经济困难学生", "一年级", "入学率（%）"]]
    rows += [
        [one, *(str(random.randrange(1, 90_000)) for _ in range(5)), f"{random.uniform(90, 100):.12f}"]
        for one in ("塔城市", "额敏县", "乌苏市", "沙湾市", "托里县", "裕民县", "合计")
    ]
    return Draft(
        "statistics",
        f"{random.randrange(2015, 2026)}年教育事业统计表",
        [Grid(rows), f"平均数为{random.random():.17f}，标准差{random.uniform(0, 9):.15f}。"],
    )


def fees(random: Random) -> Draft:
    rows: Rows = [["收费项目", "收费标准", "批准文号", "备注"]]
    rows += [
        [one, f"{random.randrange(5, 900)}元/学期", number_of_document(random), "学生自愿"]
        for one in ("保教费", "住宿费", "作业本费", "伙食费", "校服费")
    ]
    account = f"户名：{region(random)}财政局；开户行：中国农业银行{random.choice(TOWNS)}支行"
    return Draft("fees", f"{region(random)}中小学收费公示表", [Grid(rows), account, "举报电话：12315"])


def timetable(random: Random) -> Draft:
    rows: Rows = [["节次", "时间", "星期一", "星期二", "星期三"]]
    rows += [
        [
            str(n),
            f"{7 + n}:{random.choice(('00', '30'))}-{8 + n}:15",
            *(random.choice(("语文", "数学", "体育", "美术")) for _ in range(3)),
        ]
        for n in range(1, 9)
    ]
    return Draft("timetable", f"{random.choice(PLACES)}一年级课程表", [Grid(rows)])


def meeting(random: Random) -> Draft:
    rows: Rows = [["姓名", "单位", "职务"]]
    rows += [
        [
            name(random),
            random.choice(("地区教育局", "额敏县教育局", "沙湾市教育局")),
            random.choice(("局长", "副局长", "科长", "四级调研员")),
        ]
        for _ in range(random.randrange(5, 20))
    ]
    return Draft(
        "meeting",
        f"{region(random)}教育工作会议参会人员名单",
        [Grid(rows), f"时间：2025年{random.randrange(1, 13)}月{random.randrange(1, 29)}日10:30"],
    )


def policy(random: Random) -> Draft:
    text = (
        "对低保家庭、特困供养和残疾学生优先资助，不得公开学生的身份证号、家庭住址和电话号码。",
        "义务教育阶段家庭经济困难学生生活补助标准为小学每生每年1250元。",
        "符合条件的适龄儿童年满6周岁可报名入学，户籍地址以房产证为准。",
        "患有重大疾病的教师按规定享受救助，精神障碍患者由社区管理。",
        f"根据《中华人民共和国未成年人保护法》和{number_of_document(random)}，制定本办法。",
        "提供的材料包括：身份证复印件、户口簿、银行卡复印件、联系电话。",
        f"本办法自2025年{random.randrange(1, 13)}月1日起施行，有效期5年。",
    )
    return Draft(
        "policy",
        f"{region(random)}学生资助管理办法",
        ["第" + "一二三四五六七八"[n] + "条 " + one for n, one in enumerate(random.sample(text, 6))],
        formats=("txt", "html", "docx", "pdf"),
    )


def masked(random: Random) -> Draft:
    """Masked as the rules ask: nothing is left that another column undoes."""
    who = people(random, random.randrange(5, 30))
    rows: Rows = [["序号", "姓名", "身份证号", "手机号", "村（社区）", "面积（亩）"]]
    rows += [
        [
            str(n),
            one.name[0] + "*" * (len(one.name) - 1),
            f"{one.id_number[:3]}*************{one.id_number[-2:]}",
            f"{one.mobile[:3]}****{one.mobile[-4:]}",
            f"{random.choice(TOWNS)}村",
            f"{random.uniform(1, 30):.2f}",
        ]
        for n, one in enumerate(who, 1)
    ]
    return Draft("masked", f"{region(random)}耕地地力保护补贴公示", [Grid(rows)])


def villages(random: Random) -> Draft:
    rows: Rows = [["序号", "姓名", "村（社区）", "补贴面积（亩）", "金额（元）"]]
    rows += [
        [
            str(n),
            name(random),
            f"{random.choice(TOWNS)}镇{random.choice(TOWNS)}村",
            f"{random.uniform(1, 30):.2f}",
            str(random.randrange(100, 4000)),
        ]
        for n in range(1, random.randrange(6, 40))
    ]
    return Draft("villages", f"{region(random)}实际种粮农民补贴公示", [Grid(rows)])


def permits(random: Random) -> Draft:
    rows: Rows = [["许可证编号", "机构名称", "机构地址", "有效期"]]
    rows += [
        [
            f"教民{random.choice(PREFIXES)}{digits(random, 9)}号",
            f"示例{random.choice('甲乙丙丁')}培训中心",
            f"{house(random)}商铺{random.randrange(100, 400)}室",
            "2025-01-01至2028-12-31",
        ]
        for _ in range(random.randrange(5, 18))
    ]
    return Draft("permits", f"{region(random)}行政许可公示", [Grid(rows)])


def assets(random: Random) -> Draft:
    rows: Rows = [["资产编号", "设备序列号", "名称", "购置日期", "原值"]]
    rows += [
        [
            f"ZC{digits(random, 14)}",
            random.choice(
                (
                    digits(random, 13),
                    "SN" + digits(random, 16),
                    f"{random.randrange(10, 99)}.{digits(random, 16)}",
                )
            ),
            random.choice(("电脑", "投影仪", "钢琴")),
            f"20{random.randrange(10, 26)}{random.randrange(1, 13):02}{random.randrange(1, 29):02}",
            money(random, 90000),
        ]
        for _ in range(random.randrange(6, 30))
    ]
    return Draft("assets", f"{region(random)}固定资产明细", [Grid(rows)])


def codes(random: Random) -> Draft:
    address = f"https://example.gov.example/id/{digits(random, 18)}?t={digits(random, 13)}"
    meeting_code = " ".join(digits(random, 3) for _ in range(3))
    check = " ".join(digits(random, 5) for _ in range(4))
    return Draft(
        "codes",
        "问卷调查",
        [
            f"扫描二维码或打开链接查看：{address}",
            f"问卷编号{digits(random, 22)}，会议号：{meeting_code}，QQ群：{random.randrange(10**8, 10**9)}",
            f"公证书编号：（2025）新证字第{digits(random, 5)}号，校验码 {check}",
        ],
        formats=("txt", "html", "docx", "pdf"),
    )


def teachers(random: Random) -> Draft:
    """Grown-ups with their age, of a kindergarten."""
    rows: Rows = [["姓名", "性别", "年龄", "学历", "任教班级"]]
    rows += [
        [
            name(random),
            random.choice("男女"),
            str(random.randrange(23, 58)),
            random.choice(("本科", "专科")),
            f"{random.choice('小中大')}{random.choice('一二三')}班",
        ]
        for _ in range(random.randrange(5, 15))
    ]
    return Draft("teachers", f"{region(random)}中心幼儿园师资情况", [Grid(rows)])


def report(random: Random) -> Draft:
    return Draft(
        "report",
        f"{region(random)}教育局2025年政府信息公开工作年度报告",
        [
            f"2025年主动公开信息{random.randrange(20, 900)}条，其中网站{random.randrange(10, 400)}条。",
            "本年度收到申请0件，行政复议0件，行政诉讼0件。",
            f"联系地址：{house(random)}，联系电话：{landline(random)}，电子邮箱：office@example.gov.example",
        ],
        formats=("txt", "html", "docx", "pdf"),
    )


def accounts(random: Random) -> Draft:
    """The account of an office itself, and a bank's own name and phone."""
    rows: Rows = [["银行网点", "网点地址", "客服电话"]]
    rows += [
        [
            f"{random.choice(BANKS)}{random.choice(TOWNS)}支行",
            f"{random.choice(ROADS)}{random.randrange(1, 200)}号",
            random.choice(("95599", "95588", "95580", "400-" + digits(random, 3) + "-" + digits(random, 4))),
        ]
        for _ in range(random.randrange(4, 12))
    ]
    return Draft("accounts", f"{region(random)}社保卡服务网点", [Grid(rows)])


HARMLESS = (
    budget,
    credit_codes,
    orders,
    books,
    offices,
    schools,
    awards,
    statistics,
    fees,
    timetable,
    meeting,
    policy,
    masked,
    villages,
    permits,
    assets,
    codes,
    teachers,
    report,
    accounts,
)
