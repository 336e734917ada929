"""Lanes: sites side by side, each of them one job after the other, with its rest between them."""

from __future__ import annotations

import gc
import threading
import time
import weakref
from functools import partial
from itertools import pairwise

import pytest

from monitor.lanes import Lanes, Rest


def test_jobs_come_to_what_they_return_or_raise() -> None:
    def broken() -> Rest[int]:
        raise ValueError("oh dear")

    with Lanes(2) as lanes:
        assert lanes.put("a", lambda: Rest(7, 0)).result(5) == 7
        with pytest.raises(ValueError, match="oh dear"):
            lanes.put("a", broken).result(5)
        assert lanes.put("a", lambda: Rest(8, 0)).result(5) == 8


def test_what_a_job_held_is_let_go_when_it_fails() -> None:
    class Body:
        pass

    def broken() -> Rest[int]:
        body = Body()
        held.append(weakref.ref(body))
        raise ValueError("oh dear")

    held: list[weakref.ref[Body]] = []
    with Lanes(1) as lanes:
        gc.disable()
        try:
            with pytest.raises(ValueError, match="oh dear"):
                lanes.put("a", broken).result(5)
            lanes.put("a", lambda: Rest(None, 0)).result(5)
            assert held[0]() is None
        finally:
            gc.enable()


def test_a_site_is_asked_for_one_thing_at_a_time_and_rests_between_them() -> None:
    spans: list[tuple[float, float]] = []

    def job() -> Rest[None]:
        begun = time.monotonic()
        threading.Event().wait(0.01)
        spans.append((begun, time.monotonic()))
        return Rest(None, 0.05)

    with Lanes(4) as lanes:
        for ended in [lanes.put("a", job) for _ in range(3)]:
            ended.result(5)
    assert all(later[0] - sooner[1] >= 0.05 for sooner, later in pairwise(spans))


def test_a_site_that_rests_keeps_nobody_from_the_others() -> None:
    with Lanes(1) as lanes:
        lanes.put("slow", lambda: Rest(None, 3600)).result(5)
        waiting = lanes.put("slow", lambda: Rest(None, 0))
        assert lanes.put("quick", lambda: Rest("done", 0)).result(5) == "done"
        assert not waiting.done()
    assert waiting.cancelled()


def test_a_site_that_has_rested_is_asked_again_though_other_sites_keep_everybody_else_busy() -> None:
    released = threading.Event()

    def endless() -> Rest[None]:
        released.wait(30)
        return Rest(None, 0)

    with Lanes(2) as lanes:
        lanes.put("a", lambda: Rest(None, 0.05))
        again = lanes.put("a", lambda: Rest("asked again", 0))
        lanes.put("b", endless)
        assert again.result(5) == "asked again"
        released.set()


def test_at_most_so_many_sites_are_asked_at_a_time() -> None:
    running, most, lock, gate = 0, 0, threading.Lock(), threading.Barrier(3, timeout=5)

    def job(meets: bool) -> Rest[None]:
        nonlocal running, most
        with lock:
            running, most = running + 1, max(most, running + 1)
        if meets:
            gate.wait()
        with lock:
            running -= 1
        return Rest(None, 0)

    with Lanes(3) as lanes:
        jobs = [lanes.put(str(site), partial(job, site < 3)) for site in range(9)]
        for ended in jobs:
            ended.result(5)
    assert most == 3


def test_what_runs_at_the_end_is_waited_for_as_long_as_one_likes() -> None:
    begun, released = threading.Event(), threading.Event()

    def job() -> Rest[None]:
        begun.set()
        released.wait(30)
        return Rest(None, 0)

    lanes = Lanes(2)
    lanes.put("a", job)
    begun.wait(5)
    assert not lanes.close(0.05)
    released.set()
    assert lanes.close(5)
