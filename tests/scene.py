"""Two pages that tell overlapping acts, for the tests of the report and of the terminal."""

from __future__ import annotations

from attache.record import Commitment, Forecast, Place, Process, Published, Record, Round, Unsure
from build import Draft, party

NAMES = {
    "UNK": ("不明方", "an unnamed party"),
    "FRA": ("法国", "France"),
    "DEU": ("德国", "Germany"),
    "USA": ("美国", "United States"),
    "NATO": ("北约", "NATO"),
}
FRANCE, GERMANY, AMERICA = party("FRA", "法国"), party("DEU", "德国"), party("USA", "美国")
MACRON = party("FRA", "马克龙", "总统", "马克龙")
NOBODY = party(None, text="某临时委员会")
TOLD = "法国总统马克龙五月七日在里昂与德国代表会谈"


def draft() -> Draft:
    """An agency page: a meeting, an aid pledge, a denied refusal, a demand, a plan, a forecast, a verdict."""
    page = Draft(
        "法德代表在里昂会谈",
        [
            f"{TOLD}，原先选定的地点是美因茨。德国承诺明年提供超过3亿欧元的援助。",
            "《莱茵晚报》援引知情人士说，美国五月九日拒绝派人参加。美国国务院否认收到过邀请。",
            "法国要求德国在六月底以前答复。据传双方还将对某临时委员会实施制裁。",
            "如果六月仍无答复，里昂这条路恐怕走不下去。说到底，这不过是一场秀。明眼人谁看不出来呢？",
        ],
        uri="lyon.txt",
    )
    at = page.text.index("里昂与德国")
    page.event(
        "CONSULT", [MACRON], [GERMANY], TOLD, when="2024-05-07", mode="visit",
        when_basis=page.time("五月七日", "2024-05-07"),
        where=[Place(text="里昂", start=at, end=at + 2, country="FRA", city="Lyon", role="venue")],
    )  # fmt: skip
    return _rest(page)


def _rest(page: Draft) -> Draft:
    pledge = page.event(
        "AGREE", [GERMANY], [FRANCE], "德国承诺明年提供超过3亿欧元的援助", when="2025",
        quantities=[page.quantity("3亿欧元", 300_000_000, "EUR", bound="over")],
    )  # fmt: skip
    page.event(
        "REJECT", [AMERICA], [FRANCE, GERMANY], "美国五月九日拒绝派人参加", when="2024-05-09", mode="meet",
        claimants=[page.claimant("《莱茵晚报》"), page.claimant("知情人士", "unnamed")],
        disputed_by=[page.claimant("美国国务院", "party", "USA")], disclosed="2024-05-10",
    )  # fmt: skip
    demand = page.event("REQUEST", [FRANCE], [GERMANY], "法国要求德国在六月底以前答复")
    page.event(
        "SANCTION", [FRANCE, GERMANY], [NOBODY], "双方还将对某临时委员会实施制裁", status="future",
        claimants=[page.claimant("据传", "hearsay")],
    )  # fmt: skip
    page.statement(
        "attributed", "denial", "美国国务院否认收到过邀请", claimants=[page.claimant("美国国务院", "party", "USA")],
        about=[page.span("《莱茵晚报》援引知情人士说，美国五月九日拒绝派人参加。")],
    )  # fmt: skip
    page.statement("opinion", "judgement", "说到底，这不过是一场秀。")
    page.statement(
        "page", "reason", "如果六月仍无答复，里昂这条路恐怕走不下去",
        cause=page.span("六月仍无答复"), effect=page.span("里昂这条路恐怕走不下去"),
    )  # fmt: skip
    page.statement("page", "position", "法国要求德国在六月底以前答复")
    forecast = page.span("如果六月仍无答复，里昂这条路恐怕走不下去")
    page.forecasts.append(
        Forecast(
            who=None, by_writer=True, condition=page.span("如果六月仍无答复"), what=forecast, horizon=None,
            scorable=False, evidence=forecast,
        )
    )  # fmt: skip
    for kind, event in (("pledge", pledge), ("demand", demand)):
        page.commitments.append(
            Commitment(
                kind=kind, by=event.actors[0], to=event.recipients, about=event.evidence, status="open",  # type: ignore[arg-type]
                steps=[event.evidence],
            )
        )  # fmt: skip
    planned = page.where("美因茨", "DEU", "Mainz", "moved from")
    page.processes.append(_process(page, planned))
    page.unsure.append(Unsure(what="sentence", why="names no party", span=page.span("明眼人谁看不出来呢？")))
    page.unsure.append(Unsure(what="date", why="a reason without a span"))
    page.outcome("德国承诺明年", "events")
    page.outcome("美国五月九日", "events", "statements")
    page.outcome("说到底", "judgement")
    return page


def _process(page: Draft, planned: Place) -> Process:
    meeting = Round(
        when="2024-05-07", venue=None, planned_venue=planned, present=["DEU", "FRA"], evidence=[page.span(TOLD)]
    )
    return Process(name="DEU–FRA", parties=["DEU", "FRA"], shut_out=["USA"], rounds=[meeting])


def page() -> Record:
    """The agency page."""
    return draft().record()


def copy() -> Record:
    """A site that prints the same meeting in nearly the same words, in traditional script, without its own date."""
    told = "法國總統馬克龍五月七日於里昂與德國代表會談"
    page = Draft(
        "里昂會談登場",
        [f"{told}，場外有人守候。"],
        uri="copy.txt",
        outlet=None,
        account="萊茵小站",
        published=Published(edtf="2024-05-07/2024-05-09", basis="bounded", why="by hand"),
    )
    page.event("CONSULT", [GERMANY], [MACRON], told, when="2024-05-07")
    return page.record()


def other() -> Record:
    """A third page, in words of its own."""
    body = ["巴黎方面七日派员同柏林来的人见了面，谈了整整一个下午。"]
    page = Draft("巴黎与柏林坐下来谈", body, uri="other.txt", outlet="远峰网")
    page.event("CONSULT", [FRANCE], [GERMANY], "巴黎方面七日派员同柏林来的人见了面", when="2024-05-07")
    return page.record()


def everything() -> list[Record]:
    """All pages."""
    return [page(), copy(), other()]
