"""Whatever happens to the real registry, reading it gives a registry or its faults, and nothing else."""

import json

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.registry.real import FILES, covering, cut, data, written
from waymark_site.registry import Registry, RegistryFaults, read

PARTS = covering()
"""Services with every field that any service has. Each is damaged with all it rests on."""

JUNK = [
    None, True, False, 0, -1, 7, 2.5, -0.5, 10 ** 14, "", " ", "x", "yes", "null", "7", "2026-13-01", "²²²²-01-01",
    "20260101", "a\nb", "\t",
    "<b>x</b>", "javascript:x", "https://[", "jo@example.org", "\u202e", "\u2028", "\x7f", "\0", "𝛼", "x" * 3000, "*a",
    "&a x", "!!python/name:os.system",
    [], [[]], [None], ["x"], ["x", "x"], [7], [{}], {}, {"x": 1}, {"": {}}, {"id": "x"}, {"min": 1},
    {"min": 9, "max": 1},
    {"all": []}, {"any": [{}]}, {"not": {"not": None}}, {"from": 3}, {"from": 9, "to": 1}, {"focus": {"from": 1}},
    {"area": {"to": 2}}, {"age": "old"},
]
WAYS = ["drop", "retype", "swap", "corrupt", "duplicate", "empty", "rename", "graft"]

damages = st.lists(st.tuples(st.sampled_from(WAYS), st.integers(0, 2**20), st.integers(0, 2**20),
                             st.sampled_from(JUNK)), min_size=1, max_size=3)
signs = st.sampled_from([
    b"\n", b"\n\n", b"  ", b"\t", b": ", b"- ", b"? ", b"#", b"'", b'"', b"[", b"]", b"{", b"}", b"|\n", b"&a ", b"*a ", b"!x ",
    b"<<: ", b"%", b"@", b"---\n", b"...\n", b"\r", b"\0", b"\xff", b"\xe2\x80\xa8"])
scratches = st.lists(st.tuples(
    st.sampled_from(["cut", "insert", "repeat", "move", "flip"]), st.floats(0, 1, exclude_max=True), st.integers(1, 60),
    st.one_of(st.binary(max_size=4), signs)), min_size=1, max_size=4)


# —— Damage ——

def places(value):
    """Every value with what holds it: the holder, and the key or position."""
    for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(item, dict | list):
            yield from places(item)


def damage(plain, way, index, other, junk):
    """Damage one place of plain data, in one way."""
    every = list(places(plain))
    holder, key = every[index % len(every)]
    beside = list(holder) if isinstance(holder, dict) else range(len(holder))
    neighbour = beside[other % len(beside)]
    value = holder[key]
    if way == "drop":
        del holder[key]
    elif way == "retype":
        holder[key] = junk
    elif way == "swap":
        holder[key], holder[neighbour] = holder[neighbour], value
    elif way == "corrupt" and isinstance(value, str) and value:
        at = other % len(value)
        holder[key] = value[:at] + (junk if isinstance(junk, str) else chr(other % 0xD800)) + value[at + 1:]
    elif way == "duplicate" and isinstance(holder, list):
        holder.insert(other % (len(holder) + 1), value)
    elif way == "empty":
        holder[key] = type(value)()
    elif way == "rename" and isinstance(holder, dict):
        holder[junk if isinstance(junk, str) else f"{key}s"] = holder.pop(key)
    elif way == "graft":
        donor, name = every[other % len(every)]
        if name in donor if isinstance(donor, dict) else name < len(donor):
            holder[key] = json.loads(json.dumps(donor[name]))


def scratched(raw, way, place, length, new):
    """Bytes with one stretch cut, written over, repeated, moved or turned."""
    start = int(place * len(raw))
    end = min(len(raw), start + length)
    if way == "cut":
        return raw[:start] + raw[end:]
    if way == "insert":
        return raw[:start] + new + raw[start:]
    if way == "repeat":
        return raw[:end] + raw[start:end] + raw[end:]
    if way == "move":
        return raw[:start] + raw[end:] + raw[start:end]
    return raw[:start] + bytes(byte ^ (new[0] if new else 1) for byte in raw[start:end]) + raw[end:]


def assert_read_or_told(folder, raw):
    """Reading gives a registry, or faults that each say where, what, what instead and how to mend it."""
    file = folder / "services.yaml"
    file.write_bytes(raw)
    lines = {"services.yaml": len(raw.decode("utf-8", "replace").splitlines()) + 1, "questions.yaml": 1000}
    try:
        result = read(file, FILES[1])
    except RegistryFaults as error:
        assert error.faults
        for fault in error.faults:
            assert 1 <= fault.line <= lines[fault.file], fault
            assert fault.found.strip() and fault.expected.strip() and fault.mend.strip(), fault
            assert str(fault).startswith(f"{fault.file}:{fault.line}: ")
    else:
        assert isinstance(result, Registry)


# —— A service with all it rests on ——

@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("damaged")


@pytest.mark.parametrize("service", PARTS)
def test_a_registry_cut_down_is_sound(folder, service):
    (folder / "services.yaml").write_text(written(cut(service)), encoding="utf-8")
    assert isinstance(read(folder / "services.yaml", FILES[1]), Registry)


@pytest.mark.parametrize("service", PARTS)
def test_damaged_data_is_read_or_told(folder, service):
    sound = json.dumps(cut(service))

    @settings(max_examples=190)
    @given(damages)
    def damaged(every):
        plain = json.loads(sound)
        for one in every:
            damage(plain, *one)
        assert_read_or_told(folder, written(plain).encode("utf-8", "surrogatepass"))

    damaged()


@pytest.mark.parametrize("service", PARTS)
def test_damaged_bytes_are_read_or_told(folder, service):
    sound = yaml.dump(cut(service), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False).encode()

    @settings(max_examples=70)
    @given(scratches)
    @example([("cut", 0, len(sound), b"")])
    def damaged(every):
        raw = sound
        for one in every:
            raw = scratched(raw, *one)
        assert_read_or_told(folder, raw)

    damaged()


# —— The whole ——

@settings(max_examples=12)
@given(damages)
def test_damaged_data_of_the_whole_is_read_or_told(folder, every):
    plain = json.loads(json.dumps(data()))
    for one in every:
        damage(plain, *one)
    assert_read_or_told(folder, written(plain).encode("utf-8", "surrogatepass"))


@settings(max_examples=20)
@given(scratches)
def test_damaged_bytes_of_the_whole_are_read_or_told(folder, every):
    raw = FILES[0].read_bytes()
    for one in every:
        raw = scratched(raw, *one)
    assert_read_or_told(folder, raw)
