"""Stands for the reading of files beside modules, which importlib brings in and nothing here does.

Anything asked of it is an ImportError, so that the page takes the whole library instead.
"""


class abc:
    """The module of that name, in which `importlib.abc` looks for names that moved away."""

    __all__ = ()


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise ImportError(f"importlib.resources.{name} is left out")
