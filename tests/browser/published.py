"""The pages of the publishing desk and of the portal in the demo office, each kind in each of its states."""

from tests.browser.places import Places

AGENCY = "tacheng-edu"
DESK = (
    "/office/publishing/",
    "/office/publishing/?state=in_review",
    f"/office/publishing/draft/{AGENCY}/",
    "/office/publishing/review/",
    "/office/publishing/delegations/",
    f"/office/publishing/duties/{AGENCY}/",
    f"/office/publishing/lateness/{AGENCY}/",
    f"/office/publishing/channel-gaps/{AGENCY}/",
    f"/office/publishing/stale/{AGENCY}/",
    f"/office/publishing/plan/{AGENCY}/",
    f"/office/publishing/withheld/{AGENCY}/",
    f"/office/publishing/transfers/{AGENCY}/",
    f"/office/publishing/catalog/{AGENCY}/",
    f"/office/publishing/catalog/{AGENCY}/changes/",
    f"/office/publishing/catalog/{AGENCY}/add/",
    f"/office/publishing/guides/{AGENCY}/",
    f"/office/publishing/settings/{AGENCY}/",
    f"/office/publishing/library/{AGENCY}/",
    f"/office/publishing/registers/{AGENCY}/central_procurement/",
    f"/office/publishing/registers/{AGENCY}/other_external_service/",
    f"/office/publishing/import/{AGENCY}/entries/permit/",
    f"/office/publishing/suggestions/{AGENCY}/",
    f"/office/publishing/postings/{AGENCY}/",
    f"/office/publishing/board/{AGENCY}/",
    f"/office/publishing/finder/{AGENCY}/",
    f"/office/publishing/newsletters/{AGENCY}/",
)
PUBLIC = (
    "/",
    "/disclosure/",
    f"/disclosure/{AGENCY}/",
    f"/disclosure/{AGENCY}/services/",
    f"/disclosure/{AGENCY}/items/",
    f"/board/{AGENCY}/",
    "/open/",
    "/search/",
    "/search/?q=教师",
    "/search/?q=没有这句话",
)
STATES = ("draft", "in_review", "ready", "published", "withdrawn", "kept", "dropped")


class Published(Places):
    """Where items, sheets, postings and issues are."""

    def item(self, state: str) -> int:
        return self.key("select max(id) from publishing_item where state = ?", state)

    def of_kind(self, kind: str) -> int:
        query = (
            "select max(p.item_id) from publishing_publication p join publishing_item i on i.id = p.item_id"
        )
        return self.key(f"{query} where i.kind = ? and p.ended_at is null and p.on_website = 1", kind)

    def known(self, title: str) -> int:
        """An item by its public title."""
        return self.key("select max(item_id) from publishing_publication where title = ?", title)

    def with_file(self) -> int:
        query = "select max(p.item_id) from publishing_publication p join publishing_publishedfile f"
        return self.key(f"{query} on f.publication_id = p.id where p.ended_at is null and p.on_website = 1")

    def gone(self) -> int:
        """One that was on the website and was taken back."""
        return self.key("select min(item_id) from publishing_publication where end = 'withdrawn'")

    def newest(self, table: str, state: str = "") -> int:
        """The newest record of a table, perhaps of those in a state."""
        if state:
            return self.key(f"select max(id) from publishing_{table} where state = ?", state)
        return self.key(f"select max(id) from publishing_{table}")

    def of_items(self) -> list[str]:
        base = "/office/publishing/items/"
        live = self.of_kind("service_guide")
        return [
            *(f"{base}{self.item(state)}/" for state in STATES),
            *(f"{base}{live}/{page}/" for page in ("edit", "preview", "postings", "withdraw", "wechat")),
            f"{base}{self.item('ready')}/publish/",
            f"{base}{self.item('draft')}/publish/",
            f"{base}{self.item('draft')}/edit/",
            f"/office/publishing/files/{self.newest('itemfile')}/",
            f"{base}{self.item('kept')}/reassess/",
        ]

    def of_the_rest(self) -> list[str]:
        base = "/office/publishing/"
        sheets = ("open", "returned", "complete", "recalled")
        return [
            *(f"{base}review/{self.newest('reviewsheet', state)}/" for state in sheets),
            f"{base}nodes/{self.newest('catalognode')}/",
            f"{base}nodes/{self.newest('catalognode')}/edit/",
            f"{base}library/{AGENCY}/{self.newest('normativedocument')}/",
            f"{base}entries/{self.newest('registerentry')}/",
            f"{base}matters/{self.newest('matter')}/",
            f"{base}posting/{self.newest('posting')}/",
            f"{base}plan-entries/{self.newest('planentry')}/",
            f"{base}transfers/batch/{self.newest('transferbatch')}/",
            *(
                f"{base}newsletters/issue/{self.newest('newsletterissue', state)}/"
                for state in ("draft", "released")
            ),
        ]

    def every_page(self) -> list[str]:
        """Every kind of page of the desk."""
        return [*DESK, *self.of_items(), *self.of_the_rest()]

    def public(self) -> list[str]:
        """Every kind of public page that items have."""
        kinds = ("service_guide", "normative_document", "interpretation", "disclosure_guide", "institution")
        return [
            *PUBLIC,
            *(f"/items/{self.of_kind(kind)}/" for kind in kinds),
            f"/items/{self.with_file()}/",
            f"/items/{self.with_file()}/files/1/preview/",
        ]
