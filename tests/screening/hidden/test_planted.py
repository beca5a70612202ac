"""Each class of hidden data is found wherever it is planted, and a cleaned copy shows the same and hides nothing."""
# ruff: noqa: E501 (what is planted is written in one piece)

import re
import shutil
import subprocess
from pathlib import Path
from random import Random

import pytest

from gongkai.screening.findings import Severity
from gongkai.screening.hidden import CLASSES, Uncleanable, clean, clean_name, inspect
from gongkai.screening.hidden.opening import look
from tests.screening.hidden.plant import PLANTERS, Planter
from tests.screening.hidden.plant_others import nested
from tests.screening.hidden.trials import tried

OLD = sorted((Path(__file__).with_name("files")).iterdir())
KINDS = {one.kind for one in CLASSES}


def named(planter: Planter) -> str:
    return f"{planter.code}-{planter.make.__name__}"


def test_every_class_has_a_planter_and_there_are_more_than_forty() -> None:
    assert {one.code for one in CLASSES} == {one.code for one in PLANTERS}
    assert len(CLASSES) > 40
    assert len({one.code for one in CLASSES}) == len(CLASSES)


@pytest.mark.parametrize("planter", PLANTERS, ids=named)
def test_what_is_planted_is_found_and_cleaned_and_the_rest_stays(planter: Planter) -> None:
    """In one PDF, whose pages have to be drawn, and in several other files."""
    count = 1 if planter.make.__module__.endswith("pdfs") else 4
    assert [tried(planter, number) for number in range(count)] == [""] * count


@pytest.mark.parametrize("planter", PLANTERS[::7], ids=named)
def test_a_finding_names_what_and_where_and_does_not_repeat_it(planter: Planter) -> None:
    planted = planter.make(Random(planter.code))
    for finding in inspect(planted.data, planted.name):
        assert finding.kind in KINDS
        assert finding.where
        assert re.fullmatch(r"[^。]+。", finding.message)
        assert not re.search(r"\d{6}", finding.excerpt)
        assert "副本" in finding.message


def test_what_holds_content_must_not_go_out_and_what_names_the_maker_is_for_a_person_to_judge() -> None:
    warned = {one.kind for one in CLASSES if one.severity is Severity.WARN}
    assert "hidden.metadata" in warned
    for kind in (
        "sheet",
        "row",
        "column",
        "tracked_change",
        "comment",
        "under_box",
        "location",
        "attachment",
    ):
        assert all(
            one.severity is Severity.BLOCK
            for one in CLASSES
            if one.kind == f"hidden.{kind}" and one.code != "word.format_change"
        )


@pytest.mark.parametrize("file", OLD, ids=lambda file: file.name)
def test_files_of_old_formats_tell_what_they_hide(file: Path) -> None:
    """Written by LibreOffice from planted files; ``nothing`` has white words on shaded cells and no more."""
    code = file.name.rpartition(".")[0]
    found = {hit.code for hit in look(file.read_bytes(), file.name)}
    assert found == (set() if code == "nothing" else {code})


@pytest.mark.parametrize(
    "file", [one for one in OLD if not one.name.startswith(("nothing", "props"))], ids=lambda file: file.name
)
def test_what_old_formats_hide_has_to_be_taken_out_by_hand(file: Path) -> None:
    with pytest.raises(Uncleanable, match=r"另存.*。"):
        clean(file.read_bytes(), file.name)


@pytest.mark.parametrize("depth", [1, 2])
def test_archives_in_archives_are_looked_into(depth: int) -> None:
    planted = next(one for one in PLANTERS if one.code == "row.hidden").make(Random(1))
    packed = nested(planted, depth)
    [finding] = inspect(packed.data, packed.name)
    assert finding.kind == "hidden.row"
    assert finding.where.startswith("压缩包中的“层") and "工作表“公开目录”" in finding.where
    assert inspect(clean(packed.data, packed.name), packed.name) == ()


def test_a_macro_file_becomes_one_without() -> None:
    assert clean_name("名单.XLSM") == "名单.xlsx"
    assert clean_name("名单.docx") == "名单.docx"
    assert clean_name("名单") == "名单"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_program_opens_the_cleaned_copies(tmp_path: Path) -> None:
    codes = (
        "word.deletion",
        "word.comment",
        "shape.behind",
        "sheet.hidden",
        "book.pivot_cache",
        "slide.hidden",
        "open.tracked_change",
        "chart.filtered",
    )
    wanted = []
    for planter in PLANTERS:
        planted = planter.make(Random(5))
        if planter.code in codes and not planted.name.endswith(("pptx", "odp")):  # Impress is often missing
            path = (
                tmp_path
                / f"{planter.make.__module__[-6:]}{planter.make.__name__}.{planted.name.rpartition('.')[2]}"
            )
            path.write_bytes(clean(planted.data, planted.name))
            wanted.append(path)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path / "out"),
        *map(str, wanted),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert {one.stem for one in (tmp_path / "out").iterdir()} == {one.stem for one in wanted}
