"""A package, so that no other `tests` that something installed can stand in its place."""
