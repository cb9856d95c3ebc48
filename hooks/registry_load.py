"""Read and check the registry once a build; every other hook has it as config.extra["site"].

With LOCAL=surrey, the local edition of `local/surrey.yaml` is merged into it.
"""

import sys
from pathlib import Path

from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [path for path in (str(ROOT), str(ROOT / "hooks")) if path not in sys.path]

from waymark_site import changelog, pages  # noqa: E402
from waymark_site.registry import RegistryFaults, edition, opened  # noqa: E402
from waymark_site.site import Site  # noqa: E402


@event_priority(100)
def on_config(config):
    try:
        read = opened(Path(config.extra.get("services", ROOT / "services.yaml")), ROOT / "quiz" / "questions.yaml",
                      edition(ROOT, config.extra.get("local")))
    except RegistryFaults as error:
        raise PluginError(f"The registry cannot be used.\n{error}") from None
    try:
        versions = changelog.read(Path(config.docs_dir, changelog.FILE))
    except changelog.NotKept as error:
        raise PluginError(str(error)) from None
    site = config.extra["site"] = Site(read.registry, versions)
    if unmet := pages.unmet(site):
        raise PluginError("The registry does not suit the site.\n" + "\n".join(unmet))


def on_serve(server, *, config, builder):
    if config.extra.get("local"):  # not under `watch` in mkdocs.yml: most projects have no such folder
        server.watch(str(ROOT / "local"))
    return server
