"""The comparison as files to take away, beside its page."""

from mkdocs.structure.files import File

from waymark_site import downloads


def on_files(files, *, config):
    for place, content in downloads.files(config.extra["site"], config.site_url or "").items():
        files.append(File.generated(config, place, content=content))
