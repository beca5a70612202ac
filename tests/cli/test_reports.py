"""gongkai read, check, write, convert, total and diff, on real and on made-up reports."""

import json
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from gongkai.documents.writing import write
from gongkai.law.report.exchange import from_json, to_json
from gongkai.law.report.filled import FilledReport, FilledTable
from gongkai.law.report.formats import TABLES, load_format


def made_up(agency="演示县教育局", year=2021, **cells) -> FilledReport:
    """A consistent report of the year's form: 3 natural persons applied, 2 granted, 1 carried on."""
    form = load_format("fy2019" if year < 2021 else "fy2021")
    figures = {
        "table3.new_received": 3,
        "table3.granted": 2,
        "table3.handled_total": 2,
        "table3.carried_forward": 1,
    }
    values = {
        f"{row}.{column}": count for row, count in figures.items() for column in ("natural_person", "total")
    } | {address.replace("__", "."): value for address, value in cells.items()}
    tables = {
        name: FilledTable(form.id, {a: values.get(a, _zero(form, a)) for a in form.addresses(name)})
        for name in TABLES
    }
    return FilledReport(agency, year, tables, {"overview": "演示用的报告。", "other_matters": "无。"})


def _zero(form, address):
    return Decimal(0) if form.cells[address][1].kind == "amount" else 0


@pytest.fixture
def put(tmp_path):
    """Write a report into the folder the command runs in; gives the file's name."""

    def put(name: str, report: FilledReport) -> str:
        (tmp_path / name).write_bytes(write(report, name.rpartition(".")[2]))
        return name

    return put


AGREED = ("agency", "year", "format", "table2", "table3", "table4", "sections", "doubts")
WRONG = {"table3__granted__total": 5}


class TestRead:
    def test_one_file_is_one_object_in_the_exchange_form(self, gongkai, put):
        report = made_up()
        done = gongkai("read", put("a.html", report), "--json")
        assert done.status == 0
        assert from_json(done.json).tables == report.tables
        assert {"agency", "year", "format", "table2", "table3", "table4", "sections", "doubts"} <= set(
            done.json
        )
        assert done.json["table3"]["rows"]["new_received"] == [3, 0, 0, 0, 0, 0, 3]

    def test_several_files_or_a_folder_are_a_list_in_order(self, gongkai, put, tmp_path):
        (tmp_path / "in").mkdir()
        for name, year in (("in/b.docx", 2022), ("in/a.html", 2021)):
            put(name, made_up(year=year))
        folder = gongkai("read", "in", "--json").json
        assert [(one["file"], one["year"]) for one in folder] == [("in/a.html", 2021), ("in/b.docx", 2022)]
        named = gongkai("read", "in/b.docx", "in/a.html", "--json").json
        assert [one["year"] for one in named] == [2022, 2021]

    def test_a_file_that_cannot_be_read_is_named_and_the_others_are_done(self, gongkai, put, tmp_path):
        (tmp_path / "empty.pdf").write_bytes(b"")
        done = gongkai("read", "empty.pdf", put("a.html", made_up()), "absent.doc", "--json")
        assert done.status == 2
        broken, good, absent = done.json
        assert broken["file"] == "empty.pdf" and broken["error"] in done.err
        assert good["agency"] == "演示县教育局"
        assert "找不到" in absent["error"]

    def test_a_hostile_file_costs_only_itself(self, gongkai, put, tmp_path):
        with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", b"0" * 300_000_000)
        done = gongkai("read", "bomb.docx", put("a.html", made_up()), "--json", timeout=30)
        bomb, good = done.json
        assert done.status == 2 and good["agency"] == "演示县教育局"
        assert bomb["error"].count("。") == 1 and "Traceback" not in done.err

    def test_the_tables_are_printed_aligned_with_blanks_named(self, gongkai, put):
        blank = {f"table3__carried_forward__{column}": None for column in ("natural_person", "total")}
        done = gongkai("read", put("a.html", made_up(**blank)))
        lines = done.out.splitlines()
        row = next(line for line in lines if line.startswith("四、结转下年度继续办理"))
        assert row.split()[1:] == ["空", "0", "0", "0", "0", "0", "空"]
        assert "演示县教育局　2021年度" in done.out and "\x1b[" not in done.out

    def test_the_standard_input_is_a_file_too(self, gongkai):
        done = gongkai("read", "-", "--json", stdin=write(made_up(), "html"))
        assert (done.status, done.json["year"]) == (0, 2021)
        assert gongkai("read", "-", stdin="只有一句话。").status == 2

    def test_an_empty_folder_is_said_to_be_empty(self, gongkai, tmp_path):
        (tmp_path / "nothing").mkdir()
        done = gongkai("read", "nothing")
        assert (done.status, done.out) == (2, "") and "没有可读的文件" in done.err


