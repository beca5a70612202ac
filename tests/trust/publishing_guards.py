"""What the database itself guards at the publishing desk, and by how many triggers."""

from gongkai.publishing import models as desk

LOGS = (
    desk.Edition, desk.EditionAuthor, desk.EditionFile, desk.Opinion, desk.Scan, desk.Waiver,
    desk.Attestation,
    desk.PublishedFile, desk.NodeVersion, desk.ValidityEvent, desk.Reassessment,
)  # fmt: skip
GUARDS_OF_THE_DESK = {
    **{model._meta.db_table: 2 for model in (*LOGS, desk.ReviewSheet)},
    desk.PublishedFile._meta.db_table: 3,
    desk.Publication._meta.db_table: 3,
}
