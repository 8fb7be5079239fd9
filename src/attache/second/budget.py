"""What a run may spend: tokens and money, set aside by an estimate before each request, booked as the server counts."""

from __future__ import annotations

import asyncio

from attache.second.settings import Settings


class Spent(Exception):  # noqa: N818  (it ends the asking, not the run)
    """Nothing is left for another question; the message says of what."""


class Budget:
    """Counts tokens in and out. Used from one event loop only, whichever asks first."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._free = asyncio.Condition()
        self._aside = (0, 0)
        self.tokens_in = 0
        self.tokens_out = 0

    @property
    def money(self) -> float:
        """What has been spent."""
        return self._cost(self.tokens_in, self.tokens_out)

    def _cost(self, tokens_in: int, tokens_out: int) -> float:
        return (tokens_in * self._settings.price_in + tokens_out * self._settings.price_out) / 1e6

    def _lacks(self, tokens_in: int, tokens_out: int) -> str | None:
        """What a question of that size would pass, with all that is set aside."""
        all_in, all_out = self.tokens_in + tokens_in, self.tokens_out + tokens_out
        limit, money = self._settings.tokens, self._settings.money
        if limit is not None and all_in + all_out > limit:
            return f"{limit:,} tokens"
        if money is not None and self._cost(all_in, all_out) > money:
            return f"{money:g} in money"
        return None

    async def set_aside(self, tokens_in: int, tokens_out: int) -> None:
        """Hold back what a question may cost at most; waits for questions under way where those may leave enough.

        Raises:
            Spent: where even they cannot.
        """
        async with self._free:
            while lacks := self._lacks(tokens_in + self._aside[0], tokens_out + self._aside[1]):
                if self._aside == (0, 0) or self._lacks(tokens_in, tokens_out):
                    raise Spent(f"the budget of {lacks} is spent")
                await self._free.wait()
            self._aside = (self._aside[0] + tokens_in, self._aside[1] + tokens_out)

    async def settle(self, held: tuple[int, int], used: tuple[int, int]) -> None:
        """Book what a question did cost instead of what was held back for it."""
        async with self._free:
            self._aside = (self._aside[0] - held[0], self._aside[1] - held[1])
            self.tokens_in += used[0]
            self.tokens_out += used[1]
            self._free.notify_all()
