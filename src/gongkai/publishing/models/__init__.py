"""The records of the publishing desk."""

from gongkai.publishing.models.catalog import CatalogNode, DisclosureClass, Milestone, NodeVersion, PlanEntry
from gongkai.publishing.models.channels import FinderLine, NewsletterEntry, NewsletterIssue, WechatArticle
from gongkai.publishing.models.items import (
    Edition,
    EditionAuthor,
    EditionFile,
    Hand,
    Item,
    ItemFile,
    ItemLink,
    Reassessment,
)
from gongkai.publishing.models.office import PublishingProfile
from gongkai.publishing.models.publication import (
    Channel,
    Planned,
    Posting,
    Publication,
    PublicChange,
    PublishedFile,
    Suggestion,
    TransferBatch,
    TransferLine,
)
from gongkai.publishing.models.registers import (
    Matter,
    NormativeDocument,
    RegisterEntry,
    RegisterKind,
    ValidityEvent,
)
from gongkai.publishing.models.review import (
    Attestation,
    Delegation,
    Opinion,
    Referral,
    ReviewSheet,
    Scan,
    Waiver,
)

__all__ = [
    "Attestation",
    "CatalogNode",
    "Channel",
    "Delegation",
    "DisclosureClass",
    "Edition",
    "EditionAuthor",
    "EditionFile",
    "FinderLine",
    "Hand",
    "Item",
    "ItemFile",
    "ItemLink",
    "Matter",
    "Milestone",
    "NewsletterEntry",
    "NewsletterIssue",
    "NodeVersion",
    "NormativeDocument",
    "Opinion",
    "PlanEntry",
    "Planned",
    "Posting",
    "PublicChange",
    "Publication",
    "PublishedFile",
    "PublishingProfile",
    "Reassessment",
    "Referral",
    "RegisterEntry",
    "RegisterKind",
    "ReviewSheet",
    "Scan",
    "Suggestion",
    "TransferBatch",
    "TransferLine",
    "ValidityEvent",
    "Waiver",
    "WechatArticle",
]
