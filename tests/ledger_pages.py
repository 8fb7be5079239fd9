"""Pages of one act each, for the tests of the ledger: what is not said differently is the same on all of them."""

from __future__ import annotations

from typing import Any

from attache.ledger.act import acts
from attache.ledger.light import Lit, lit, media
from attache.ledger.noun import Act, Verdict
from attache.record import Actor, EventType, Published
from build import Draft, party

FRANCE, GERMANY, AMERICA = party("FRA", "法国"), party("DEU", "德国"), party("USA", "美国")
FILL = "当天风很大，广场上没有多少人，两侧的商铺大多早早关了门。"
TOLD = "法国外长在里昂与德国外长举行会谈"


def tell(
    words: str = TOLD,
    type_: EventType = "CONSULT",
    *,
    uri: str = "page.txt",
    title: str = "里昂来电",
    actors: list[Actor] | None = None,
    recipients: list[Actor] | None = None,
    when: str | None = "2024-05-07",
    outlet: str | None = None,
    account: str | None = None,
    published: str | None = "2024-05-08",
    body: str = "",
    **more: Any,
) -> Draft:
    """A page that tells one act in these words, then ``body``."""
    shown = Published(edtf=published, basis="stated" if published else "unknown", why="by hand")
    paragraphs = [f"{words}。", *([body] if body else []), f"本报{uri}号稿。"]  # no two pages are one capture
    page = Draft(title, paragraphs, uri=uri, outlet=outlet or f"{uri}报", account=account, published=shown)
    sides = [FRANCE] if actors is None else actors, [GERMANY] if recipients is None else recipients
    page.event(type_, *sides, words, when=when, **more)
    return page


def lights(*pages: Draft) -> list[Lit]:
    """The pages as the ledger keeps them."""
    return [lit(page.record(), media()) for page in pages]


def acts_of(*pages: Draft, verdicts: tuple[Verdict, ...] = ()) -> list[Act]:
    """The acts that pages tell."""
    return acts(lights(*pages), verdicts, media())


def one_act(*pages: Draft) -> Act:
    """The act that all pages tell; fails where they tell several."""
    (act,) = acts_of(*pages)
    return act
