"""The pages for people: one module for each part of the site."""

from fastapi import APIRouter

from web.pages import captures, changes, checks, compare, now, review

ROUTERS: tuple[APIRouter, ...] = (
    now.router,
    changes.router,
    compare.router,
    captures.router,
    checks.router,
    review.router,
)
