"""The words around the tables: titles, headings, the six sections, and what a website puts around them."""

import random
from collections.abc import Collection

from .paper import Grid, Line, Slot
from .truth import Truth

Knobs = Collection[str]

HEADINGS = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)
_ALTERED = {
    "一、总体情况": "一、总体工作情况",
    "三、收到和处理政府信息公开申请情况": "三、收到和处理政府信息公开申请情况（单位：件）",
    "四、政府信息公开行政复议、行政诉讼情况": "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    "五、存在的主要问题及改进情况": "五、政府信息公开工作存在的主要问题及改进情况",
    "六、其他需要报告的事项": "六、其他事项",
}
_CHINESE_DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def heading(number: int, knobs: Knobs) -> Line:
    """One of the six headings (0-based), as printed."""
    text = HEADINGS[number]
    if "headings_altered" in knobs:
        text = _ALTERED.get(text, text)
    if "headings_arabic" in knobs:
        text = f"{number + 1}、 {text[2:]}"
    if "headings_unnumbered" in knobs:
        text = text[2:]
    return Line(text, "heading")


def title_lines(truth: Truth, knobs: Knobs) -> list[Line]:
    """The report's title, on one line or two."""
    agency, year = truth.report.agency, truth.report.year
    printed = str(year).translate(_CHINESE_DIGITS) if "chinese_year" in knobs else str(year)
    if "title_without_year" in knobs:
        texts = [f"{agency}政府信息公开工作年度报告"]
    elif "year_before_agency" in knobs:
        texts = [f"{printed}年{agency}政府信息公开工作年度报告"]
    elif "title_on_two_lines" in knobs:
        texts = [f"{agency}", f"{printed}年政府信息公开工作年度报告"]
    else:
        texts = [f"{agency}{printed}年{'度' if 'year_as_du' in knobs else ''}政府信息公开工作年度报告"]
    return [Line(text, "title") for text in texts]


def overview(truth: Truth, rng: random.Random, knobs: Knobs) -> list[str]:
    """Section one. Its figures agree with the tables unless knob ``prose_disagrees`` is set."""
    report, year = truth.report, truth.report.year
    received = report["table3.new_received.total"] or 0
    brought = report["table3.brought_forward.total"] or 0
    handled = report["table3.handled_total.total"] or 0
    if "prose_disagrees" in knobs:
        received, handled = int(received) + rng.randint(1, 30), int(handled) + int(brought)
    items = rng.randint(12, 9000)
    web = rng.randint(0, items)
    return [
        f"{year}年，本机关按照《中华人民共和国政府信息公开条例》要求推进各项工作，现将情况报告如下。"
        f"所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
        f"（一）主动公开。全年主动公开政府信息{items}条，其中门户网站{web}条，政务新媒体{items - web}条。",
        f"（二）依申请公开。{year}年共收到政府信息公开申请{received}件，上年结转{brought}件，办结{handled}件。",
        "（三）政府信息管理。修订目录，清理失效文件，核对栏目。（四）平台建设。（五）监督保障。",
    ]


def between(rng: random.Random) -> str:
    """Prose with figures that stands between a heading and its table."""
    return rng.choice(
        (
            f"本年共收到申请{rng.randint(2, 99)}件，答复{rng.randint(2, 99)}件，"
            f"其中予以公开{rng.randint(0, 9)}件。",
            f"本年办理行政许可{rng.randint(10, 999)}件、行政处罚{rng.randint(10, 999)}件。",
            "（本部分数据由各科室汇总，共3张表。）",
        )
    )


def problems() -> list[str]:
    return ["一是解读形式单一，二是更新不够及时。下一步，一、加强培训；二、完善3项制度；三、每季度检查1次。"]


def other_matters(rng: random.Random) -> list[str]:
    return [
        rng.choice(
            (
                "无。",
                "本年度未收取信息处理费。",
                "无其他需要报告的事项。",
                "全年实际收取信息处理费共计400元。",
            )
        )
    ]


def signature(truth: Truth) -> list[str]:
    day = truth.published_on
    return [truth.report.agency or "", f"{day.year}年{day.month}月{day.day}日"]


def breadcrumbs(truth: Truth) -> list[str]:
    day = truth.published_on
    return [
        "当前位置： 首页 > 政务公开 > 政府信息公开 > 政府信息公开年报",
        f"来源：{truth.report.agency} 发布时间：{day.isoformat()} 16:34 浏览次数：1283 字体：大 中 小",
        "微信 微博 QQ空间 全真版 文字版 文件下载 相关链接： -->",
    ]


def cover_letter(truth: Truth) -> list[str]:
    return [
        f"关于报送{truth.report.year}年政府信息公开工作年度报告的函",
        "市政务公开领导小组办公室：",
        "按照要求，现将我单位年度报告随函报送，请审阅。一、总体情况等六部分内容见后。",
        f"附件：{truth.report.year}年政府信息公开工作年度报告",
    ]


def metadata(truth: Truth) -> Grid:
    """The index table of a disclosure platform; its summary repeats the names of the sections."""
    day = truth.published_on
    pairs = (
        ("索引号", f"{rng_free_number(truth)}/{day.year}-00012", "主题分类", "政府信息公开年报"),
        ("发布机构", truth.report.agency or "", "发文日期", day.isoformat()),
        ("文  号", "", "有效性", "有效"),
    )
    lines = [[Slot(text) for text in row] for row in pairs]
    summary = "；".join(HEADINGS[:4])
    return Grid("metadata", [*lines, [Slot("内容概述"), Slot(summary, 3)]])


def rng_free_number(truth: Truth) -> str:
    """An index number that is the same for the same report."""
    return f"{sum(map(ord, truth.report.agency or '')):06d}"


def summary_table(truth: Truth, rng: random.Random) -> Grid:
    """A table of the office's own among the prose: channels and postings, nothing statutory."""
    lines = [[Slot("公开渠道"), Slot("条数"), Slot("同比")]]
    lines += [
        [Slot(channel), Slot(str(rng.randint(0, 900))), Slot(f"+{rng.randint(0, 40)}%")]
        for channel in ("门户网站", "政务微信", "政务微博", "其他", "总计")
    ]
    return Grid("decoy", lines)
