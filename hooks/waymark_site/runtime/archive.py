"""Zips with the same bytes for the same files, and one that a host compresses by itself."""

import io
import zipfile
from collections.abc import Mapping

Files = Mapping[str, bytes]
"""What is in an archive, by path."""

NAME = b"library"


def unzipped(archive: bytes) -> dict[str, bytes]:
    """The files of a zip."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {entry.filename: opened.read(entry) for entry in opened.infolist() if not entry.is_dir()}


def zipped(files: Files, onto: bytes = b"") -> bytes:
    """A zip of files, not compressed: what is sent compressed as a whole gets smaller. `onto`, a zip to add them to."""
    archive = io.BytesIO(onto)
    with zipfile.ZipFile(archive, "a") as opened:
        for path in sorted(files):
            opened.writestr(zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0)), files[path])
    return archive.getvalue()


def as_module(archive: bytes) -> bytes:
    """A zip inside a WebAssembly module that holds nothing else.

    Hosts compress WebAssembly on the way and leave zips as they are. A zip may have anything before it, so Python
    reads this file as the zip that it ends with.
    """
    section = _sized(NAME) + archive
    return b"\0asm\1\0\0\0" + b"\0" + _sized(section)


def _sized(content: bytes) -> bytes:
    """The content after its length, as WebAssembly writes numbers (LEB128)."""
    size, written = len(content), bytearray()
    while size > 0x7F:
        written.append(size & 0x7F | 0x80)
        size >>= 7
    written.append(size)
    return bytes(written) + content
