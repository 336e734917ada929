"""What a stranger, a hostile page or a careless browser can do with the archive in a browser: nothing."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import httpx

from monitor.settings import Secret
from storage import Archive
from tests.archive_rows import URL, served, whole_check
from tests.serving_web import PAGE, visiting
from web.safety import HEADERS

HOSTILE = b"""<html><head><title>Leaders</title><meta http-equiv="refresh" content="0;url=http://evil.example/">
<base href="http://evil.example/"><link rel="stylesheet" href="http://evil.example/a.css"></head>
<body onload="steal()"><script>steal()</script><main><h1>Leaders</h1><iframe src="http://evil.example/"></iframe>
<form action="http://evil.example/"><input name="q"><button>Go</button></form><a href="javascript:steal()">x</a>
<img src="http://evil.example/a.png" onerror="steal()"><svg onload="steal()"></svg><object data="x"></object>
<p style="background:url(http://evil.example/b.png)">plain words</p><style>@import "http://evil.example/c.css"</style>
</main></body></html>"""


def test_every_answer_carries_the_headers_that_hold_browsers_to_this_server(demo: httpx.Client) -> None:
    for where in ("/", f"{PAGE}/", "/static/style.css", "/nowhere", f"{PAGE}/captures/1/bytes"):
        headers = demo.get(where).headers
        assert {name: headers[name] for name in HEADERS} == HEADERS, where
    assert "'unsafe" not in HEADERS["content-security-policy"]
    assert "server" not in demo.get("/").headers


def test_no_page_has_a_script_or_a_style_of_its_own_or_anything_from_elsewhere(demo: httpx.Client) -> None:
    for where in ("", "changes", "changes/1", "compare?a=1&b=2", "checks", "review", "captures/1?view=page"):
        text = demo.get(f"{PAGE}/{where}").text
        assert not re.search(r"<style|<script(?! src=\"/static/)|\sstyle=|\son\w+=", text), where
        loads = re.findall(r"<(?:link|script|img|iframe|source)\b[^>]*?(?:src|href)=\"([^\"]*)\"", text)
        assert loads
        assert [each for each in loads if not each.startswith(("/static/", "/pages/"))] == [], where


def test_only_reading_is_possible(demo: httpx.Client) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"):
        response = demo.request(method, f"{PAGE}/review")
        assert (response.status_code, response.headers["allow"]) == (405, "GET, HEAD"), method


def test_head_answers_as_get_without_the_words(demo: httpx.Client) -> None:
    get, head = demo.get(f"{PAGE}/changes"), demo.head(f"{PAGE}/changes")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", get.headers["etag"])


def test_a_host_that_is_not_named_gets_nothing(demo_database: Path, demo: httpx.Client) -> None:
    for host in ("evil.example", "evil.example:8017", "127.0.0.1.evil.example", "", "[::1].evil.example"):
        response = demo.get(f"{PAGE}/", headers={"host": host})
        assert (response.status_code, "Sabatino" in response.text) == (400, False), host
    for host in ("localhost", "LOCALHOST:99", "127.0.0.1:1", "[::1]", "[::1]:8017"):
        assert demo.get(f"{PAGE}/", headers={"host": host}).status_code == 200, host
    with visiting(demo_database, hosts=("archive.example.org",)) as client:
        assert client.get("/", headers={"host": "archive.example.org"}).status_code == 307


def test_a_request_without_a_host_gets_nothing(demo: httpx.Client) -> None:
    with socket.create_connection(("127.0.0.1", demo.base_url.port or 0), timeout=10) as connection:
        connection.sendall(f"GET {PAGE}/ HTTP/1.0\r\n\r\n".encode())
        assert b" 400 " in connection.makefile("rb").readline()


def test_with_a_password_nobody_is_shown_anything_before_signing_in(demo_database: Path) -> None:
    with visiting(demo_database, user="press", password=Secret("pässword")) as client:
        for where in ("/", f"{PAGE}/", "/static/style.css", "/nowhere"):
            response = client.get(where)
            assert response.status_code == 401
            assert response.headers["www-authenticate"].startswith("Basic realm=")
        for auth in (("press", "wrong"), ("other", "pässword"), ("press", "")):
            assert client.get(f"{PAGE}/", auth=auth).status_code == 401
        for header in ("Bearer wrong", "Bearer", "Basic", "Basic !!!", "Basic /////w==", "Digest x", ""):
            assert client.get(f"{PAGE}/", headers={"authorization": header}).status_code == 401, header
        signed = httpx.BasicAuth(b"press", "pässword".encode())
        assert client.get(f"{PAGE}/", auth=signed).status_code == 200
        token = {b"authorization": "Bearer pässword".encode()}
        assert client.get(f"{PAGE}/", headers=token).status_code == 200


def test_a_captured_page_is_shown_without_anything_that_acts_or_loads(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "archive.db") as archive:
        number = archive.keep_capture(archive.page_id("agency", URL), served(HOSTILE)).id
    with visiting(tmp_path / "archive.db") as client:
        response = client.get(f"/pages/agency/captures/{number}/served")
        assert "plain words" in response.text
        content = response.text.partition('<body tabindex="0">')[2]
        assert not re.search(r"evil|steal|<(?!/?(main|h1|p|body|html)\b)|\s(style|on\w+|href|src)=", content)
        policy = response.headers["content-security-policy"]
        assert policy.startswith("sandbox; default-src 'none'")
        assert "allow-" not in policy
        exact = client.get(f"/pages/agency/captures/{number}/bytes")
        assert (exact.content, exact.headers["content-type"]) == (HOSTILE, "application/octet-stream")
        assert exact.headers["content-disposition"].startswith("attachment;")
        source = client.get(f"/pages/agency/captures/{number}?view=source").text
        assert "<script>steal" not in source
        assert "&lt;script&gt;steal" in source


def test_words_that_steer_the_direction_of_writing_are_shown_not_obeyed(tmp_path: Path) -> None:
    body = "<html><body><main><p>name \u202egnp.exe and \u2066more\u2069</p></main></body></html>"
    with Archive.open(tmp_path / "archive.db") as archive:
        number = archive.keep_capture(archive.page_id("agency", URL), served(body.encode())).id
        whole_check(archive, archive.page_id("agency", URL), 1)
    with visiting(tmp_path / "archive.db") as client:
        text = client.get(f"/pages/agency/captures/{number}?view=source").text
        assert "name \ufffdgnp.exe and \ufffdmore\ufffd" in text


def test_an_unchanged_answer_costs_a_304(demo: httpx.Client) -> None:
    for where in (f"{PAGE}/", f"{PAGE}/changes", "/static/style.css", f"{PAGE}/captures/1/served"):
        first = demo.get(where)
        for held in (first.headers["etag"], f"W/{first.headers['etag']}", f'"other", {first.headers["etag"]}'):
            again = demo.get(where, headers={"if-none-match": held})
            assert (again.status_code, again.content) == (304, b""), (where, held)
        assert demo.get(where, headers={"if-none-match": '"other"'}).status_code == 200
        assert first.headers["cache-control"] == "no-cache"


def test_behind_a_proxy_links_keep_the_path_that_it_serves(demo_database: Path) -> None:
    with visiting(demo_database, root_path="/watch", hosts=("archive.example.org",)) as client:
        assert client.get("/").headers["location"] == f"/watch{PAGE}/"
        text = client.get(f"{PAGE}/changes").text
        links = re.findall(r"(?:href|src|action)=\"(/[^\"]*)\"", text)
        assert len(links) > 10
        assert [link for link in links if not link.startswith("/watch/")] == []
        assert client.get("/static/style.css").status_code == 200
        assert 'href="/watch/"' in client.get("/nowhere").text
