"""Jobs side by side, but for each site one after the other: the bounded pool that checks pages.

A site is let rest after each job of its lane for as long as that job says. Threads are few and wait for whatever
may run next, so that a site which rests for an hour keeps nobody from the others.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rest(Generic[T]):
    """What a job came to, and how many seconds its site is to be left alone after it."""

    result: T
    seconds: float


@dataclass(frozen=True, slots=True)
class _Waiting:
    site: str
    job: Callable[[], Rest[Any]]
    ended: Future[Any]


class Lanes:
    """A pool of at most `width` threads, with one lane for each site; `close` ends it."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._turn = threading.Condition()
        self._lanes: dict[str, deque[_Waiting]] = {}
        self._free_at: dict[str, float] = {}
        self._turns: list[tuple[float, int, str]] = []
        self._given = count()
        self._threads: list[threading.Thread] = []
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close(0)

    def put(self, site: str, job: Callable[[], Rest[T]]) -> Future[T]:
        """Run the job when its site's lane is free; the future has what it came to, or what it raised."""
        ended: Future[T] = Future()
        with self._turn:
            if site not in self._lanes:
                self._lanes[site] = deque()
                self._give_turn(site, self._free_at.pop(site, 0.0))
            self._lanes[site].append(_Waiting(site, job, ended))
            if len(self._threads) < self._width:
                self._threads.append(threading.Thread(target=self._work, daemon=True))
                self._threads[-1].start()
            self._turn.notify()
        return ended

    def close(self, grace: float) -> bool:
        """Drop what waits, and wait at most `grace` seconds for what runs; tell whether all of it ended."""
        with self._turn:
            self._closed = True
            for lane in self._lanes.values():
                for waiting in lane:
                    waiting.ended.cancel()
                lane.clear()
            self._turn.notify_all()
        end = time.monotonic() + grace
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _work(self) -> None:
        while task := self._next():
            rest = self._run(task)
            with self._turn:
                self._leave(task.site, time.monotonic() + rest)

    def _run(self, task: _Waiting) -> float:
        try:
            rest = task.job()
        except BaseException as error:  # noqa: BLE001 whoever waits for the job meets what it raised
            task.ended.set_exception(error)
            del task  # else it and the error's traceback keep each other, and all that the job held
            return 0.0
        task.ended.set_result(rest.result)
        return rest.seconds

    def _give_turn(self, site: str, moment: float) -> None:
        """Let a site have its next job from a moment on; each site with a lane has one turn, or runs."""
        heappush(self._turns, (moment, next(self._given), site))

    def _leave(self, site: str, rested: float) -> None:
        """Give a site whose job ended its next turn once it has rested; a lane that is empty goes."""
        if self._lanes[site]:
            self._give_turn(site, rested)
        else:
            del self._lanes[site]
            self._free_at[site] = rested

    def _next(self) -> _Waiting | None:
        with self._turn:
            while not self._closed:
                now = time.monotonic()
                if self._turns and self._turns[0][0] <= now:
                    _, _, site = heappop(self._turns)
                    if self._turns:
                        self._turn.notify()  # whoever wakes sees to the turns that are left
                    return self._lanes[site].popleft()
                self._turn.wait(self._turns[0][0] - now if self._turns else None)
            return None
