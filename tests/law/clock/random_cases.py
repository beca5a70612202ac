"""Random cases for the clock, in the exchange form: lawful ones and ones that go wrong."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

FIRST, LAST = date(2019, 5, 15), date(2026, 12, 31)
WHO = ("third_party", "co_maker", "agency")
CHOICES = {
    "consultation_span": ("after_sending", "from_sending"),
    "fee_clock": ("restart", "suspend"),
    "reasons_clock": ("runs", "stands"),
    "extension_once_per": ("case", "period"),
}
# What may come next and how often it is drawn, by what the case waits for.
WORKING = {
    "supplement_requested": 4, "consultation_opened": 6, "extended": 4, "fee_noticed": 3,
    "reasons_requested": 3, "answered": 2, "withdrawn": 1,
}  # fmt: skip
WAITED_FOR = ("supplemented", "consultation_closed", "fee_paid", "reasons_given", "delayed")
ANYTHING = (*WORKING, *WAITED_FOR, "received")


class Teller:
    """Tells one case: mostly what could lawfully come next, now and then anything."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.day = FIRST + timedelta(days=random.randrange((LAST - FIRST).days + 1))
        self.asking: list[str] = []
        self.waiting = self.reasons = ""
        self.done: set[str] = set()

    def tell(self) -> list[dict[str, Any]]:
        first: dict[str, Any] = {"kind": "received", "on": self.day.isoformat()}
        if self.random.random() < 0.04:
            first["ordered_until"] = (self.day + timedelta(days=self.random.randint(-2, 90))).isoformat()
        events = [first]
        for _ in range(self.random.choice((0, 1, 2, 3, 4, 5, 6, 8, 11))):
            event = self.next_event()
            events.append(event)
            if event["kind"] in ("answered", "withdrawn") and self.random.random() < 0.95:
                break
        return events

    def next_event(self) -> dict[str, Any]:
        astray = self.random.random() < 0.03
        kind = self.random.choice(ANYTHING) if astray else self.likely()
        self.day += timedelta(days=self.pause())
        event: dict[str, Any] = {"kind": kind, "on": self.day.isoformat()}
        event |= self.particulars(kind)
        self.remember(kind, event)
        return event

    def pause(self) -> int:
        draw = self.random.random()
        if draw < 0.004:
            return -1
        if draw < 0.20:
            return 0
        return self.random.randint(1, 8) if draw < 0.93 else self.random.randint(9, 45)

    def likely(self) -> str:
        weights = {kind: weight for kind, weight in WORKING.items() if kind not in self.done}
        if self.waiting:
            weights = {"supplemented" if self.waiting == "supplement" else "fee_paid": 8, "answered": 1}
            weights["consultation_opened"] = 1
        if self.asking:
            weights["consultation_closed"] = 7
        if self.reasons == "asked":
            weights["reasons_given"] = 6
        if self.reasons == "given" and not self.waiting:
            weights["delayed"] = 3
        return self.random.choices(list(weights), list(weights.values()))[0]

    def particulars(self, kind: str) -> dict[str, Any]:
        draw = self.random
        if kind == "consultation_opened":
            return {"with": draw.choice(WHO)}
        if kind == "consultation_closed" and draw.random() < 0.9:
            return {"with": draw.choice(self.asking or WHO)}
        if kind == "extended":
            return {"days": draw.randint(1, 20) if draw.random() < 0.97 else draw.choice((0, 21, -3))}
        if kind == "delayed":
            return {"until": (self.day + timedelta(days=draw.randint(-2, 90))).isoformat()}
        if kind == "supplement_requested" and draw.random() < 0.5:
            return {"until": (self.day + timedelta(days=draw.randint(0, 20))).isoformat()}
        return {}

    def remember(self, kind: str, event: dict[str, Any]) -> None:
        if kind in ("supplement_requested", "fee_noticed"):
            self.waiting = "supplement" if kind == "supplement_requested" else "fee"
        elif kind in ("supplemented", "fee_paid"):
            self.waiting = ""
            self.done.discard("extended")
        elif kind == "consultation_opened":
            self.asking.append(event["with"])
        elif kind == "consultation_closed" and self.asking:
            who = event.get("with", self.asking[0])
            if who in self.asking:
                self.asking.remove(who)
        elif kind == "reasons_requested":
            self.reasons = "asked"
        elif kind == "reasons_given":
            self.reasons = "given"
        if kind not in ("consultation_opened", "consultation_closed", "delayed"):
            self.done.add(kind)


def random_cases(seed: int, count: int) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """``count`` cases with the choices of the unsettled points to judge them by, the same for the
    same seed. Seven in ten are judged by the choices as shipped."""
    random = Random(seed)
    for number in range(count):
        region = random.choice((None, "65-xinjiang"))
        case = {"id": f"{seed}-{number}", "region": region, "events": Teller(random).tell()}
        drawn = random.random() < 0.3
        yield case, {code: random.choice(choices) for code, choices in CHOICES.items()} if drawn else {}
