"""Every address of the site, who may pass its door, and what stands in its place for an address of ours.

A route that is not named here has no declared expectation, and the build fails.
"""

from dataclasses import dataclass, field
from typing import Any

OFFICE = {"officer", "head", "leader", "reviewer"}
SECTION = {"clerk", "chief"}
OTHER_SECTION = {"other_clerk", "other_chief"}
ELSEWHERE = {"supervisor", "stranger"}
STAFF = OFFICE | SECTION | OTHER_SECTION | ELSEWHERE
OUTSIDE = {"anonymous", "applicant"}
EVERYBODY = STAFF | OUTSIDE

Ids = dict[str, Any]


@dataclass(frozen=True)
class Door:
    """Who passes, and the parameters: a text names the id of something in the office, anything else is
    itself. ``typed`` is what is posted."""

    passes: str
    given: Ids = field(default_factory=dict)
    typed: Ids = field(default_factory=dict)


def _case(**given: Any) -> Door:
    return Door("case", {"pk": "case"} | given)


def _letter(**given: Any) -> Door:
    return Door("case", {"pk": "letter"} | given)


def _remedy(**given: Any) -> Door:
    return Door("case", {"pk": "remedy"} | given)


def _report(**given: Any) -> Door:
    return Door("report", {"pk": "report"} | given)


AGENCY = Door("agency", {"slug": "edu"})
SUPERVISED = Door("agency or above", {"slug": "edu"})
MEMBERS = Door("above", {"slug": "above", "year": 2025})
OWN = Door("staff")
OPEN = Door("everybody")
APPLYING = Door("everybody", {"slug": "edu"})
TRACKING = Door("everybody")
EDU = {"slug": "edu"}

