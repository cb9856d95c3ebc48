"""Pages from the registry: made in memory, with the HTML of theme/fragments as their content.

A page written by hand asks for generated content with `fragment: name` in its front matter.
"""

import posixpath

import yaml
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.toc import AnchorLink, TableOfContents

from waymark_site import pages, render


def on_files(files, *, config):
    for page in pages.generated(config.extra["site"]):
        head = yaml.safe_dump({"title": page.title, "description": page.description, "scripts": list(page.scripts)},
                              allow_unicode=True)
        file = File.generated(config, f"{page.url.rstrip('/')}.md", content=f"---\n{head}---\n",
                              inclusion=InclusionLevel.NOT_IN_NAV)
        file.waymark_page = page
        files.append(file)


def on_nav(nav, *, config, files):
    for file in files:
        page = getattr(file, "waymark_page", None)
        if page:
            file.page.parent = files.get_file_from_path(posixpath.join(page.parent, "index.md")).page


def on_page_content(html, *, page, config, files):
    made = getattr(page.file, "waymark_page", None)
    if made is None:
        name = page.meta.get("fragment")
        if name is None:
            return None
        url = "" if page.file.url in ("./", ".") else page.file.url
        made = pages.Page(url, name, page.title or "")
    if not html.strip():  # the fragment brings the heading: tell the theme where its skip link leads
        page.toc = TableOfContents([AnchorLink(page.title or "", "top", 1)])
    return html + str(render.fragment(config.extra["site"], made, page.canonical_url or "", config.repo_url or ""))
