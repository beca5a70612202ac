"""Every address of the publishing desk and of the public site beside it, and who may pass its door.

``item``: whoever sees the item, that is the disclosure office, the reviewers and its own section.
``agency``: whoever works in the agency. A route that is not named here fails the build.
"""

from tests.trust.doors import Door

SEE_ALL = {"officer", "head", "secrecy", "leader"}
SECTION = {"clerk", "chief"}
OTHERS = {"other_clerk", "stranger", "anonymous"}
VIEWERS = SEE_ALL | SECTION | OTHERS
PASSES = {
    "item": SEE_ALL | SECTION,
    "agency": SEE_ALL | SECTION | {"other_clerk"},
    "staff": VIEWERS - {"anonymous"},
    "giver": {"head", "officer"},
    "case": {"officer", "head", "leader"},
    "everybody": VIEWERS,
}


def _doors(passes: str, names: str, **given: object) -> dict[str, Door]:
    return {f"publishing:{name}": Door(passes, given) for name in names.split()}


_SLUG = {"slug": "edu"}
_REGISTER = {"slug": "edu", "kind": "penalty"}
DESK = {
    **_doors("staff", "list search waiting delegations"),
    **_doors("staff", "export", kind="csv"),
    # One item, its files, its sheets.
    **_doors(
        "item",
        "item edit preview submit drop scan waive attest publish on_website withdraw add_file"
        " mark_institution link_item reassess item_postings wechat wechat_package wechat_text send_wechat",
        pk="item",
    ),
    **_doors("item", "sheet", pk="item", size="a4"),
    **_doors("item", "cancel_plan", pk="planned item", planned_pk="planned"),
    **_doors(
        "item", "file file_data picture remove_file rename_file replace_file clean_file mask_file", pk="file"
    ),
    **_doors("item", "review review_print recall refer", pk="sheet"),
    **_doors("item", "answer", pk="sheet", referral_pk="referral"),
    **_doors("giver", "end_delegation", pk="delegation"),
    **_doors("item", "unlink_item", pk="link"),
    # The catalog and its duties.
    **_doors("agency", "draft catalog start_catalog catalog_changes add_node guides settings", **_SLUG),
    **_doors("agency", "export_catalog", kind="xlsx", **_SLUG),
    **_doors(
        "agency", "node change_node move_node retire_node revive_node assign_below add_stage", pk="node"
    ),
    **_doors("agency", "stage_item remove_stage", pk="stage"),
    **_doors(
        "agency",
        "duties lateness channel_gaps stale rescans plan add_plan_entry copy_plan withheld transfers",
        **_SLUG,
    ),
    **_doors("agency", "export_duties export_channel_gaps export_plan export_withheld", kind="csv", **_SLUG),
    **_doors("agency", "plan_entry", pk="plan entry"),
    **_doors("agency", "transfer", pk="batch"),
    **_doors("agency", "export_transfer", pk="batch", kind="csv"),
    # Registers.
    **_doors("agency", "library enter_document suggestions", **_SLUG),
    **_doors("agency", "library_export", kind="csv", **_SLUG),
    **_doors(
        "agency", "library_document edit_document enter_validity strike_document", pk="document", **_SLUG
    ),
    **_doors("agency", "strike_validity", pk="document", event_pk="validity", **_SLUG),
    **_doors("agency", "register enter_matter enter_decision", **_REGISTER),
    **_doors("agency", "register_export", form="csv", **_REGISTER),
    **_doors("agency", "matter strike_matter", pk="matter"),
    **_doors(
        "agency",
        "register_entry revoke_decision take_back_decision link_decision strike_decision",
        pk="entry",
    ),
    **_doors("agency", "import_register import_register_template", register="decisions", **_REGISTER),
    **_doors("agency", "import_preview", pk="register file"),
    **_doors("case", "convert", pk="case"),
    **_doors("agency", "decide_conversion draft_conversion", pk="suggestion"),
    # Channels.
    **_doors("agency", "postings find_postings board hang finder newsletters", **_SLUG),
    **_doors("agency", "export_postings", kind="csv", **_SLUG),
    **_doors("agency", "finder_sheet", size="a4", **_SLUG),
    **_doors("item", "posting remove_posting strike_posting add_proof", pk="posting"),
    **_doors("item", "posting_proof", pk="proof"),
    **_doors("agency", "finder_line drop_finder_line move_finder_line", pk="finder line"),
    **_doors("agency", "newsletter add_newsletter_entries release_newsletter drop_newsletter", pk="issue"),
    **_doors("agency", "newsletter_file", pk="issue", kind="docx"),
    **_doors("agency", "newsletter_entry", pk="newsletter entry"),
    **_doors("item", "wechat_step wechat_published wechat_removed", pk="article"),
}
IDS = {
    "item", "planned item", "planned", "file", "sheet", "referral", "delegation", "link", "node", "stage",
    "plan entry", "batch", "document", "validity", "matter", "entry", "register file", "case", "suggestion",
    "posting", "proof", "finder line", "issue", "newsletter entry", "article",
}  # fmt: skip
