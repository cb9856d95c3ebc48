"""What this site leaves out of Material: its JavaScript, maps and the attributes that are not valid HTML."""

from mkdocs.exceptions import PluginError

TOGGLE = ' type="checkbox" id="__{}" autocomplete="off"'


def on_files(files, *, config):
    for file in list(files):
        if file.src_uri.startswith("assets/javascripts/") or file.src_uri.endswith(".map") \
                or file.src_uri in ("assets/images/favicon.png",):
            files.remove(file)


def mend(html):
    for name in ("drawer", "search"):
        old = TOGGLE.format(name)
        if html.count(old) != 1:
            raise PluginError(f"Material's base.html has changed: {old!r} does not stand there once")
        html = html.replace(old, old.removesuffix(' autocomplete="off"'))
    return html


def on_post_page(output, *, page, config):
    return mend(output)


def on_post_template(output, *, template_name, config):
    return mend(output) if template_name == "404.html" else output