class TestCheck:
    def test_a_right_report_has_no_error_and_status_0(self, gongkai, put):
        done = gongkai("check", put("a.html", made_up()))
        assert done.status == 0
        assert "37 处全部成立" not in done.out and "39 处全部成立" in done.out
        assert "错误 0 项" in done.out or "没有发现问题" in done.out

    def test_a_wrong_sum_is_an_error_with_cell_article_and_remedy(self, gongkai, put):
        done = gongkai("check", put("a.html", made_up(**WRONG)))
        assert done.status == 1
        for words in ("✘ 表三", "T3-03", "写5，各项相加是2", "（《年度报告格式》表三）", "由5改为2"):
            assert words in done.out

    def test_json_has_the_agreed_keys(self, gongkai, put):
        done = gongkai("check", put("a.html", made_up(**WRONG)), "--json")
        assert done.status == 1
        assert {"file", "agency", "year", "findings"} <= set(done.json)
        assert done.json["file"] == "a.html"
        errors = [f for f in done.json["findings"] if f["severity"] == "error"]
        keys = {"code", "severity", "cells", "article", "expected", "found", "message"}
        assert errors and all(set(finding) == keys for finding in errors)
        assert done.json["repairs"][0]["changes"][0]["cell"] == "table3.granted.total"

    def test_one_bad_file_makes_status_2_and_the_others_are_checked(self, gongkai, put, tmp_path):
        (tmp_path / "no.html").write_text("<p>今天天气很好。</p>", "utf-8")
        done = gongkai(
            "check", "no.html", put("a.html", made_up(**WRONG)), put("b.html", made_up()), "--json"
        )
        assert done.status == 2
        assert [one["file"] for one in done.json] == ["no.html", "a.html", "b.html"]
        assert "error" in done.json[0] and "findings" in done.json[1]
        assert "共核对 2 份报告，1 份有错误" in gongkai("check", "a.html", "b.html").out

    def test_last_years_report_must_be_carried_over(self, gongkai, put):
        before = put("before.html", made_up(year=2021))
        right = {
            f"table3__{row}__{column}": count
            for row, count in (("brought_forward", 1), ("granted", 3), ("handled_total", 3))
            for column in ("natural_person", "total")
        }
        carried = put("right.html", made_up(year=2022, **right))
        dropped = put("wrong.html", made_up(year=2022))
        codes = {
            name: {f["code"] for f in gongkai("check", name, "--previous", before, "--json").json["findings"]}
            for name in (carried, dropped)
        }
        assert "T3-05" not in codes[carried] and "T3-05" in codes[dropped]

    def test_among_several_the_report_of_last_year_is_found_by_agency_and_year(self, gongkai, put):
        earlier = [put("p1.html", made_up("演示甲局")), put("p2.html", made_up("演示乙局"))]
        later = [put("n1.html", made_up("演示甲局", 2022)), put("n2.html", made_up("演示丙局", 2022))]
        first, second = gongkai("check", *later, "--previous", *earlier, "--json").json
        assert "T3-05" in {finding["code"] for finding in first["findings"]}
        assert "T3-05" not in {finding["code"] for finding in second["findings"]}

    def test_members_must_add_up_to_their_total(self, gongkai, put, tmp_path):
        (tmp_path / "names.txt").write_text("演示甲局\n演示乙局\n演示丁局\n", "utf-8")
        members = [put("m1.html", made_up("演示甲局")), put("m2.html", made_up("演示乙局"))]
        total = put("total.html", made_up("演示县人民政府"))
        done = gongkai("check", total, "--members", *members, "--expected", "names.txt", "--json")
        messages = [f["message"] for f in done.json["findings"] if f["code"] == "AGG-01"]
        assert any("演示丁局" in message for message in messages)
        assert any("至少是6" in message for message in messages)
        part = gongkai("check", members[0], "--parent", total, "--json")
        assert part.status == 0

    def test_a_report_has_one_parent(self, gongkai, put, tmp_path):
        (tmp_path / "in").mkdir()
        put("in/total.html", made_up("演示县人民政府"))
        put("a.html", made_up())
        for parent, words in (("in", "in 是文件夹，这里要给一个文件"), ("absent.html", "找不到")):
            done = gongkai("check", "a.html", "--parent", parent)
            assert (done.status, done.out) == (2, "") and words in done.err

    def test_members_belong_to_one_report_only(self, gongkai, put):
        done = gongkai("check", put("a.html", made_up()), put("b.html", made_up()), "--members", "a.html")
        assert (done.status, done.out) == (2, "") and "--members" in done.err

    def test_an_unreadable_companion_is_status_2_but_the_report_is_checked(self, gongkai, put):
        done = gongkai("check", put("a.html", made_up()), "--previous", "absent.html", "--json")
        assert done.status == 2 and "findings" in done.json and "absent.html" in done.err

    def test_a_report_submitted_late_is_late(self, gongkai, put):
        name = put("a.html", replace(made_up(), published_on=None))
        late = gongkai("check", name, "--submitted", "2022-02-09", "--json").json["findings"]
        assert "X-03" in {finding["code"] for finding in late}


