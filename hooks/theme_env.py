"""What the theme's own templates need: dates in words."""

from waymark_site import render


def on_env(env, *, config, files):
    env.filters["day"] = render.day
    return env
