"""Signatures by the Standard Webhooks scheme, version 1: HMAC-SHA256 over identity, time and body.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import binascii
import hmac
from hashlib import sha256

PREFIX = "whsec_"
SHORTEST, LONGEST = 24, 64
"""How many bytes a secret may have, by the scheme."""


def secret_key(written: str) -> bytes:
    """Return the bytes of a secret as it is written down: base64 behind "whsec_". Raises ValueError."""
    try:
        key = base64.b64decode(written.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("it is not base64") from None
    if not SHORTEST <= len(key) <= LONGEST:
        raise ValueError(f"it has {len(key)} bytes")
    return key


def signature(key: bytes, signed: bytes) -> str:
    """Return the signature as its header carries it; `signed` is "identity.seconds.body"."""
    return "v1," + base64.b64encode(hmac.digest(key, signed, sha256)).decode()
