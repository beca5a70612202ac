"""Packages of office programs changed part by part, as a program would that plants something in them."""
# ruff: noqa: PLR0913, PLR0917 (what is planted is written in one piece)

import io
import re
import zipfile
from collections.abc import Callable

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {info.filename: file.read(info) for info in file.infolist()}


def packed(content: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in content.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(zipfile.ZipInfo(name), data, kind)
    return out.getvalue()


def edited(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """The package with one part changed."""
    content = parts(data)
    before = content[name].decode()
    after = change(before)
    assert after != before, f"nothing changed in {name}"
    content[name] = after.encode()
    return packed(content)


def put(data: bytes, name: str, pattern: str, replacement: str) -> bytes:
    """The first place of a part that fits ``pattern`` replaced."""
    return edited(
        data, name, lambda text: re.sub(pattern, lambda _: replacement, text, count=1, flags=re.DOTALL)
    )


def before(data: bytes, name: str, mark: str, addition: str) -> bytes:
    """Something put before the first ``mark`` of a part."""
    return edited(data, name, lambda text: text.replace(mark, addition + mark, 1))


def after(data: bytes, name: str, mark: str, addition: str) -> bytes:
    return edited(data, name, lambda text: text.replace(mark, mark + addition, 1))


def related(
    data: bytes,
    source: str,
    kind: str,
    target: str,
    content: bytes | None,
    type_: str = "",
    external: bool = False,
) -> tuple[bytes, str]:
    """The package with another part (or a link out of it) that ``source`` refers to, and the key."""
    all_parts = parts(data)
    folder, _, base = source.rpartition("/")
    rels = f"{folder}/_rels/{base}.rels" if folder else f"_rels/{base}.rels"
    listed = all_parts.get(rels, f'<Relationships xmlns="{RELS}"></Relationships>'.encode()).decode()
    listed = re.sub(r"<Relationships([^>]*)/>", r"<Relationships\1></Relationships>", listed)
    key = f"rIdPlanted{len(all_parts)}{listed.count('Planted')}"
    mode = ' TargetMode="External"' if external else ""
    address = target if external else "/" + target
    type_url = kind if "://" in kind else f"{REL}/{kind}"
    entry = f'<Relationship Id="{key}" Type="{type_url}" Target="{address}"{mode}/>'
    all_parts[rels] = listed.replace("</Relationships>", entry + "</Relationships>").encode()
    if content is not None:
        all_parts[target] = content
        override = f'<Override PartName="/{target}" ContentType="{type_ or "application/xml"}"/>'
        types = all_parts["[Content_Types].xml"].decode()
        all_parts["[Content_Types].xml"] = types.replace("</Types>", override + "</Types>").encode()
    return packed(all_parts), key
