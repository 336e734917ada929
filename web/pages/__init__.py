"""The pages for people: one module for each part of the site."""

from fastapi import APIRouter

from web.pages import captures, changes, checks, compare, feeds, health, now, review, subjects, timeline

ROUTERS: tuple[APIRouter, ...] = (
    now.router,
    timeline.router,
    subjects.router,
    changes.router,
    compare.router,
    captures.router,
    checks.router,
    feeds.router,
    health.router,
    review.router,
)
