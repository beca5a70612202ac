"""Which agency discloses, and what it settles with others first."""

import pytest

from gongkai.law.publishing.responsibility import Origin, Provenance, release_gaps, responsible_agency

OURS, OTHERS = "示例县教育局", "示例县财政局"


@pytest.mark.parametrize(
    ("origin", "source", "role", "name", "article"),
    [
        (Origin.MADE, "", "maker", OURS, "第十条第一款"),
        (Origin.OBTAINED_FROM_PUBLIC, "", "keeper", OURS, "第十条第一款"),
        (Origin.OBTAINED_FROM_AGENCY, OTHERS, "maker_or_first_obtainer", OTHERS, "第十条第一款"),
        (Origin.JOINT, OTHERS, "lead", OTHERS, "第十条第三款"),
        (Origin.JOINT, OURS, "lead", OURS, "第十条第三款"),
    ],
)
def test_the_maker_the_keeper_or_the_lead_discloses(origin, source, role, name, article):
    found = responsible_agency(Provenance(origin, OURS, source))
    assert (found.role, found.name, found.ours, found.article) == (role, name, name == OURS, article)
    assert found.sentence.endswith(f"负责公开的机关是{name}。")


def test_an_unknown_maker_has_to_be_found_out():
    found = responsible_agency(Provenance(Origin.OBTAINED_FROM_AGENCY, OURS))
    assert (found.name, found.ours) == ("", False)
    assert found.sentence.endswith("请查明是哪个机关，填写其名称。")


@pytest.mark.parametrize(("agency", "ours"), [(OURS, True), (OTHERS, False), ("", False)])
def test_another_law_goes_first(agency, ours):
    found = responsible_agency(Provenance(Origin.MADE, OURS, set_by="《某法》第八条", set_agency=agency))
    assert (found.role, found.ours) == ("set_by_law", ours)
    assert found.sentence == f"《某法》第八条另有规定，由{agency or '其规定的机关'}负责公开。"


def test_what_another_agency_made_is_not_ours_to_publish():
    [gap] = release_gaps(Provenance(Origin.OBTAINED_FROM_AGENCY, OURS, OTHERS))
    assert (gap.code, gap.article) == ("not_responsible", "第十条第一款")
    assert gap.sentence.endswith("本机关不负责公开，可以注明来源后转载已经公开的内容。")


def test_what_touches_other_agencies_is_confirmed_and_what_needs_approval_approved():
    made = Provenance(Origin.MADE, OURS)
    gaps = release_gaps(made, concerns_others=True, needs_approval=True)
    assert [(gap.code, gap.article) for gap in gaps] == [
        ("inter_agency_confirm", "第十一条第一款"), ("prior_approval", "第十一条第二款"),
    ]  # fmt: skip
    assert release_gaps(made, concerns_others=True, confirmed=True, needs_approval=True, approved=True) == ()
    assert release_gaps(made) == ()


def test_origins_have_labels():
    assert [origin.label for origin in Origin] == [
        "本机关制作", "从公民、法人或者其他组织获取", "从其他行政机关获取", "与其他行政机关共同制作",
    ]  # fmt: skip
