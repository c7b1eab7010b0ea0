"""What a sealed cookie says, for tests of what must not stand in it."""

import base64
import zlib

from okoce.foundation.shared.keys import decrypt


def opened(purpose: str, sealed: str) -> str:
    return zlib.decompress(decrypt(purpose, base64.urlsafe_b64decode(sealed))).decode()
