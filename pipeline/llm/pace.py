"""No more requests and tokens in any minute than the settings allow, over all threads."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

_WINDOW_S = 60.0


@dataclass
class Turn:
    """A place in the minute: the instant at which a request may go, and the tokens it counts for."""

    at: float
    tokens: int


class Pace:
    """Gives each request its turn, first come first served; a limit of None does not limit.

    A question larger than a whole minute's tokens goes alone, when the minute before it is empty.
    """

    def __init__(
        self,
        *,
        requests_per_minute: int | None,
        tokens_per_minute: int | None,
        sleep: Callable[[float], None],
        clock: Callable[[], float],
    ) -> None:
        self._requests = requests_per_minute
        self._tokens = tokens_per_minute
        self._sleep = sleep
        self._clock = clock
        self._turns: deque[Turn] = deque()
        self._lock = threading.Lock()

    def wait(self, tokens: int) -> Turn:
        """Sleeps until a request of so many tokens may go; hands back its turn, whose tokens may be set right later."""
        with self._lock:
            now = self._clock()
            while self._turns and self._turns[0].at <= now - _WINDOW_S:
                self._turns.popleft()
            turn = Turn(at=self._earliest(tokens, now), tokens=tokens)
            self._turns.append(turn)
        if turn.at > now:
            self._sleep(turn.at - now)
        return turn

    def _earliest(self, tokens: int, now: float) -> float:
        """The first instant at which the minute then ending has room beside all turns given out, future ones too."""
        at, inside = now, self._turns.copy()
        while inside and not self._fits(inside, tokens):
            at = max(at, inside.popleft().at + _WINDOW_S)
        return at

    def _fits(self, inside: deque[Turn], tokens: int) -> bool:
        if self._requests is not None and len(inside) >= self._requests:
            return False
        return self._tokens is None or sum(turn.tokens for turn in inside) + tokens <= self._tokens
