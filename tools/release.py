"""`make release`: the site as one archive with its checksum, the same bytes each time it is made from the same input.

Writes release/waymark-VERSION.tar.gz (with LOCAL=surrey, of that local edition) and, beside it, a .sha256 that `sha256sum --check` reads. Every date in the
build and in the archive is the registry's own, so that neither the clock nor the machine leaves a trace.
"""

import calendar
import gzip
import hashlib
import os
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "hooks")]

from waymark_site.registry import RegistryFaults, edition, read  # noqa: E402

FOLDER = ROOT / "release"


def main() -> int:
    """Build the site and pack it. Exit 0 done, 1 it cannot be built."""
    try:
        head = read(ROOT / "services.yaml", ROOT / "quiz" / "questions.yaml", edition(ROOT, os.environ.get("LOCAL"))).registry
    except RegistryFaults as error:
        print(f"{error}\nNothing was packed.", file=sys.stderr)
        return 1
    day = epoch(head.date)
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", site], cwd=ROOT,
                              env=os.environ | {"SOURCE_DATE_EPOCH": str(day)}, check=False)
        if done.returncode:
            return 1
        FOLDER.mkdir(exist_ok=True)
        archive = FOLDER / f"waymark-{head.version}.tar.gz"
        checksum = pack(site, archive, day)
    print(f"{archive.relative_to(ROOT)}: {archive.stat().st_size / 1e6:.1f} MB\nsha256 {checksum}")
    return 0


def epoch(day: str) -> int:
    """The seconds at which a day (YYYY-MM-DD) begins."""
    return calendar.timegm(time.strptime(day, "%Y-%m-%d"))


def pack(site: Path, archive: Path, moment: int) -> str:
    """Write a folder as an archive with its checksum beside it; the checksum. Only names and contents count."""
    top = archive.name.removesuffix(".tar.gz")
    with archive.open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed, \
            tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for file in sorted(path for path in site.rglob("*") if path.is_file()):
            entry = tarfile.TarInfo(f"{top}/{file.relative_to(site).as_posix()}")
            entry.size, entry.mtime, entry.mode = file.stat().st_size, moment, 0o644
            with file.open("rb") as content:
                tar.addfile(entry, content)
    checksum = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(f"{archive.name}.sha256").write_text(f"{checksum}  {archive.name}\n", encoding="utf-8")
    return checksum


if __name__ == "__main__":
    sys.exit(main())
