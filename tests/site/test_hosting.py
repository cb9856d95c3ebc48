"""The recipes for hosts work as written: nginx with our file, a host below a folder and without headers, and an archive."""

import gzip
import hashlib
import os
import re
import shutil
import socket
import subprocess
import tarfile
import time
import urllib.error
import urllib.request

import pytest
import yaml

from tests.site.building import ROOT, built_in
from tests.site.hosting import headers_at, rules_of
from tests.site.reading import Pages
from tools import release

RECIPES = ROOT / "tools" / "hosting"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
WRAPPER = """\
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log warn;
events {{}}
http {{ {paths} include {folder}/waymark.conf; }}
"""
PATHS = "".join(f"{name}_temp_path {{folder}}/{name}; " for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))


# —— nginx ——

@pytest.fixture(scope="module")
def host(built, tmp_path_factory):
    """The address of nginx with our file, in which only what a reader is told to set is set."""
    if NGINX is None or not os.path.exists("/etc/nginx/mime.types"):
        pytest.skip("no nginx on this machine: apt install nginx-light")
    folder = tmp_path_factory.mktemp("nginx")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    recipe = (RECIPES / "nginx.conf").read_text(encoding="utf-8")
    for old, new in (("listen 80;", f"listen 127.0.0.1:{port};"), ("root /srv/waymark;", f"root {built};")):
        assert recipe.count(old) == 1
        recipe = recipe.replace(old, new)
    (folder / "waymark.conf").write_text(recipe, encoding="utf-8")
    (folder / "nginx.conf").write_text(WRAPPER.format(folder=folder, paths=PATHS.format(folder=folder)), encoding="utf-8")
    server = subprocess.Popen([NGINX, "-e", folder / "error.log", "-c", folder / "nginx.conf"], stderr=subprocess.PIPE)
    try:
        for _ in range(100):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, (folder / "error.log").read_text()
            time.sleep(.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def ask(address, **headers):
    """The status, headers and body of an answer, redirects not followed."""
    try:
        with urllib.request.build_opener(_Stay).open(urllib.request.Request(address, headers=headers), timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


APART = ("assets", "engine", "api", "data", "open-referral")


def one_of_each_kind(built):
    """One file of each kind that the site has, and one of each folder with a rule of its own."""
    files = {}
    for file in sorted(path for path in built.rglob("*") if path.is_file() and path.suffix not in (".br", ".gz")):
        name = file.relative_to(built).as_posix()
        files.setdefault((name.split("/")[0] if name.startswith(APART) else "", file.suffix), name)
    return sorted(files.values())


def test_nginx_sends_with_every_kind_of_file_the_headers_of_the_site(host, built):
    rules = rules_of(built)
    for name in one_of_each_kind(built):
        status, headers, body = ask(f"{host}/{name}")
        assert (status, body) == (200, (built / name).read_bytes()), name
        wanted = {"Cache-Control": "no-cache"} | dict(headers_at(rules, f"/{name}"))
        assert {key: headers.get_all(key) for key in wanted} == {key: [value] for key, value in wanted.items()}, name


@pytest.mark.parametrize(("suffix", "kind"), [
    (".html", "text/html; charset=utf-8"), (".wasm", "application/wasm"), (".mjs", "text/javascript; charset=utf-8"),
    (".js", "text/javascript; charset=utf-8"), (".css", "text/css; charset=utf-8"), (".svg", "image/svg+xml"),
    (".json", "application/json; charset=utf-8"), (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")])
def test_nginx_names_the_kind_of_each_file(host, built, suffix, kind):
    name = next((name for name in one_of_each_kind(built) if name.endswith(suffix)), None)
    if name is None:
        pytest.skip(f"this build has no {suffix}")
    assert ask(f"{host}/{name}")[1]["Content-Type"] == kind


def test_nginx_serves_pages_at_their_addresses_and_our_own_page_for_what_is_not_there(host, built):
    assert ask(f"{host}/")[2] == (built / "index.html").read_bytes()
    assert ask(f"{host}/services/idva/")[2] == (built / "services" / "idva" / "index.html").read_bytes()
    status, headers, _ = ask(f"{host}/services/idva")
    assert (status, headers["Location"]) == (301, "/services/idva/")
    for address in ("/no/such/page/", "/no-such-page", "/services/idva/no.html"):
        status, headers, body = ask(host + address)
        assert (status, body) == (404, (built / "404.html").read_bytes()), address
        assert headers["Content-Security-Policy"]


def test_nginx_knows_the_addresses_without_an_ending(host, built):
    """Each rule of `_redirects`, for the first thing that it stands for."""
    rules = [line.split() for line in (built / "_redirects").read_text(encoding="utf-8").splitlines() if line.startswith("/")]
    assert len(rules) > 5
    for address, file, code in rules:
        found = next(built.glob(file.lstrip("/").replace(":id", "*")))
        status, headers, body = ask(host + address.replace(":id", found.stem))
        assert (status, code, body) == (200, "200", found.read_bytes()), address
        assert headers["Access-Control-Allow-Origin"] == "*" and headers.get_content_type() == "application/json"


def test_nginx_sends_what_lies_ready_compressed(host, built):
    packed = next((file for file in sorted(built.rglob("*.gz")) if file.with_suffix("").is_file() and "engine" in file.parts), None)
    if packed is None:
        pytest.skip("built without the engine, so nothing lies ready compressed")
    _, headers, body = ask(f"{host}/{packed.with_suffix('').relative_to(built).as_posix()}", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip" and body == packed.read_bytes()
    _, headers, body = ask(f"{host}/", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip" and gzip.decompress(body) == (built / "index.html").read_bytes()


def test_the_nginx_file_has_the_policy_of_the_site(built):
    """Also where there is no nginx to run it."""
    recipe = (RECIPES / "nginx.conf").read_text(encoding="utf-8")
    sent = dict(re.findall(r'add_header (\S+) "([^"]+)" always;', recipe))
    assert sent == dict(headers_at(rules_of(built), "/"))


# —— Below a folder, without headers: GitHub Pages ——

def test_a_site_below_a_folder_asks_for_nothing_above_it(tmp_path):
    below = Pages(built_in(ROOT, tmp_path / "site", SITE_URL="https://name.example/waymark/"))
    for page in below.values():
        found = {element.get(name) for element in page.root.iter() for name in ("href", "src") if element.get(name)}
        assert {one for one in found if one.startswith("/") and not one.startswith("/waymark/")} == set(), page.url
        assert page.meta("http-equiv", "Content-Security-Policy"), page.url


def test_the_workflow_runs_what_the_makefile_has():
    workflow = yaml.safe_load((RECIPES / "github-pages.yml").read_text(encoding="utf-8"))
    verbs = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    commands = [step["run"] for step in workflow["jobs"]["publish"]["steps"] if "run" in step]
    assert commands == ["make check", "make build"] and {command.split()[1] for command in commands} <= verbs


# —— The archive ——

def test_the_same_site_is_the_same_archive_whenever_and_wherever_it_is_packed(built, tmp_path):
    copy = tmp_path / "elsewhere"
    shutil.copytree(built, copy)
    for number, file in enumerate(sorted(copy.rglob("*"), reverse=True)):
        os.utime(file, (number, number))
        if file.is_file():
            file.chmod(0o600)
    sums = []
    for number, site in enumerate((built, copy)):
        folder = tmp_path / str(number)
        folder.mkdir()
        sums.append(release.pack(site, folder / "waymark-1.tar.gz", release.epoch("2026-11-21")))
    assert sums[0] == sums[1]
    (copy / "index.html").write_text("another page")
    assert release.pack(copy, tmp_path / "1" / "waymark-1.tar.gz", release.epoch("2026-11-21")) != sums[0]


def test_the_archive_holds_every_file_of_the_site_and_its_checksum_is_right(built, tmp_path):
    archive = tmp_path / "waymark-1.tar.gz"
    checksum = release.pack(built, archive, release.epoch("2026-11-21"))
    assert checksum == hashlib.sha256(archive.read_bytes()).hexdigest()
    assert (tmp_path / "waymark-1.tar.gz.sha256").read_text() == f"{checksum}  waymark-1.tar.gz\n"
    if shutil.which("sha256sum"):
        assert subprocess.run(["sha256sum", "--check", "waymark-1.tar.gz.sha256"], cwd=tmp_path, capture_output=True).returncode == 0
    with tarfile.open(archive) as tar:
        entries = tar.getmembers()
        held = {entry.name: tar.extractfile(entry).read() for entry in entries}
    assert held == {f"waymark-1/{file.relative_to(built).as_posix()}": file.read_bytes() for file in built.rglob("*") if file.is_file()}
    assert {(entry.uid, entry.gid, entry.uname, entry.mode, entry.mtime) for entry in entries} == {
        (0, 0, "", 0o644, release.epoch("2026-11-21"))}
