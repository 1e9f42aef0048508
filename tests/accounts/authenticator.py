"""A phone with passkeys, in software: makes real keys and signs real answers, and can be told to misbehave."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40
ES256 = -7


def written(raw):
    """Bytes as browsers write them: base64url without padding."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def read(text):
    """The bytes of what `written` gave."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Phone:
    """Keeps one passkey a desk, as a discoverable credential; `origin` is what its browser's address line says."""

    def __init__(self, origin="http://localhost:8000", rp_id="localhost"):
        self.origin = origin
        self.rp_id = rp_id
        self.flags = PRESENT | VERIFIED
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = secrets.token_bytes(32)
        self.user_handle = b""
        self.count = 0

    def create(self, options):
        """The answer to `navigator.credentials.create(options)`."""
        asked = json.loads(options)
        assert asked["authenticatorSelection"]["residentKey"] == "required"
        self.user_handle = read(asked["user"]["id"])
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + self._attested()}
        return self._answer(
            {
                "clientDataJSON": written(self._client_data("webauthn.create", asked)),
                "attestationObject": written(cbor2.dumps(attestation)),
                "transports": ["internal", "hybrid"],
            }
        )

    def get(self, options):
        """The answer to `navigator.credentials.get(options)`."""
        self.count += 1
        client_data = self._client_data("webauthn.get", json.loads(options))
        signed = self._data(0)
        signature = self.key.sign(signed + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": written(client_data),
                "authenticatorData": written(signed),
                "signature": written(signature),
                "userHandle": written(self.user_handle),
            }
        )

    def _answer(self, response):
        credential = written(self.credential_id)
        return json.dumps({"id": credential, "rawId": credential, "type": "public-key", "response": response})

    def _client_data(self, kind, asked):
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin}).encode()

    def _data(self, more):
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([self.flags | more]) + self.count.to_bytes(4, "big")

    def _attested(self):
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: ES256, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        length = len(self.credential_id).to_bytes(2, "big")
        return bytes(16) + length + self.credential_id + cbor2.dumps(cose)