DOORS = {
    # The desk.
    **{
        f"casework:{name}": OWN
        for name in ("today", "subscribe", "unsubscribe", "list", "search", "keep_list", "statistics",
                     "letters", "grounds")
    },
    "casework:feed": Door("everybody", {"token": "no-such-secret"}),
    "casework:export_list": Door("staff", {"kind": "csv"}),
    "casework:export_statistics": Door("staff", {"kind": "csv"}),
    "casework:ground": Door("staff", {"code": "denied.state_secret"}),
    "casework:drop_list": Door("officer", {"pk": "kept_list"}),
    **{
        f"casework:{name}": AGENCY
        for name in ("calendar_days", "approve_days", "settle_year", "profile", "functions", "receive",
                     "import", "import_template", "patterns")
    },
    "casework:drop_day": Door("agency", {"pk": "day"}),
    "casework:import_preview": Door("agency", {"slug": "edu", "pk": "upload"}),
    **{
        f"casework:{name}": _case()
        for name in ("assign", "accept", "claim", "send_back", "add_co_worker", "remove_co_worker",
                     "internal_due", "arrived", "confirm", "fix_receipt", "receipt", "keep_file", "message",
                     "case", "identity", "proof", "proof_pdf", "redecide", "decide")
    },
    "casework:strike": _case(event_pk="event"),
    "casework:act": _case(act="withdraw"),
    "casework:proof_of": _case(what="answer"),
    "casework:proof_of_pdf": _case(what="answer"),
    "casework:file": Door("case", {"pk": "file"}),
    "casework:redact": Door("case", {"pk": "file"}),
    "casework:page_image": Door("case", {"pk": "file", "page": 1}),
    "casework:letter": Door("case", {"pk": "letter"}, {"do": "redraft", "revision": 1}),
    "casework:letter_file": _letter(file_format="docx"),
    "casework:service": _letter(),
    "casework:log_service": Door("case", {"pk": "service"}),
    "casework:service_receipt": Door("case", {"pk": "service", "file_format": "docx"}),
    # Remedies.
    "remedies:list": OWN,
    "remedies:of_case": Door("case", {"case_pk": "case"}),
    "remedies:register": Door("case", {"case_pk": "case"}),
    "remedies:case_bundle": Door("case", {"case_pk": "case"}),
    "remedies:remedy": _remedy(),
    "remedies:act": _remedy(act="hearing"),
    "remedies:strike": _remedy(event_pk="remedy_event"),
    "remedies:paper": _remedy(file_pk="paper"),
    "remedies:bundle": _remedy(),
    # The annual report.
    "reporting:desk": OWN,
    "reporting:start": AGENCY,
    "reporting:count": AGENCY,
    "reporting:members": MEMBERS,
    "reporting:total": MEMBERS,
    **{
        f"reporting:{name}": _report()
        for name in ("overview", "figures", "fill", "take_cut", "prose", "import", "waive")
    },
    "reporting:cell": _report(address="table3.granted.natural_person"),
    "reporting:preview": _report(reading_pk="reading"),
    "reporting:withdraw_waiver": _report(waiver_pk="waiver"),
    "reporting:export": _report(kind="json"),
    "reporting:move": _report(act="sign"),
    # Notices, the agency, the trail, oneself.
    "notices:inbox": OWN,
    "notices:read": Door("head", {"pk": "notice"}),
    "notices:read_all": OWN,
    "notices:preferences": OWN,
    "agencies:agency": SUPERVISED,
    "agencies:add_section": SUPERVISED,
    "agencies:seat": SUPERVISED,
    "agencies:open_account": SUPERVISED,
    "agencies:place": Door("agency or above", EDU | {"pk": "membership"}),
    "agencies:remove": Door("agency or above", EDU | {"what": "role", "pk": "membership"}),
    "audit:trail": OWN,
    "pieces:gallery": OWN,
    "sign_in": OPEN,
    "sign_out": OWN,
    "password": OWN,
    # The website.
    **{
        f"portal:{name}": OPEN
        for name in ("home", "reports", "check", "type_size", "apply", "apply_done", "apply_leave", "track",
                     "track_leave")
    },
    # What is published. Nothing is, in this office.
    **{f"portal:{name}": OPEN for name in ("disclosure_home", "feed", "sitemap", "robots", "open_data")},
    "portal:sitemap_part": Door("everybody", {"name": "pages"}),
    **{f"portal:{name}": OPEN for name in ("search", "suggest", "search_feed", "subscribe")},
    **{f"portal:{name}": OPEN for name in ("contrast", "accessibility")},
    "portal:subscription": Door("everybody", {"token": "no-such-secret"}),
    "portal:kiosk": APPLYING,
    **{f"portal:{name}": APPLYING for name in ("disclosure", "services", "items", "agency_feed")},
    **{f"portal:{name}": Door("nobody", EDU | {"code": "20-1"}) for name in ("category", "category_feed")},
    "portal:item": Door("nobody", {"pk": 1}),
    "portal:item_file": Door("nobody", {"pk": 1, "order": 1}),
    "portal:item_preview": Door("nobody", {"pk": 1, "order": 1}),
    "portal:item_picture": Door("nobody", {"pk": 1, "sha256": "0" * 64}),
    "portal:item_paper": Door("nobody", {"pk": 1, "kind": "pdf"}),
    **{
        f"portal:open:{name}": OPEN
        for name in ("api-root", "openapi-json", "agencies", "items", "items_csv", "reports", "reports_csv",
                     "registers")
    },
    "portal:open:catalog": APPLYING,
    "portal:open:item": Door("nobody", {"pk": 1}),
    "portal:open:report": Door("nobody", {"slug": "edu", "year": 2025}),
    "portal:report": Door("nobody", {"slug": "edu", "year": 2025}),
    "portal:download": Door("nobody", {"slug": "edu", "year": 2025, "kind": "json"}),
    "portal:apply_receipt": Door("nobody", {"place": 1}),
    **{f"portal:apply_{name}": APPLYING for name in ("what", "advice", "who", "review")},
    **{
        f"portal:track_{name}": TRACKING
        for name in ("case", "message", "supplement", "withdraw", "confirm", "data")
    },
    "portal:track_letter": Door("own letter", {"pk": "letter"}),
    "portal:track_file": Door("own letter", {"pk": "file"}),
}  # fmt: skip

_PASSES = {
    "everybody": EVERYBODY,
    "staff": STAFF,
    "nobody": set(),
    "own letter": set(),
    "agency": OFFICE | SECTION | OTHER_SECTION,
    "agency or above": OFFICE | SECTION | OTHER_SECTION | {"supervisor"},
    "report": OFFICE | SECTION | OTHER_SECTION,
    "above": {"supervisor"},
    "officer": {"officer"},
    "head": {"head"},
}


def passes(door: Door, viewer: str, in_section: bool) -> bool:
    """Whether somebody passes; a case is seen by the disclosure office and by the section that has it."""
    if door.passes == "case":
        return viewer in OFFICE or (in_section and viewer in SECTION)
    return viewer in _PASSES[door.passes]
