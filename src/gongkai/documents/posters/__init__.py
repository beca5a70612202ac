"""What hangs on the bulletin board (公开栏): posters, the finder, and service guides, in large type."""

from gongkai.documents.posters.printing import SIZES, directory, guide_poster, poster
from gongkai.documents.posters.sheets import (
    SIX_DISCLOSURES,
    Board,
    DirectoryRow,
    DirectorySheet,
    GuideSheet,
    PosterSheet,
)

__all__ = [
    "SIX_DISCLOSURES",
    "SIZES",
    "Board",
    "DirectoryRow",
    "DirectorySheet",
    "GuideSheet",
    "PosterSheet",
    "directory",
    "guide_poster",
    "poster",
]
