"""The draft helper on realistic drafts: plain applications are left alone, the others get advice."""

import pytest
from hypothesis import strategies as st

from gongkai.law.draft_help import Advice, AdviceKind, advise
from tests.law.draft_texts import ADVISED, FINE
from tests.law.properties import for_all

K = AdviceKind

CASES = [(K(kind), text) for kind, texts in ADVISED.items() for text in texts.strip().splitlines()]


def kinds(text: str) -> list[AdviceKind]:
    return [advice.kind for advice in advise(text)]


def test_the_tables_are_large_enough_to_mean_something() -> None:
    assert len(FINE) >= 180
    assert len(CASES) >= 100


@pytest.mark.parametrize("text", FINE)
def test_a_plain_application_is_left_alone(text: str) -> None:
    assert advise(text) == ()


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_what_is_better_written_otherwise_is_advised(kind: AdviceKind, text: str) -> None:
    assert kinds(text) == [kind]


@pytest.mark.parametrize(("kind", "text"), CASES)
def test_advice_is_a_sentence_with_its_article_and_a_place_to_go(kind: AdviceKind, text: str) -> None:
    (advice,) = advise(text)
    assert advice.message.endswith("。")
    assert "{" not in advice.message
    assert advice.article
    elsewhere = {K.PETITION, K.CONSULTATION, K.REGISTRY_QUERY, K.PUBLICATION}
    assert bool(advice.where_to_go) == (kind in elsewhere)
    assert (len(advice.parts) >= 2) == (kind is K.SPLIT)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("申请公开示例花园3号楼的不动产登记资料", "不动产登记机构"),
        ("申请公开示例有限公司的工商登记档案", "市场监督管理"),
        ("申请公开贾样本的户籍档案", "公安机关"),
    ],
)
def test_each_registry_has_its_own_window(text: str, where: str) -> None:
    assert where in advise(text)[0].where_to_go


def parts_or_none(text: str) -> tuple[str, ...]:
    return tuple(part for advice in advise(text) for part in advice.parts)


def parts(text: str) -> tuple[str, ...]:
    return advise(text)[-1].parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "申请公开：1.示例小学2024年食堂承包合同；2.示例中学宿舍楼验收报告",
            ("示例小学2024年食堂承包合同", "示例中学宿舍楼验收报告"),
        ),
        (
            "申请公开2022年、2023年和2024年部门决算",
            ("2022年部门决算", "2023年部门决算", "2024年部门决算"),
        ),
        (
            "申请公开示例小学2023学年、2024学年的招生计划",
            ("示例小学2023学年的招生计划", "示例小学2024学年的招生计划"),
        ),
        (
            "申请公开示例项目的立项批复、用地批复、规划许可证",
            ("示例项目的立项批复", "示例项目的用地批复", "示例项目的规划许可证"),
        ),
        (
            "申请公开《示例市供水管理办法》和《示例市供热管理办法》",
            ("《示例市供水管理办法》", "《示例市供热管理办法》"),
        ),
        (
            "申请公开示例小学食堂招标的以下材料：\n1、招标文件\n2、评标报告\n请通过邮寄提供",
            ("示例小学食堂招标的招标文件", "示例小学食堂招标的评标报告"),
        ),
        (
            "现申请以下两项信息：\n（1）甲村征地公告\n（2）乙镇总体规划",
            ("甲村征地公告", "乙镇总体规划"),
        ),
        (
            "申请公开示例路改造工程2024年招标文件。另请公开示例小区2023年加装电梯批复。",
            ("示例路改造工程2024年招标文件", "示例小区2023年加装电梯批复"),
        ),
    ],
)
def test_each_part_could_be_applied_for_by_itself(text: str, expected: tuple[str, ...]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize("text", [text for kind, text in CASES if kind is K.SPLIT])
def test_the_parts_of_a_split_draft_are_fine_drafts(text: str) -> None:
    assert [advise(f"申请公开{part}") for part in parts(text)] == [()] * len(parts(text))


@pytest.mark.parametrize(
    "text",
    [
        "申请公开《示例市供水管理办法》第二条、（2）示例小区供水协议",
        "申请公开示例路改造工程施工合同。如该合同不存在，请书面告知",
        "申请公开示例工程：1.图 2.合同",
        "申请公开示例工程施工合同（甲合同、乙）",
    ],
)
def test_what_only_looks_like_a_list_is_left_whole(text: str) -> None:
    assert parts_or_none(text) == ()


def test_full_width_figures_are_read_like_others() -> None:
    assert parts("申请公开２０２３年、２０２４年部门决算") == ("2023年部门决算", "2024年部门决算")


def test_an_empty_draft_gets_no_advice() -> None:
    assert advise("") == advise(" \n") == ()


def test_a_petition_gets_no_further_advice() -> None:
    assert kinds("要求严惩责任人！请统计一下处罚了多少人？为什么不管？") == [K.PETITION]


def test_a_very_long_draft_is_read_in_its_beginning() -> None:
    assert kinds("申请公开示例小学2024年收费标准。" + "，" * 6000 + "强烈要求严惩校长") == []


words = st.sampled_from(
    [
        *"申请公开请求查处为什么2024年、和；1.2.《》“”的了吗？，。\n（）",
        "不动产登记资料",
        "政府公报",
        "合同",
        "批复",
    ]
)


@for_all(st.lists(words, max_size=40).map("".join))
def test_any_draft_is_read_without_a_fault(text: str) -> None:
    found = advise(text)
    assert all(isinstance(advice, Advice) for advice in found)
    assert len({advice.kind for advice in found}) == len(found)
    assert all(part.strip() for advice in found for part in advice.parts)
