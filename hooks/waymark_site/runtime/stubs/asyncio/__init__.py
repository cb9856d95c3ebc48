"""Stands for asyncio, which Pyodide imports at every start and an engine that only answers never uses.

Anything asked of it is an ImportError, so that the page takes the whole library instead.
"""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    raise ImportError(f"asyncio.{name} is left out")