class TestWriteAndConvert:
    @pytest.mark.parametrize("suffix", ["docx", "pdf", "html", "xlsx", "json"])
    def test_figures_become_a_file_that_reads_back(self, gongkai, tmp_path, suffix):
        report = made_up()
        figures = json.dumps(to_json(report), ensure_ascii=False)
        assert gongkai("write", "-", "-o", f"out.{suffix}", stdin=figures).status == 0
        assert from_json(gongkai("read", f"out.{suffix}", "--json").json).tables == report.tables

    def test_the_bare_agreed_keys_are_enough(self, gongkai, tmp_path):
        bare = {key: value for key, value in to_json(made_up()).items() if key in AGREED}
        (tmp_path / "bare.json").write_text(json.dumps(bare), "utf-8")
        for suffix in ("docx", "pdf", "html", "xlsx"):
            assert gongkai("write", "bare.json", "-o", f"bare.{suffix}").status == 0

    def test_one_format_becomes_another(self, gongkai, put):
        report = made_up()
        assert gongkai("convert", put("a.docx", report), "-o", "b.html").status == 0
        assert from_json(gongkai("read", "b.html", "--json").json).tables == report.tables

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ("{", "JSON"),
            ("[]", "不是年度报告数据"),
            ('{"table3": {"format": "fy1999", "rows": {}}}', "fy1999"),
            ('{"table3": {"format": "fy2021", "rows": {"granted": [1]}}}', "7 个数"),
        ],
    )
    def test_figures_that_are_none_are_one_sentence(self, gongkai, tmp_path, given, words):
        done = gongkai("write", "-", "-o", "out.html", stdin=given)
        assert done.status == 2 and words in done.err and "Traceback" not in done.err
        assert not (tmp_path / "out.html").exists()

    def test_the_input_is_never_written_over(self, gongkai, put, tmp_path):
        name = put("a.html", made_up())
        before = (tmp_path / name).read_bytes()
        done = gongkai("convert", name, "-o", f"./{name}")
        assert done.status == 2 and "毁掉原件" in done.err
        assert (tmp_path / name).read_bytes() == before

    def test_an_earlier_output_is_written_over(self, gongkai, put, tmp_path):
        (tmp_path / "b.json").write_text("old", "utf-8")
        assert gongkai("convert", put("a.html", made_up()), "-o", "b.json").status == 0
        assert (tmp_path / "b.json").read_text("utf-8").startswith("{")

    @pytest.mark.parametrize(
        ("output", "words"), [("b.odt", ".docx"), ("b", ".docx"), ("no/b.html", "写不进去")]
    )
    def test_an_output_that_cannot_be_is_refused(self, gongkai, put, output, words):
        done = gongkai("convert", put("a.html", made_up()), "-o", output)
        assert done.status == 2 and words in done.err

    def test_what_is_doubtful_is_said_when_it_is_converted(self, gongkai, tmp_path):
        text = to_json(made_up()) | {
            "doubts": [{"cells": ["table3.granted.total"], "message": "演示存疑。"}],
        }
        (tmp_path / "a.json").write_text(json.dumps(text), "utf-8")
        done = gongkai("convert", "a.json", "-o", "b.html")
        assert done.status == 0 and "存疑：演示存疑。" in done.err

    def test_a_folder_is_no_report(self, gongkai, tmp_path):
        (tmp_path / "in").mkdir()
        assert gongkai("convert", "in", "-o", "b.html").status == 2


