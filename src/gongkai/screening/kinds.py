"""Every kind of finding about people, secrets and words: what it is, what to do, and under which article."""

from dataclasses import dataclass

_PRIVACY = "《政府信息公开条例》第十五条；《个人信息保护法》第二十五条"
_SENSITIVE = "《个人信息保护法》第二十八条；《政府信息公开条例》第十五条"
_CHILDREN = "《个人信息保护法》第二十八条、第三十一条"
_SECRECY = "《政府信息公开条例》第十七条；《保守国家秘密法实施条例》第四十二条"
_WORDING = "《政府网站与政务新媒体检查指标》（国办秘函〔2019〕19号）"


@dataclass(frozen=True, slots=True)
class Kind:
    label: str
    message: str
    article: str


KINDS = {
    "personal.id_number": Kind("身份证号", "这是身份证号，请遮盖后再发布", _PRIVACY),
    "personal.bank_card": Kind("银行账号", "这是银行卡号或个人账号，请遮盖后再发布", _SENSITIVE),
    "personal.mobile": Kind(
        "手机号", "这是手机号，请遮盖；如果是本单位对外公布的号码，请登记到允许名单", _PRIVACY
    ),
    "personal.landline": Kind("个人电话", "这像是个人或家庭的电话，请遮盖或删去", _PRIVACY),
    "personal.address": Kind("家庭住址", "这是精确到户的住址，请只保留到村或社区", _PRIVACY),
    "personal.minor": Kind(
        "未成年人名单",
        "这是不满十四周岁未成年人的名单，请遮盖姓名；确需发布的，须先取得监护人单独同意",
        _CHILDREN,
    ),
    "personal.health_or_hardship": Kind(
        "健康或困难情况",
        "姓名旁写着健康、残疾或困难情况，属于敏感个人信息，请遮盖姓名或删去这些内容",
        _SENSITIVE,
    ),
    "personal.student_number": Kind(
        "学籍号、准考证号等", "这是学籍号、准考证号或工号，请核对有无必要公开，没有必要的请遮盖", _PRIVACY
    ),
    "personal.birth_date": Kind("出生日期", "名单列出了完整的出生日期，请删去或只保留年份", _PRIVACY),
    "personal.reversible_mask": Kind(
        "能还原的遮盖", "号码虽已遮盖，但可由同行的其他内容或校验位推出，请加大遮盖范围", _PRIVACY
    ),
    "personal.reconstruction": Kind(
        "两份名单可拼合", "同一人在两份名单里遮盖的位置不同，合起来能还原号码，请统一遮盖方式", _PRIVACY
    ),
    "personal.applicant": Kind(
        "案件里的个人信息", "这与申请人或第三方的个人信息一致，请遮盖后再发布", _PRIVACY
    ),
    "personal.expired_notice": Kind(
        "过期公示", "公示期已满，请撤下或删去其中的个人信息", "《个人信息保护法》第十九条"
    ),
    "secrecy.mark": Kind("密级标志", "这是国家秘密标志，不得发布，请立即报保密审查员", _SECRECY),
    "secrecy.internal": Kind(
        "内部标注", "文件标注为内部或不公开，请由保密审查员确认可以公开并删去标注", _SECRECY
    ),
    "secrecy.draft": Kind("未定稿标注", "文件标注为草稿或送审稿，请核对是否为最终文本", _SECRECY),
    "secrecy.network": Kind("内部网络地址", "这是内部网络地址，请删去", _SECRECY),
    "secrecy.coordinates": Kind("地理坐标", "这是精确的地理坐标，请核对能否公开", _SECRECY),
    "wording.organ_name": Kind("机构旧称", "机构名称已变更，请核对", _WORDING),
    "wording.region": Kind("地区称谓", "地区称谓不规范，请改正", _WORDING),
    "wording.people": Kind("民族称谓", "民族名称不规范，请写全称", _WORDING),
    "wording.slip": Kind("错别字", "这是错别字，请改正", _WORDING),
    "wording.own_word": Kind("本单位词表", "命中本单位的词表，请核对", ""),
    "unscannable.picture": Kind(
        "不能筛查", "这里只有图像，机器读不出文字，须由两人分别查看后确认", "《政府信息公开条例》第十七条"
    ),
}


def label_of(kind: str) -> str:
    """A few Chinese words for a kind, hidden data too."""
    if kind in KINDS:
        return KINDS[kind].label
    return "隐藏内容" if kind.startswith("hidden.") else "问题"
