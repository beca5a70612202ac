"""The portal as files: complete, working by itself, and never with what is not public."""

import json
import re
from io import StringIO
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from gongkai.documents.contents import file_kind
from gongkai.manage import in_djangos_words
from gongkai.portal import exporting, lists
from gongkai.portal.exporting import UnableToExport, export_site, remove_withdrawn
from gongkai.portal.standing import Place, place_of
from gongkai.portal.tasks import export_again
from gongkai.publishing.actions.releasing import withdraw_item
from gongkai.publishing.models import Item, Publication
from tests.agencies.cast import Cast
from tests.publishing.office import Publisher, an_item, content, moment, published, publisher, with_file
from tests.reporting.drafts import published as published_report

LIVE = "https://xxgk.invalid"


@pytest.fixture
def office(cast: Cast) -> Publisher:
    return publisher(cast)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "site"


def with_title(office: Publisher, title: str, name: str = "", data: bytes = b"") -> Publication:
    item = an_item(office, content(title))
    if name:
        file = with_file(office, item, name, data)
        kind = file_kind(data, name)
        type(file).objects.filter(pk=file.pk).update(media_type=kind.media_type if kind else "")
        item.refresh_from_db()
    return published(office, item)


def taken_off(office: Publisher, publication: Publication) -> None:
    item = Item.objects.get(pk=publication.item_id)
    withdraw_item(item=item, reason="写错了", by=office.officer, at=moment())


def links(folder: Path) -> list[tuple[Path, str]]:
    """(page, target) of every link, picture, style and script of every page."""
    found = []
    for page in folder.rglob("*.html"):
        tree = html.fromstring(page.read_text("utf-8"))
        found += [(page, str(each)) for each in tree.xpath("//@href | //@src")]
    return found


def stands(folder: Path, page: Path, target: str) -> bool:
    """Whether a link leads to a file, as a web server with ``index.html`` sees it."""
    parts = urlsplit(target)
    if not parts.path:
        return True
    base = "/" + page.relative_to(folder).as_posix()
    path = unquote(urlsplit(urljoin(base, target)).path).lstrip("/")
    file = folder / path
    return (file / "index.html").is_file() if path.endswith("/") or not path else file.is_file()


def said(folder: Path) -> str:
    """Every word in every file."""
    return "\n".join(
        file.read_bytes().decode("utf-8", "replace") for file in folder.rglob("*") if file.is_file()
    )