class TestTotal:
    def test_members_are_added_and_the_missing_named(self, gongkai, put, tmp_path):
        (tmp_path / "names.txt").write_text("演示甲局\n演示乙局\n演示丁局\n", "utf-8")
        for number, agency in enumerate(("演示甲局", "演示乙局")):
            put(f"m{number}.html", made_up(agency))
        put("m2.html", made_up("演示丙局", 2020))
        done = gongkai(
            "total", "m0.html", "m1.html", "m2.html", "-o", "sum.xlsx",
            "--agency", "演示县人民政府", "--expected", "names.txt",
        )  # fmt: skip
        assert done.status == 1
        assert "缺报：演示丁局" in done.out and "演示丙局（2020年度）" in done.out
        summed = gongkai("read", "sum.xlsx", "--json").json
        assert summed["table3"]["rows"]["new_received"] == [6, 0, 0, 0, 0, 0, 6]

    def test_the_workbook_says_whose_sum_it_is_and_of_which_year(self, gongkai, put, tmp_path):
        put("演示乙局2019年政府信息公开工作年度报告.html", made_up("演示甲局"))
        (tmp_path / "演示丙局2018年政府信息公开工作年度报告.txt").write_text("没有表格。", "utf-8")
        gongkai("total", ".", "-o", "sum.xlsx", "--agency", "演示县人民政府")
        summed = gongkai("read", "sum.xlsx", "--json").json
        assert (summed["agency"], summed["year"]) == ("演示县人民政府", 2021)
        assert not any(summed["sections"].values()) and summed["doubts"] == []

    def test_a_sum_of_nobody_named_is_read_back_as_of_nobody(self, gongkai, put):
        put("a.html", made_up("演示甲局"))
        gongkai("total", "a.html", "-o", "sum.xlsx")
        summed = gongkai("read", "sum.xlsx", "--json").json
        assert (summed["agency"], summed["year"]) == (None, 2021)

    def test_a_file_that_cannot_be_read_is_named_in_words_and_in_the_workbook(self, gongkai, put, tmp_path):
        put("a.html", made_up("演示甲局"))
        (tmp_path / "演示乙局.pdf").write_bytes(b"")
        done = gongkai("total", "a.html", "演示乙局.pdf", "-o", "sum.xlsx")
        assert done.status == 2 and "读不出来，没有计入：演示乙局.pdf（" in done.out
        rows = openpyxl.load_workbook(tmp_path / "sum.xlsx")["成员情况"].iter_rows(values_only=True)
        assert any(name == "演示乙局.pdf" and "没有计入" in sentence for name, sentence in rows)

    def test_a_sum_without_everybody_is_status_1(self, gongkai, put, tmp_path):
        (tmp_path / "names.txt").write_text("演示甲局\n演示乙局\n", "utf-8")
        for name, agency, year in (("a", "演示甲局", 2021), ("b", "演示乙局", 2021), ("c", "演示丙局", 2020)):
            put(f"{name}.html", made_up(agency, year))
        for files, status in (("ab", 0), ("a", 1), ("abc", 1), ("aba", 0)):
            names = [f"{file}.html" for file in files]
            assert gongkai("total", *names, "-o", "s.json", "--expected", "names.txt").status == status, files
        put("again.html", made_up("演示甲局"))
        assert gongkai("total", "a.html", "again.html", "-o", "s.json").status == 1

    def test_between_two_years_as_frequent_the_user_decides(self, gongkai, put, tmp_path):
        names = put("a.html", made_up("演示甲局", 2020)), put("b.html", made_up("演示乙局", 2021))
        refused = gongkai("total", *names, "-o", "sum.json")
        assert (refused.status, refused.out) == (2, "") and not (tmp_path / "sum.json").exists()
        assert "2020年度、2021年度的报告一样多" in refused.err and "--year" in refused.err
        asked = gongkai("total", *names, "-o", "sum.json", "--year", 2020)
        assert asked.status == 1 and "年度不同，没有计入：演示乙局（2021年度）" in asked.out
        third = put("c.html", made_up("演示丙局", 2021))
        assert "2021年度：演示乙局、演示丙局" in gongkai("total", *names, third, "-o", "sum.json").out

    def test_a_relation_the_sum_breaks_is_told_with_the_members_it_comes_from(self, gongkai, put):
        put("a.html", made_up("演示甲局"))
        put("b.html", made_up("演示乙局", **WRONG))
        put("c.html", made_up("演示丙局", table3__granted__total=None))
        done = gongkai("total", "a.html", "b.html", "c.html", "-o", "sum.xlsx")
        [line] = [line for line in done.out.splitlines() if "T3-03" in line]
        assert done.status == 1
        assert (
            line.startswith("错误")
            and "写7，各项相加是6" in line
            and line.endswith("来自：演示乙局、演示丙局")
        )

    def test_the_sum_may_be_a_report_of_any_kind(self, gongkai, put):
        put("a.html", made_up("演示甲局"))
        assert gongkai("total", "a.html", "-o", "sum.docx").status == 0
        assert gongkai("read", "sum.docx", "--json").json["table3"]["rows"]["granted"][0] == 2

    def test_nothing_to_add_up_is_said(self, gongkai, tmp_path):
        (tmp_path / "no.txt").write_text("没有表格。", "utf-8")
        done = gongkai("total", "no.txt", "-o", "sum.xlsx")
        assert done.status == 2 and "没有可以汇总的报告" in done.err and not (tmp_path / "sum.xlsx").exists()


