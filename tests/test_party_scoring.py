"""The scorer of parties: what counts as found, what counts neither way, what points back."""

from __future__ import annotations

from party_scoring import Found, PartyTally, read_mark


def test_shares_of_what_was_marked_and_found() -> None:
    tally = PartyTally()
    marks = [
        read_mark(0, 4, "FRA", "t"), read_mark(6, 8, "DEU", ""), read_mark(10, 12, "USA", "n"),
        read_mark(20, 22, "=FRA+DEU", ""), read_mark(24, 26, "=USA", ""), read_mark(30, 32, "?RUS", ""),
    ]  # fmt: skip
    found = [
        Found(2, 4, "FRA", True), Found(6, 8, "POL", False), Found(14, 16, "ITA", False), Found(30, 32, "RUS", False),
        Found(20, 22, "FRA", False), Found(20, 22, "DEU", False), Found(40, 42, "CHN", False),
    ]  # fmt: skip
    tally.add(marks, found, [(40, 50)])
    told = tally.figures()
    assert (told["marks"], told["precision"], told["recall"]) == (3, 0.333, 0.333)
    assert told["right code"] == 0.667  # of three links one names another party than its words
    assert (told["titled"], told["titled known"]) == (1, 1.0)
    assert (told["back"], told["back told"], told["back right"]) == (2, 0.5, 1.0)
