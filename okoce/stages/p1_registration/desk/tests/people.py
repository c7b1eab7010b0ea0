"""What an officer types at the desk."""

import itertools
import uuid

_serial = itertools.count(1)


def typed(**told: str) -> dict[str, str]:
    """A form as the browser sends it: everything that is needed, and what the test says otherwise."""
    number = next(_serial)
    return {
        "key": str(uuid.uuid4()),
        "district": "Senen, Kota Jakarta Pusat, DKI Jakarta",
        "name": "Siti Aminah",
        "phone": f"0813{number:08d}",
        "consent": "on",
        **told,
    }
