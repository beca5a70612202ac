"""Invented people: names put together by lot, numbers with right check digits that were never given out."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
COMPOUND = ("欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟")
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文玉兰红梅志春海波"
    "宇浩子涵梓轩欣怡佳琪雨晨思远博雅诗语嘉豪俊辉鹏程云飞"
)
TURKIC = (
    "阿依古丽",
    "买买提",
    "阿不都",
    "古丽娜尔",
    "艾力",
    "热依汗",
    "努尔兰",
    "哈丽旦",
    "吐尔逊",
    "玛依拉",
)
PREFIXES = """
    110101 110108 120103 130102 140105 150102 210102 220104 230103 310104 310115 320102
    320583 330106 330782 340104 350102 350582 360102 370102 370213 410105 420106 430102
    440106 440306 450103 460105 500103 500112 510104 510107 520103 530102 540102 610113
    620102 630103 640104 650102 650103 652301 654201 654202 654221 654223
""".split()  # noqa: SIM905
MOBILES = """
    130 131 132 133 134 135 136 137 138 139 145 147 150 151 152 153 155 156 157 158 159 166 170 171
    175 176 177 178 180 181 182 183 184 185 186 187 188 189 191 193 195 198 199
""".split()  # noqa: SIM905
BINS = ("622848", "621700", "622202", "621661", "622188", "621799", "622700", "621226", "623052", "955880")
SHORT_BINS = ("621483", "622588", "622575")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

CITIES = (
    ("新疆维吾尔自治区", "塔城地区", "额敏县"),
    ("新疆维吾尔自治区", "塔城地区", "沙湾市"),
    ("江苏省", "淮安市", "洪泽区"),
    ("福建省", "泉州市", "安溪县"),
    ("湖南省", "长沙市", "雨花区"),
    ("四川省", "成都市", "郫都区"),
    ("广东省", "广州市", "白云区"),
    ("山东省", "青岛市", "即墨区"),
    ("河南省", "郑州市", "中原区"),
    ("", "上海市", "浦东新区"),
    ("", "重庆市", "江津区"),
    ("", "北京市", "海淀区"),
)
TOWNS = ("红旗", "团结", "城关", "新城", "东山", "柳河", "杉木", "双桥", "清水", "长岭", "上户", "喇嘛昭")
ROADS = (
    "幸福路",
    "解放路",
    "文化东路",
    "塔尔巴哈台路",
    "建设街",
    "人民南路",
    "光明巷",
    "延安北路",
    "滨河大道",
    "杜别克街",
)
ESTATES = (
    "金桂花园",
    "阳光小区",
    "和谐家园",
    "御景湾",
    "教师新村",
    "翠湖名城",
    "金色家园",
    "安居苑",
    "丽景华庭",
    "锦绣公寓",
)


def check_character(first_17: str) -> str:
    return "10X98765432"[sum(int(d) * w for d, w in zip(first_17, WEIGHTS, strict=True)) % 11]


def luhn(digits: str) -> str:
    total = 0
    for place, character in enumerate(reversed(digits)):
        value = int(character) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def digits(random: Random, count: int) -> str:
    return "".join(random.choice("0123456789") for _ in range(count))


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    sex: str
    born: date
    area: str
    id_number: str
    mobile: str
    card: str
    address: str
    landline: str

    @property
    def old_id_number(self) -> str:
        return self.area + self.born.strftime("%y%m%d") + self.id_number[14:17]


def name(random: Random) -> str:
    draw = random.random()
    if draw < 0.06:
        return random.choice(TURKIC) + "·" + random.choice(TURKIC)
    first = random.choice(COMPOUND) if draw < 0.08 else random.choice(SURNAMES)
    return first + "".join(random.choice(GIVEN) for _ in range(random.choice((1, 2, 2, 2))))


def person(random: Random, since: int = 1946, until: int = 2003) -> Person:
    born = date(since, 1, 1) + timedelta(days=random.randrange((until - since + 1) * 365))
    area = random.choice(PREFIXES)
    serial = random.randrange(900, 1000)  # serials this high are kept for the very old: nobody has these
    first_17 = f"{area}{born:%Y%m%d}{serial:03}"
    short = random.random() < 0.2
    card = random.choice(SHORT_BINS if short else BINS)
    card += digits(random, (15 if short else 18) - len(card))
    return Person(
        name(random),
        "男" if serial % 2 else "女",
        born,
        area,
        first_17 + check_character(first_17),
        random.choice(MOBILES) + digits(random, 8),
        card + luhn(card),
        address(random),
        random.choice(("0901", "0991", "0517", "010", "021", "0731"))
        + "-"
        + random.choice("2345678")
        + digits(random, 6),
    )


def people(random: Random, count: int, since: int = 1946, until: int = 2003) -> list[Person]:
    return [person(random, since, until) for _ in range(count)]


def region(random: Random) -> str:
    province, city, county = random.choice(CITIES)
    return random.choice((province + city + county, city + county, county))


def address(random: Random) -> str:
    """A home, to the door."""
    town, number = random.choice(TOWNS), random.randrange(1, 300)
    block, unit, room = (
        random.randrange(1, 30),
        random.randrange(1, 5),
        random.randrange(1, 19) * 100 + random.randrange(1, 5),
    )
    shape = random.randrange(8)
    if shape == 0:
        return f"{region(random)}{town}镇{random.choice(TOWNS)}村{random.randrange(1, 12)}组{number}号"
    if shape == 1:
        street = f"{region(random)}{random.choice(ROADS)}{number}号"
        return f"{street}{random.choice(ESTATES)}{block}栋{unit}单元{room}室"
    if shape == 2:
        return f"{random.choice(ESTATES)}{block}号楼{unit}单元{room}"
    if shape == 3:
        return f"{region(random)}{random.choice(ROADS)}{number}号{block}幢{room}室"
    if shape == 4:
        return f"{town}乡{random.choice(TOWNS)}村{random.choice('一二三四五六七八')}组{number}号"
    if shape == 5:
        neighborhood = f"{region(random)}{town}街道{random.choice(TOWNS)}社区"
        return f"{neighborhood}{random.choice(ESTATES)}{block}-{unit}-{room}"
    if shape == 6:
        return f"{random.choice(ROADS)}{number}号院{block}号楼{room}室"
    return f"{region(random)}{town}镇{random.choice(TOWNS)}村委会{random.choice(TOWNS)}屯{number}号"
