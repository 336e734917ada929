"""Whether two captures say the same, told from their bytes alone."""

from __future__ import annotations

import re
from hashlib import sha256

from model import Capture
from scraper.arrival import content_type

_UNSEEN = re.compile(rb'<(?:script\b[^<>]*>[^<]*</script>|!--[^<>]*-->|input\b[^<>]*>|meta name="csrf[^<>]*>)')
_NONCE = re.compile(rb' nonce="[^"<>]*"')
_VIEW = re.compile(rb"js-view-dom-id-[0-9a-f]+")


def content_digest(capture: Capture) -> str:
    """Return a digest of what a capture says and where it came from.

    What a server writes anew into every answer and no reader sees is left out: nonces, the tokens in form fields,
    Drupal's view ids, and scripts without markup in them. Captures of one digest read the same; those that only
    read the same (a teaser beside the main part is another one) may have different digests.
    """
    said = _UNSEEN.sub(b"", capture.body)
    for written_anew in (_NONCE, _VIEW):
        said = written_anew.sub(b"", said)
    return sha256(f"{capture.final_url}\n{content_type(capture)}\n".encode() + said).hexdigest()
