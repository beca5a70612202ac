from datetime import date

from gongkai.law.catalog import Cadence, publication_due, statutory_lists


def test_the_regulation_lists_fifteen_items_and_seven_and_eight_areas() -> None:
    assert [(found.code, len(found.items)) for found in statutory_lists()] == [
        ("20", 15),
        ("21-city", 7),
        ("21-town", 8),
    ]


def test_an_item_names_its_article() -> None:
    articles = {item.code: item.article for found in statutory_lists() for item in found.items}
    assert articles["20-11"] == "第二十条第（十一）项"
    assert articles["21-city-1"] == "第二十一条"
    assert len(articles) == 30


def test_cadences_have_labels() -> None:
    assert [cadence.label for cadence in Cadence] == ["定期公开", "逐段公开", "随时公开"]


def test_information_is_published_within_twenty_working_days(limits, national) -> None:
    found = publication_due(date(2020, 12, 15), limits, national)
    assert (found.due_on, found.article, found.estimated) == (date(2021, 1, 13), "第二十六条", False)


def test_another_laws_limit_prevails(limits, national) -> None:
    found = publication_due(date(2025, 6, 3), limits, national, override=(7, "某法第九条"))
    assert (found.due_on, found.article) == (date(2025, 6, 12), "某法第九条")
