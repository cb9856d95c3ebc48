"""Stands for Pyodide's loader of packages: every module is in the one archive, so none is ever loaded."""

from site import getsitepackages

from pyodide_js import loadedPackages  # noqa: F401  as in the original: Pyodide counts what it handed out


class _Folder:
    """A path, as far as JavaScript looks at it."""

    def __init__(self, path):
        self.path = path

    def __str__(self):
        return self.path


SITE_PACKAGES = _Folder(getsitepackages()[0])
DSO_DIR = _Folder("/usr/lib")


def init_loaded_packages():
    pass


def _left_out(*arguments, **named):
    raise ImportError("loading packages is left out")


unpack_buffer = get_install_dir = sub_resource_hash = get_dynlibs = _left_out
