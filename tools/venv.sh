#!/bin/sh
# sh tools/venv.sh PYTHON LOCK: put the packages pinned in LOCK into .venv. Debian's Python may lack venv: install it where we may, else say so.
set -eu
python=$1 lock=$2
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || {
    echo "Waymark needs Python 3.11 or newer; '$python' is missing or older. Set PYTHON=... to another." >&2
    exit 1
}
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing python3-venv"
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv >/dev/null
    else
        echo "Python's venv module is missing. On Debian: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi
echo "Setting up .venv from $lock"
[ -x .venv/bin/pip ] || "$python" -m venv .venv
.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
