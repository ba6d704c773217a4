"""Access tokens that look like Commerce Layer's: a JWT with the documented claims, and a signature that is none."""

import base64
import json
from collections.abc import Mapping

from aggregator.sandbox.chance import seeded

ISSUER = "https://auth.commercelayer.io"
PROVISIONING_SCOPE = "provisioning-api"


def access_token(number: int, now: float, lifetime: float, scope: str) -> str:
    """A JWT of the documented shape (RS512; claims user, application, scope, exp, test, rand, iat, iss).

    It is *not* signed: the last part is made-up bytes. Clients read the claims and cannot check the signature.
    """
    rng = seeded("commerce-layer-token", number)
    header = {"alg": "RS512", "typ": "JWT", "kid": "sandbox"}
    claims = {
        "user": {"id": "zYxWvUtSrQ"},
        "application": {"id": "aBcDeFgHiJ", "kind": "user", "public": False, "confidential": True},
        "scope": scope,
        "exp": int(now + lifetime),
        "test": False,
        "rand": rng.random(),
        "iat": int(now),
        "iss": ISSUER,
    }
    return ".".join((_part(header), _part(claims), _encoded(rng.randbytes(512))))


def _part(claims: Mapping[str, object]) -> str:
    return _encoded(json.dumps(claims, separators=(",", ":")).encode())


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
