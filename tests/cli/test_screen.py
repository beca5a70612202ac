"""gongkai screen: what must not go out, for a person and for a program, and copies without it."""

import openpyxl
import pytest

ID_NUMBER, MOBILE = "110101199003074514", "13800138001"


@pytest.fixture
def roster(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "名单"
    for row in [["姓名", "身份证号", "手机"], ["甄示范", ID_NUMBER, MOBILE], ["贾样本", ID_NUMBER, MOBILE]]:
        book.active.append(row)
    hidden = book.create_sheet("底册")
    hidden["A1"], hidden.sheet_state = "内部", "hidden"
    book.properties.creator = None
    path = tmp_path / "名单.xlsx"
    book.save(path)
    return path


def write(folder, name, text):
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_person_reads_what_it_is_where_it_stands_and_what_to_do(gongkai, roster):
    done = gongkai("screen", roster)
    assert done.status == 1
    for words in (
        "不得发布　身份证号 2 处",
        "工作表“名单”B2　110*************14",
        "第十五条",
        "手机号 2 处",
        "隐藏",
    ):
        assert words in done.out
    assert ID_NUMBER not in done.out + done.err and MOBILE not in done.out + done.err


def test_a_program_gets_the_exchange_form(gongkai, roster):
    told = gongkai("screen", roster, "--json").json
    assert told["file"] == str(roster) and told["scannable"] is True
    first = told["findings"][0]
    assert first | {"message": ""} == {
        "kind": "personal.id_number",
        "severity": "block",
        "where": "工作表“名单”B2",
        "excerpt": "110*************14",
        "message": "",
        "article": first["article"],
    }
    assert "hidden.sheet" in {finding["kind"] for finding in told["findings"]}


def test_a_clean_file_ends_with_nothing(gongkai, tmp_path):
    done = gongkai("screen", write(tmp_path, "通知.txt", "关于开展工作的通知"))
    assert done.status == 0 and "没有发现问题" in done.out


def test_a_file_that_cannot_be_opened_ends_with_2_and_the_others_are_screened(gongkai, tmp_path):
    clean = write(tmp_path, "a.txt", "通知")
    (tmp_path / "b.bin").write_bytes(b"\x00\x01\x02" * 99)
    done = gongkai("screen", clean, tmp_path / "b.bin", tmp_path / "c.txt", "--json")
    assert done.status == 2
    assert ["error" in one for one in done.json] == [False, True, True]
    assert "没有这个文件" in done.err


def test_the_offices_own_numbers_are_allowed(gongkai, tmp_path):
    path = write(tmp_path, "a.txt", f"联系电话{MOBILE}")
    assert gongkai("screen", path).status == 1
    assert gongkai("screen", path, "--phone", "138-0013-8001").status == 0


def test_a_notice_is_expired_on_the_day_given(gongkai, tmp_path):
    path = write(tmp_path, "a.txt", "公示时间：2030年3月1日至3月7日")
    assert gongkai("screen", path, "--on", "2030-03-07").status == 0
    assert gongkai("screen", path, "--on", "2030-03-08").status == 1


def test_copies_are_cleaned_and_masked(gongkai, roster, tmp_path):
    done = gongkai("screen", roster, "--clean", tmp_path / "副本", "--mask", tmp_path / "副本")
    assert done.status == 1 and "副本" in done.out
    assert gongkai("screen", tmp_path / "副本" / "名单.xlsx").status == 0


def test_a_copy_never_goes_over_its_original(gongkai, tmp_path):
    path = write(tmp_path, "a.txt", f"联系电话{MOBILE}")
    assert gongkai("screen", path, "--mask", tmp_path).status == 2
    assert MOBILE in path.read_text("utf-8")


def test_a_folder_and_the_standard_input_are_screened_too(gongkai, tmp_path):
    (tmp_path / "夹").mkdir()
    for name in ("a.txt", "b.txt"):
        write(tmp_path / "夹", name, f"电话{MOBILE}")
    assert "共筛查 2 份文件" in gongkai("screen", tmp_path / "夹").out
    assert (
        gongkai("screen", "-", "--json", stdin=f"身份证{ID_NUMBER}").json["findings"][0]["where"] == "第1行"
    )
    (tmp_path / "空").mkdir()
    assert "没有文件" in gongkai("screen", tmp_path / "空").err


def test_help_is_in_chinese(gongkai):
    assert "遮盖个人信息的副本" in gongkai("screen", "--help").out
