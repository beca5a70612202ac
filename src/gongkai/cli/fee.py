"""``gongkai fee``: the processing fee, slice by slice."""

import argparse
from datetime import date

from gongkai.cli import console
from gongkai.cli.outcome import Refused
from gongkai.cli.printing import print_json
from gongkai.law.breach import LawBreach
from gongkai.law.fees import Fee, fee


def run(arguments: argparse.Namespace) -> int:
    try:
        charged = _fee(arguments)
    except LawBreach as breach:
        raise Refused(str(breach)) from breach
    if arguments.json:
        print_json(_as_json(charged))
        return 0
    console.say(f"信息处理费：{charged.amount} 元", "bold")
    for step in charged.steps:
        console.say(f"  {step}")
    console.say(f"依据：《政府信息公开条例》第四十二条，{charged.document}", "dim")
    return 0


def _fee(arguments: argparse.Namespace) -> Fee:
    on = arguments.on or date.today()
    if arguments.cases is not None:
        return fee("case", arguments.cases, on)
    return fee("page", arguments.pages, on)


def _as_json(charged: Fee) -> dict[str, object]:
    return {
        "basis": charged.basis,
        "quantity": charged.quantity,
        "amount": charged.amount,
        "slices": [
            {"first": part.first, "last": part.last, "rate": part.rate, "amount": part.amount}
            for part in charged.slices
        ],
        "article": f"第四十二条；{charged.document}",
    }