class TestTheSite:
    def test_every_link_of_every_page_leads_to_a_file(self, office: Publisher, cast: Cast, target: Path):
        with_title(office, "示例通知", "清单.csv", "名称,数量\n示例,1\n".encode())
        published_report(cast)
        written = export_site(target)
        broken = [(page.name, to) for page, to in links(target) if not stands(target, page, to)]
        assert broken == []
        assert written.pages == len(list(target.rglob("*.html"))) - 1  # the page for what is not there
        for name in ("index.html", "404.html", "feed.xml", "sitemap.xml", "robots.txt", "open/items.json"):
            assert (target / name).is_file(), name

    def test_without_a_live_service_no_form_is_offered_and_a_sentence_says_why(
        self, office: Publisher, target: Path
    ):
        with_title(office, "示例通知")
        export_site(target)
        for page in target.rglob("*.html"):
            text = page.read_text("utf-8")
            assert "<form" not in text and "/apply/" not in text and "/track/" not in text, page
            assert "不能在这里填写和提交" in text, page

    def test_forms_and_doors_lead_to_the_live_service(self, office: Publisher, target: Path):
        with_title(office, "示例通知")
        export_site(target, live=LIVE, address=LIVE)
        home = (target / "index.html").read_text("utf-8")
        assert f'href="{LIVE}/apply/"' in home and f'href="{LIVE}/track/"' in home
        assert "不能在这里填写和提交" not in home
        assert f"<loc>{LIVE}/items/" in (target / "sitemap-items-1.xml").read_text("utf-8")
        assert f"Sitemap: {LIVE}/sitemap.xml" in (target / "robots.txt").read_text("utf-8")

    def test_long_lists_keep_their_pages(self, office: Publisher, target: Path, monkeypatch):
        monkeypatch.setattr(lists, "A_PAGE", 1)
        for number in range(3):
            with_title(office, f"第{number}条")
        export_site(target)
        pages = [target / "disclosure/edu/items" / name / "index.html" for name in (".", "page-2", "page-3")]
        titles = [re.findall(r"第\d条", page.read_text("utf-8")) for page in pages]
        assert titles == [["第2条"], ["第1条"], ["第0条"]]

    def test_files_are_saved_under_their_names_and_nothing_runs(self, office: Publisher, target: Path):
        publication = with_title(office, "示例通知", "网页.html", "<p>只是文字</p>".encode())
        export_site(target)
        item = target / "items" / str(publication.item_id)
        page = (item / "index.html").read_text("utf-8")
        order = publication.files.get().order
        assert f'href="files/{order}/file.zip" download="网页.html.zip"' in page
        with ZipFile(item / f"files/{order}/file.zip") as archive:
            assert archive.read("网页.html") == "<p>只是文字</p>".encode()
        assert (item / "paper/pdf/file.pdf").read_bytes().startswith(b"%PDF-")

    def test_the_data_point_to_each_other(self, office: Publisher, target: Path):
        publication = with_title(office, "示例通知", "清单.csv", b"a,b\n1,2\n")
        export_site(target, address=LIVE)
        listed = json.loads((target / "open/items.json").read_text("utf-8"))["items"][0]
        detail = json.loads((target / listed["data"].removeprefix(f"{LIVE}/")).read_text("utf-8"))
        assert detail["id"] == publication.item_id
        file = target / detail["files"][0]["address"].removeprefix(f"{LIVE}/")
        assert file.read_bytes() == b"a,b\n1,2\n"


class TestWhatIsNotPublic:
    def test_is_in_no_file(self, office: Publisher, target: Path):
        an_item(office, content("草稿里的字"))
        published(office, an_item(office, content("只在微信的字")), channels=("wechat",))
        with_title(office, "公开的字")
        export_site(target)
        text = said(target)
        assert "公开的字" in text and "草稿里的字" not in text and "只在微信的字" not in text

    def test_leaves_with_the_next_export(self, office: Publisher, target: Path):
        publication = with_title(office, "将要撤下的字", "清单.csv", "只在附件的字".encode())
        export_site(target)
        assert "将要撤下的字" in said(target) and "只在附件的字" in said(target)
        taken_off(office, publication)
        export_site(target)
        assert "将要撤下的字" not in said(target) and "只在附件的字" not in said(target)

    def test_its_own_page_leaves_without_an_export(self, office: Publisher, target: Path):
        gone, kept = with_title(office, "将要撤下的字"), with_title(office, "留下的字")
        export_site(target)
        taken_off(office, gone)
        assert remove_withdrawn(target) == 1
        assert [folder.name for folder in (target / "items").iterdir()] == [str(kept.item_id)]

    def test_is_written_anew_by_itself_after_a_change(self, office: Publisher, target: Path, settings):
        settings.SITE_DIR = str(target)
        publication = with_title(office, "将要撤下的字")
        export_again.call()
        before = target.stat().st_ino
        export_again.call()
        assert target.stat().st_ino == before  # nothing changed
        taken_off(office, publication)
        export_again.call()
        assert "将要撤下的字" not in said(target)

    def test_a_change_asks_for_it_at_once(
        self, office: Publisher, target: Path, settings, django_capture_on_commit_callbacks
    ):
        settings.SITE_DIR = str(target)
        with django_capture_on_commit_callbacks(execute=True):
            with_title(office, "公开的字")
        asked = DBTaskResult.objects.ready().filter(task_path="gongkai.portal.tasks.export_again")
        assert asked.exists()

    def test_nothing_is_written_where_no_folder_is_named(self, office: Publisher, settings):
        settings.SITE_DIR = ""
        export_again.call()


