"""What has to be known of a page and its file to bind it. Files nobody vouches for are asked in the child."""

import pikepdf
from pikepdf import Array, Dictionary, Name, Page

_LARGEST = 14_400
_DEEPEST = 50


def displayed(page: Page) -> tuple[float, float]:
    """A page's size as it is displayed, in points."""
    box = [float(side) for side in page.cropbox.as_list()]
    width, height = abs(box[2] - box[0]), abs(box[3] - box[1])
    if rotation(page.obj) % 180:
        width, height = height, width
    scale = min(float(page.obj.get("/UserUnit", 1)), _LARGEST / max(width, height, 1))
    return max(width * scale, 1), max(height * scale, 1)


def rotation(entries: pikepdf.Object) -> int:
    """By how many degrees a page is turned: as it says itself, or the node of the tree it hangs from."""
    for _ in range(_DEEPEST):
        if "/Rotate" in entries:
            return int(entries["/Rotate"])
        if "/Parent" not in entries:
            break
        entries = entries["/Parent"]
    return 0


def layers(document: pikepdf.Pdf) -> tuple[list[pikepdf.Object], list[pikepdf.Object]]:
    """The layers of a file, and those of them that are hidden."""
    properties = document.Root.get("/OCProperties", Dictionary())
    settings = properties.get("/D", Dictionary())
    found, shown, hidden = (
        [layer for layer in held.as_list() if layer.is_indirect]
        for held in (
            properties.get("/OCGs", Array()),
            settings.get("/ON", Array()),
            settings.get("/OFF", Array()),
        )
    )
    if settings.get("/BaseState") == Name.OFF:
        named = {layer.objgen for layer in shown}
        hidden = [layer for layer in found if layer.objgen not in named]
    return found, hidden
