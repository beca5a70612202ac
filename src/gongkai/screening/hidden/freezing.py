"""Formulas and charts of a workbook turned into what they show, so that what they refer to may go."""

import re

from gongkai.screening.hidden.hits import unclean
from gongkai.screening.hidden.package import Package
from gongkai.screening.hidden.tree import Element, child, drop, drop_all, each, local

_LITERALS = {"numRef": ("numCache", "numLit"), "strRef": ("strCache", "strLit")}
_OTHER_SHEET = re.compile(r"!|\[\d+\]")


def freeze(package: Package, main: str) -> None:
    """What a reader sees stays; a formula nobody ever worked out stays where it refers to its own sheet only,
    and cannot be cleaned where it refers to others."""
    for one in list(package.related(main, "calcChain")):
        package.drop(one)
    for one in list(package.related(main, "worksheet")):
        tree = package.xml(one.target)
        if tree is not None:
            _values(tree)
            _drop_lists(tree)
            package.touch(one.target)
    for name in package.reachable():
        if "/charts/chart" in f"/{name}" and name.endswith(".xml"):
            tree = package.xml(name)
            if tree is not None:
                _literals(tree)
                package.touch(name)


def _values(tree: Element) -> None:
    for formula in list(each(tree, "f")):
        cell = formula.getparent()
        if cell is None or local(cell) != "c":
            continue
        value = child(cell, "v")
        if value is not None and value.text:
            drop(formula)
        elif _OTHER_SHEET.search(formula.text or ""):
            unclean("有的公式引用了隐藏的内容，而文件没有保存它的结果（请用 Excel 或 WPS 打开、保存一次）")()


def _drop_lists(tree: Element) -> None:
    """Rules that look into other sheets: choices of a cell, conditional formats."""
    for name in ("dataValidation", "cfRule"):
        for rule in list(each(tree, name)):
            if any("!" in (one.text or "") for one in each(rule, "formula", "formula1", "formula2", "f")):
                holder = rule.getparent()
                drop(rule)
                if holder is not None and not any(local(one) == name for one in holder):
                    drop(holder)


def _literals(tree: Element) -> None:
    for reference in list(each(tree, *_LITERALS)):
        cached, literal = _LITERALS[local(reference)]
        cache, holder = child(reference, cached), reference.getparent()
        if holder is None:
            continue
        if local(holder) == "tx":
            _name(holder, reference, cache)
        elif cache is None:
            drop(holder)
        else:
            kept = reference.makeelement(str(reference.tag).rpartition("}")[0] + "}" + literal)
            for one in list(cache):
                kept.append(one)
            holder.replace(reference, kept)
    drop_all(each(tree, "multiLvlStrRef"))
    drop_all(each(tree, "pivotSource"))


def _name(holder: Element, reference: Element, cache: Element | None) -> None:
    """The name of a series as plain text; a title cannot refer to nothing."""
    words = "".join(one.text or "" for one in each(cache, "v")) if cache is not None else ""
    above = holder.getparent()
    if above is not None and local(above) == "ser":
        kept = reference.makeelement(str(reference.tag).rpartition("}")[0] + "}v")
        kept.text = words
        holder.replace(reference, kept)
    else:
        drop(holder)
