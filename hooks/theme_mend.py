"""What this site leaves out of Material: its JavaScript, and the controls that only its JavaScript works."""

import re

from mkdocs.exceptions import PluginError

DEAD = tuple(re.compile(pattern) for pattern in (
    r'<input class="md-toggle" data-md-toggle="drawer"[^>]*>',
    r'<input class="md-toggle" data-md-toggle="search"[^>]*>',
    r'<label class="md-overlay" for="__drawer"></label>',
    r'<div class="md-dialog" data-md-component="dialog">\s*<div class="md-dialog__inner md-typeset"></div>\s*</div>',
))
"""Each stands once in Material's base.html: a change there must be looked at, not passed over."""


def on_files(files, *, config):
    for file in list(files):
        if file.src_uri.startswith("assets/javascripts/") or file.src_uri.endswith(".map") \
                or file.src_uri == "assets/images/favicon.png":
            files.remove(file)


def mend(html):
    for pattern in DEAD:
        html, count = pattern.subn("", html)
        if count != 1:
            raise PluginError(f"Material's base.html has changed: {pattern.pattern} was found {count} times, not once")
    return html


def on_post_page(output, *, page, config):
    return mend(output)


def on_post_template(output, *, template_name, config):
    return mend(output) if template_name == "404.html" else output
