"""Names of agencies, all of them invented: places that do not exist, bodies of every kind."""

import random

_PLACES = (
    "云泽", "青岚", "石鹿", "临沅川", "东㙍", "鄠岭", "洣溪", "亳营", "盱塘", "䢺阳", "尕海尔", "呼日格",
    "南圳口", "𬭎州", "白鹭", "瓯北山", "乌苏木齐", "大柴旦尔", "涪西", "浉南",
)  # fmt: skip
_AREAS = (
    "市",
    "县",
    "区",
    "地区",
    "自治州",
    "自治县",
    "旗",
    "盟",
    "镇",
    "乡",
    "经济技术开发区",
    "综合实验区",
    "高新区",
)
_OFFICES = (
    "教育局", "卫生健康委员会", "公安局", "市场监督管理局", "住房和城乡建设局", "发展和改革委员会", "税务局",
    "自然资源和规划局", "人力资源和社会保障局", "财政局", "司法局", "应急管理局", "机关事务服务中心",
    "气象局",
)  # fmt: skip


def draw_name(rng: random.Random) -> str:
    """A full name such as 云泽县人民政府, 石鹿地区教育局, 白鹭高新区管理委员会."""
    place = rng.choice(_PLACES) + rng.choice(_AREAS)
    if place.endswith(("开发区", "实验区", "高新区")):
        return place + rng.choice(("管理委员会", "管理委员会", "税务局"))
    if place.endswith(("镇", "乡")):
        return rng.choice(_PLACES) + "县" + place + "人民政府"
    return place + rng.choice(("人民政府", "人民政府", "人民政府办公室", *_OFFICES, *_OFFICES))
