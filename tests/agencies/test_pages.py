"""The agency page, and signing in."""

from django.test import Client

from gongkai.agencies.models import Account, Section
from gongkai.audit.models import Entry
from tests.agencies.cast import PASSWORD, Cast

URL = "/office/agencies/edu/"


def signed_in(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_the_head_adds_a_section_and_sees_it(cast: Cast):
    client = signed_in(cast.head)
    page = client.post(URL + "sections/", {"section-name": "督导室"}, follow=True)
    assert "督导室" in page.content.decode()


def test_what_was_typed_stays_when_it_cannot_be_saved(cast: Cast):
    client = signed_in(cast.head)
    page = client.post(URL + "accounts/", {"account-full_name": "示例丁", "account-password": "123"})
    assert page.status_code == 422
    assert 'value="示例丁"' in page.content.decode()
    assert not Account.objects.filter(full_name="示例丁").exists()


def test_a_new_account_can_sign_in(cast: Cast):
    fields = {"full_name": "示例丁", "username": "ding", "password": PASSWORD, "roles": ["officer"]}
    data = {f"account-{name}": value for name, value in fields.items()}
    assert signed_in(cast.head).post(URL + "accounts/", data).status_code == 302
    answer = Client().post("/accounts/sign-in/", {"username": "ding", "password": PASSWORD})
    assert answer.headers["Location"] == "/office/"


def test_a_taken_username_is_refused(cast: Cast):
    fields = {"full_name": "示例丁", "username": "head", "password": PASSWORD, "roles": ["officer"]}
    page = signed_in(cast.head).post(URL + "accounts/", {f"account-{k}": v for k, v in fields.items()})
    assert "已经有人用了" in page.content.decode()


def test_an_officer_sees_the_page_without_its_forms(cast: Cast):
    page = signed_in(cast.officer).get(URL).content.decode()
    assert "由工作机构负责人维护" in page
    assert "增加科室" not in page


def test_an_officer_who_posts_anyway_is_refused(cast: Cast):
    page = signed_in(cast.officer).post(URL + "sections/", {"section-name": "督导室"}, follow=True)
    assert "您没有这个角色" in page.content.decode()
    assert not Section.objects.exists()


def test_sections_seats_and_roles_are_removed_from_the_page(cast: Cast):
    client = signed_in(cast.head)
    client.post(URL + "sections/", {"section-name": "督导室"})
    client.post(URL + "seats/", {"seat-name": "示例戊", "seat-duty": "member"})
    section, seat = cast.agency.sections.get(), cast.agency.leading_group.seats.get()
    role = cast.agency.memberships.get(account=cast.officer)
    for what, pk in (("section", section.pk), ("seat", seat.pk), ("role", role.pk)):
        client.post(f"{URL}remove/{what}/{pk}/")
    page = client.get(URL).content.decode()
    assert "督导室" not in page and "示例戊" not in page and "示例officer" not in page


def test_the_last_head_cannot_remove_oneself(cast: Cast):
    role = cast.agency.memberships.get(account=cast.head)
    page = signed_in(cast.head).post(f"{URL}remove/role/{role.pk}/", follow=True)
    assert "唯一的工作机构负责人" in page.content.decode()


def test_strangers_do_not_find_the_page(cast: Cast):
    assert signed_in(cast.stranger).get(URL).status_code == 404


def test_five_wrong_passwords_lock_the_name_for_a_while(cast: Cast):
    client = Client()
    for _ in range(4):
        page = client.post("/accounts/sign-in/", {"username": "head", "password": "wrong"})
        assert "没有登录成功" in page.content.decode()
    page = client.post("/accounts/sign-in/", {"username": "head", "password": "wrong"})
    assert page.status_code == 429
    assert "暂停15分钟" in page.content.decode()
    page = client.post("/accounts/sign-in/", {"username": "head", "password": PASSWORD})
    assert page.status_code == 429


def test_signing_in_and_out_and_failing_to_are_in_the_trail(cast: Cast):
    client = Client()
    client.post("/accounts/sign-in/", {"username": "head", "password": "wrong"})
    client.post("/accounts/sign-in/", {"username": "nobody-such", "password": "wrong"})
    client.post("/accounts/sign-in/", {"username": "head", "password": PASSWORD})
    client.post("/accounts/sign-out/")
    acts = [entry.act for entry in Entry.objects.order_by("number")][-3:]
    assert acts == ["sign_in_failed", "signed_in", "signed_out"]


def test_a_password_is_changed_by_its_owner(cast: Cast):
    client = signed_in(cast.officer)
    assert "修改密码" in client.get("/accounts/password/").content.decode()
    new = "another-for-tests-8"
    data = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    page = client.post("/accounts/password/", data, follow=True)
    assert "密码已修改" in page.content.decode()
    assert Entry.objects.latest("number").act == "changed_password"
    cast.officer.refresh_from_db()
    assert cast.officer.check_password(new)
