"""The worksheets as files for a word processor, beside their pages."""

from mkdocs.structure.files import File

from waymark_site import worksheet_docx


def on_files(files, *, config):
    site = config.extra["site"]
    for sheet in site.worksheets:
        files.append(File.generated(config, sheet.file, content=worksheet_docx.content(site, sheet)))
