"""Names for other programs that stay the same wherever the site stands: version 5 UUIDs of our own stable ids."""

import uuid


def stable(kind: str, *ids: str) -> uuid.UUID:
    """The UUID of a thing of a kind: the same ids always give the same."""
    return uuid.uuid5(uuid.NAMESPACE_URL, ":".join(("urn:waymark", kind, *ids)))