class TestDiff:
    def test_changed_figures_and_copied_prose(self, gongkai, put):
        said = "，".join(
            f"第{n}季度各科室对照清单逐项核对栏目{n}并报办公室备查" for n in "一二三四五六七八九十"
        )
        prose = {"overview": f"本单位认真落实信息公开各项要求，健全制度，加强培训，扩大渠道。{said}。"}
        before = replace(made_up(year=2021), sections=prose)
        after = replace(made_up(year=2022, table2__permit__decisions=7), sections=prose)
        names = put("a.html", before), put("b.html", after)
        shown, data = gongkai("diff", *names), gongkai("diff", *names, "--json").json
        assert shown.status == 0
        assert "“行政许可”行" in shown.out and "+7" in shown.out and "内容雷同" in shown.out
        assert [change["cell"] for change in data["changes"]] == ["table2.permit.decisions"]
        assert data["changes"][0] | {"percent": None} == {
            "cell": "table2.permit.decisions", "before": 0, "after": 7, "difference": 7, "percent": None,
        }  # fmt: skip
        assert data["sections"][0]["copied"] is True

    def test_cells_of_only_one_form_are_counted(self, gongkai, put):
        names = put("a.html", made_up(year=2020)), put("b.html", made_up(year=2021))
        data = gongkai("diff", *names, "--json").json
        assert "table2.central_procurement.amount" in data["only_before"]
        assert "只有甲有的单元格" in gongkai("diff", *names).out

    def test_changes_stand_in_the_order_of_the_form(self, gongkai, put):
        other = {"table3__otherwise_handled__total": 1, "table4__reconsideration__total": 1}
        parts = {"table3__otherwise_handled__fee_lapsed__total": 4, "table3__granted__total": 3}
        names = put("a.html", made_up(year=2020, **other)), put("b.html", made_up(year=2021, **parts))
        rows = ("table3.granted", "table3.otherwise_handled", "table4.reconsideration")
        for given in (names, names[::-1]):
            cells = [change["cell"] for change in gongkai("diff", *given, "--json").json["changes"]]
            assert cells == [f"{row}.total" for row in rows]

    def test_a_file_that_is_no_report_is_status_2(self, gongkai, put):
        assert gongkai("diff", put("a.html", made_up()), "absent.html").status == 2


class TestPublishedReports:
    def test_the_seed_is_told_right_from_wrong_in_about_ten_lines(self, gongkai, shared):
        done = gongkai("check", *sorted((shared / "seed").glob("*.txt")))
        assert done.status == 0
        assert 6 <= len(done.out.splitlines()) <= 14
        for words in (
            "塔城地区教育局　2020年度　2019年格式",
            "✔ 表三",
            "✔ 表四",
            "T3-04",
            "3、",
            "标题",
            "行政许可",
        ):
            assert words in done.out, words

    def test_published_errors_are_found(self, gongkai, shared):
        files = shared / "corpus" / "files"
        done = gongkai("check", files / "hongze-2023.pdf", files / "huaian-2024.pdf", "--json")
        errors = [[f["code"] for f in one["findings"] if f["severity"] == "error"] for one in done.json]
        assert (done.status, errors) == (1, [["T4-01", "T4-03"], []])

    def test_a_whole_folder_is_read(self, gongkai, shared):
        done = gongkai("read", shared / "corpus" / "files", "--json", "--jobs", 2)
        agencies = {one.get("agency") for one in done.json}
        assert len(done.json) == len(list((shared / "corpus" / "files").iterdir()))
        assert {"洪泽区人民政府", "淮安市人民政府", "沐阳县人民政府"} <= agencies
