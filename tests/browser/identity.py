"""A provider of identities on this machine: as much of OpenID Connect as signing in needs, with people to choose from.

It checks what a real one would: the client's secret, the address that is gone back to, and PKCE (RFC 7636).
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "footnote", "a word between the two"


class Provider:
    """Serves until it is closed; `people` are the subjects that one can sign in as."""

    def __init__(self, *people: str) -> None:
        self.people = people
        self.key = RSAKey.generate_key(2048, parameters={"kid": "1", "alg": "RS256", "use": "sig"})
        self.codes: dict[str, dict[str, str]] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"provider": self}))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def secrets(self) -> str:
        """The app's secrets.toml."""
        return (
            f'[auth]\nredirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"\n'
            f'cookie_secret = "{secrets.token_hex(32)}"\nclient_id = "{CLIENT}"\nclient_secret = "{SECRET}"\n'
            f'server_metadata_url = "{self.issuer}/.well-known/openid-configuration"\n'
        )

    def described(self) -> dict[str, object]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def choice(self, asked: dict[str, str]) -> str:
        """The page on which a person says who they are."""
        links = "".join(f'<p><a href="/as?{urlencode({**asked, "who": who})}">{who}</a></p>' for who in self.people)
        return f"<!doctype html><title>Who are you?</title>{links}"

    def back(self, asked: dict[str, str]) -> str:
        """Where the browser goes with its code."""
        code = secrets.token_hex(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> dict[str, object] | None:
        """What a code is worth; None where anything about it is wrong."""
        asked = self.codes.pop(form["code"], None)
        expected = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '%20')}".encode()).decode()
        plain = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        if (
            asked is None
            or authorization.removeprefix("Basic ") not in (expected, plain)
            or form["redirect_uri"] != asked["redirect_uri"]
            or challenge.decode() != asked["code_challenge"]
        ):
            return None
        now, who = int(time.time()), asked["who"]
        claims = {"iss": self.issuer, "sub": who, "aud": CLIENT, "iat": now, "exp": now + 300}
        claims |= {"nonce": asked["nonce"], "name": who.title(), "email": f"{who}@example.org", "email_verified": True}
        signed = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key)
        return {"access_token": secrets.token_hex(8), "token_type": "Bearer", "expires_in": 300, "id_token": signed}

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        path, asked = urlsplit(self.path).path, fields(urlsplit(self.path).query)
        if path == "/authorize":
            self.answer(200, "text/html", self.provider.choice(asked))
        elif path == "/as":
            self.answer(302, "text/plain", "", Location=self.provider.back(asked))
        elif path == "/jwks":
            self.answer(200, "application/json", json.dumps({"keys": [self.provider.key.as_dict(private=False)]}))
        else:
            self.answer(200, "application/json", json.dumps(self.provider.described()))

    def do_POST(self) -> None:
        form = fields(self.rfile.read(int(self.headers["Content-Length"])).decode())
        made = self.provider.token(form, self.headers.get("Authorization", ""))
        said = json.dumps(made or {"error": "invalid_grant"})
        self.answer(200 if made else 400, "application/json", said)

    def answer(self, status: int, kind: str, text: str, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        pass


def fields(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