class TestTheFolder:
    def test_of_somebody_else_is_left_alone(self, office: Publisher, target: Path):
        target.mkdir()
        (target / "重要.txt").write_text("别删")
        with pytest.raises(UnableToExport, match="里有别的文件"):
            export_site(target)
        with pytest.raises(CommandError, match="里有别的文件"):
            call_command("export_site", str(target))
        assert (target / "重要.txt").read_text() == "别删"

    def test_stays_as_it_was_when_the_writing_breaks(self, office: Publisher, target: Path, monkeypatch):
        with_title(office, "原来的字")
        export_site(target)
        monkeypatch.setattr(exporting.Export, "_relink", lambda self: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            export_site(target)
        assert "原来的字" in said(target)
        assert [each.name for each in target.parent.iterdir()] == ["site"]

    def test_is_put_back_after_a_power_cut_between_the_two_moves(self, office: Publisher, target: Path):
        with_title(office, "原来的字")
        export_site(target)
        target.rename(target.with_name(".site-old"))
        export_site(target)
        assert [each.name for each in target.parent.iterdir()] == ["site"]

    def test_is_told_to_whoever_asked(self, office: Publisher, target: Path, settings, tmp_path: Path):
        settings.STATIC_ROOT = tmp_path / "collected"
        with_title(office, "示例通知")
        told = StringIO()
        call_command("export_site", str(target), stdout=told)
        assert "已经导出" in told.getvalue() and "没有写明网址" in told.getvalue()


def test_commands_are_called_with_a_hyphen():
    assert in_djangos_words(["office", "export-site", "/a-b"]) == ["office", "export_site", "/a-b"]
    assert in_djangos_words(["office", "--version"]) == ["office", "--version"]
    assert in_djangos_words(["office"]) == ["office"]


@pytest.mark.parametrize(
    ("address", "content_type", "path"),
    [
        ("/", "text/html; charset=utf-8", "index.html"),
        ("/items/5/", "text/html", "items/5/index.html"),
        ("/items/?year=2020&page=2", "text/html", "items/year-2020/page-2/index.html"),
        ("/open/items.json?page=2", "application/json", "open/items.page-2.json"),
        ("/feed.xml", "application/atom+xml", "feed.xml"),
        ("/items/5/files/1/", "application/x-unknown", "items/5/files/1/file.zip"),
        ("/items/%E7%9B%AE%E5%BD%95/", "text/html", "items/目录/index.html"),
    ],
)
def test_an_address_has_its_file(address: str, content_type: str, path: str):
    place = place_of(address, content_type)
    assert place is not None and place.path == path


@pytest.mark.parametrize("address", ["/items/a%00.pdf", "/items/a%5Cb.pdf", "/items/%00/", "/items/..%2Fa/"])
def test_what_no_file_can_be_called_has_none(address: str):
    assert place_of(address, "text/html") is None


@given(st.text(max_size=40), st.text(max_size=20), st.sampled_from(["text/html", "image/png", "x/y"]))
def test_whatever_the_address_its_file_stays_in_the_folder(path: str, query: str, content_type: str):
    place = place_of(f"/{path}?{query}", content_type)
    if place is not None:
        file = PurePosixPath(place.path)
        assert not file.is_absolute() and ".." not in file.parts and "\0" not in place.path
        assert file.name


@given(st.lists(st.sampled_from("abc"), max_size=4), st.lists(st.sampled_from("abc"), max_size=4))
def test_a_relative_link_leads_from_one_page_to_the_other(one: list[str], other: list[str]):
    here = Place("/".join([*one, "index.html"]), "text/html")
    there = Place("/".join([*other, "index.html"]), "text/html")
    base = f"https://xxgk.invalid/site{here.from_root}"
    assert urljoin(base, there.seen_from(here)) == f"https://xxgk.invalid/site{there.from_root}"


@pytest.mark.parametrize("address", ["/a/%2E%2E/b/", "/a//b/", "/a/?q=%E5%AD%97", "/a/?q=../b", "/a/%2e/"])
def test_an_address_that_could_lead_out_of_the_folder_has_none(address: str):
    assert place_of(address, "text/html") is None
