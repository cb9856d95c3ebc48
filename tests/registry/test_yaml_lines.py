"""The file is read strictly, never crashes the reader, and every fault names its line."""

import pytest
import yaml

from tests.registry import real
from tests.registry.registries import run
from waymark_site.registry import yaml_lines


def read(folder, text):
    file = folder / "services.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return yaml_lines.read(file)


def only_fault(folder, text):
    [fault] = read(folder, text).faults
    return fault.line, fault.found, fault.expected


# —— No file, or nothing in it ——

def test_a_missing_file_is_told(tmp_path):
    [fault] = yaml_lines.read(tmp_path / "gone.yaml").faults
    assert str(fault) == ("gone.yaml:1: the file: found no readable file (No such file or directory), "
                          "expected the file gone.yaml. Check its name and place.")


def test_a_directory_is_told(tmp_path):
    (tmp_path / "services.yaml").mkdir()
    [fault] = yaml_lines.read(tmp_path / "services.yaml").faults
    assert fault.found == "no readable file (Is a directory)"


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff"])
def test_an_empty_file_is_told(tmp_path, text):
    assert only_fault(tmp_path, text) == (1, "an empty file", "a registry")


def test_a_file_of_comments_is_told(tmp_path):
    assert only_fault(tmp_path, "# one\n# two\n") == (1, "only comments", "a registry")


def test_a_file_too_large_to_be_meant_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(yaml_lines, "MOST_BYTES", 10)
    assert only_fault(tmp_path, "registry: {}\n") == (1, "13 bytes", "at most 10")


# —— Bytes ——

@pytest.mark.parametrize(("text", "line", "byte"), [
    (b"a: caf\xe9\n", 1, "0xe9"), (b"a: 1\nb: 2\nc: \xff\n", 3, "0xff"), (b"a: \xf0\x9f\n", 1, "0xf0"),
    ("a: 1\n".encode("utf-16"), 1, "0xff"),
])
def test_bytes_that_are_not_utf_8_are_told_with_their_line(tmp_path, text, line, byte):
    assert only_fault(tmp_path, text) == (line, f"the byte {byte}", "text in UTF-8")


def test_a_byte_order_mark_is_no_fault(tmp_path):
    result = read(tmp_path, "\ufeffa: 1\n")
    assert (result.faults, result.data) == ((), {"a": 1})


@pytest.mark.parametrize("character", ["\0", "\x07", "\x1b", "\x7f", "\ufffe"])
def test_a_control_character_is_told_with_its_line(tmp_path, character):
    line, found, expected = only_fault(tmp_path, f"a: 1\nb: 2\nc: x{character}y\n")
    assert (line, found.split(" (")[0], expected) == (3, "YAML that cannot be read", "valid YAML")


def test_windows_line_ends_change_nothing(tmp_path):
    result = read(tmp_path, "a: 1\r\nb:\r\n  - x\r\n  - y\r\n")
    assert (result.faults, result.data, result.line(("b", 1))) == ((), {"a": 1, "b": ["x", "y"]}, 4)


def test_letters_of_any_alphabet_are_read(tmp_path):
    assert read(tmp_path, "name: Àl-Amân ☂ 𝛼 العربية\n").data == {"name": "Àl-Amân ☂ 𝛼 العربية"}


# —— YAML that is not ——

@pytest.mark.parametrize(("text", "line"), [
    ("a: 1\nb: [1, 2\nc: 3\n", 3),
    ("a: 1\n  b: 2\n", 2),
    ("a: one: two\n", 1),
    ("a: 'open\n", 2),
    ("a: \"bad \\q escape\"\n", 1),
    ("a:\n\t- tab\n", 2),
    ("- a\nb: 1\n", 2),
    ("a: }\n", 1),
    ("a: @x\n", 1),
    ("a: `x`\n", 1),
    ("%YAML 9.9 9\n---\na: 1\n", 1),
    ("a: \"\\ud800\"\n", 1),
])
def test_bad_yaml_is_told_with_its_line(tmp_path, text, line):
    told_line, found, expected = only_fault(tmp_path, text)
    assert (told_line, found.split(" (")[0], expected) == (line, "YAML that cannot be read", "valid YAML")


# —— What YAML does quietly ——

def test_a_key_given_twice_is_told_at_its_second_line(tmp_path):
    result = read(tmp_path, "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n")
    [fault] = result.faults
    assert (fault.path, fault.line) == (("b", "c"), 5)
    assert (fault.found, fault.expected) == ("'c' a second time", "each key once")
    assert result.data == {"a": 1, "b": {"c": 1, "d": 2}}


def test_keys_that_differ_only_in_quotation_marks_are_the_same(tmp_path):
    assert only_fault(tmp_path, "1: a\n\"1\": b\n") == (2, "'1' a second time", "each key once")


@pytest.mark.parametrize("value", ["[x]", "{x: y}", "x", "18", "|\n  x"])
def test_an_alias_is_told(tmp_path, value):
    text = f"a: &name {value}\nb: *name\n"
    line, found, _ = only_fault(tmp_path, text)
    assert (line, found) in {(text.count("\n"), "an alias (*name)"), (1, "an alias (*name)")}


def test_an_alias_of_nothing_is_told(tmp_path):
    assert only_fault(tmp_path, "a: 1\nb: *nowhere\n")[:2] == (2, "an alias (*name)")


def test_an_alias_of_itself_is_told(tmp_path):
    assert only_fault(tmp_path, "a: &a [*a]\n")[1] == "an alias (*name)"


def test_a_merge_key_is_told(tmp_path):
    assert [fault.found for fault in read(tmp_path,
                                          "a: &a {x: 1}\nb:\n  <<: *a\n  y: 2\n").faults] == ["an alias (*name)"]


def test_a_bomb_of_aliases_stays_small(tmp_path):
    levels = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    result = read(tmp_path, "\n".join(levels))
    assert {fault.found for fault in result.faults} == {"an alias (*name)"}
    assert len(str(result.data)) < 10_000


@pytest.mark.parametrize("tag", [
    "!!python/object/apply:os.system", "!!python/name:os.system", "!!python/tuple", "!mine",
    "!<tag:example.org,2026:x>"])
@pytest.mark.parametrize("value", ["[x]", "{x: y}", "x"])
def test_a_tag_is_told_and_nothing_is_run(tmp_path, tag, value):
    line, found, expected = only_fault(tmp_path, f"a: 1\nb: {tag} {value}\n")
    assert (line, found.startswith("the tag "), expected) == (2, True, "a plain value")


@pytest.mark.parametrize("value", ["!!str 5", "!!int '5'", "!!binary aGVsbG8=", "!!timestamp 2026-01-01", "!!set {x}",
                                   "!!omap []"])
def test_a_tag_of_yaml_itself_is_told_too(tmp_path, value):
    line, found, expected = only_fault(tmp_path, f"a: 1\nb: {value}\n")
    assert (line, found.startswith("the tag "), expected) == (2, True, "a plain value")


@pytest.mark.parametrize("key", ["[x, y]", "{x: y}", "? [x]\n", "? {x: y}\n"])
def test_a_key_that_is_not_a_word_is_told(tmp_path, key):
    assert only_fault(tmp_path, f"a: 1\n{key}: b\n") == (2, "a key that is a list or a mapping", "a word")


def test_every_such_fault_is_told_at_once(tmp_path):
    faults = read(tmp_path, "a: 1\na: 2\nb: !mine x\nc: &c [1]\nd: *c\n").faults
    assert [fault.found for fault in faults] == ["'a' a second time", "the tag !mine", "an alias (*name)"]


def test_a_second_document_in_the_file_is_told(tmp_path):
    line, found, expected = only_fault(tmp_path, "a: 1\n---\nb: 2\n")
    assert (line, found, expected) == (2, "a second document (---)", "one registry")


# —— Words and numbers ——

@pytest.mark.parametrize("text", [
    "yes", "no", "on", "off", "Yes", "NO", "y", "n", "True", "FALSE", "Null",
    "2026-11-21", "2001-12-14t21:59:43.10-05:00", "12:30", "1:30:00",
    "0808", "007", "0o17", "0x1F", "0b1", "1_000", "1,000", "1e3", "+5", ".5", "5.", ".inf", "-.inf", ".nan", "--5",
    "=", "<<",
    "1234567890123456", "0.1234567891",
])
def test_what_yaml_would_turn_into_something_else_stays_as_written(tmp_path, text):
    assert read(tmp_path, f"a: {text}\n").data == {"a": text}


@pytest.mark.parametrize(("text", "value"), [
    ("0", 0), ("7", 7), ("-7", -7), ("4700", 4700), ("18.5", 18.5), ("-0.25", -0.25),
    ("123456789012345", 123456789012345)])
def test_plain_numbers_are_numbers(tmp_path, text, value):
    data = read(tmp_path, f"a: {text}\n").data
    assert (data, type(data["a"])) == ({"a": value}, type(value))


@pytest.mark.parametrize("text", ["'7'", '"7"', "|-\n  7", ">-\n  7"])
def test_a_number_in_quotation_marks_is_text(tmp_path, text):
    assert read(tmp_path, f"a: {text}\n").data == {"a": "7"}


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False), ("null", None), ("~", None), ("", None)])
def test_a_few_words_are_not_text(tmp_path, text, value):
    assert read(tmp_path, f"a: {text}\n").data == {"a": value}


@pytest.mark.parametrize("key", ["yes", "1", "2026-11-21", "null", "true", "on"])
def test_a_key_is_always_text(tmp_path, key):
    assert read(tmp_path, f"{key}: x\n").data == {key: "x"}


# —— Lines ——

TEXT = """\
# a comment

a: 1
b:
  c:
    - first
    - second: x
      third: y

    - [p,
       q]
  d: >
    long
    text
e: {f: 1, g: [2, 3]}
"""


@pytest.mark.parametrize(("path", "line"), [
    ((), 1), (("a",), 3), (("b",), 4), (("b", "c"), 5), (("b", "c", 0), 6), (("b", "c", 1), 7),
    (("b", "c", 1, "second"), 7),
    (("b", "c", 1, "third"), 8), (("b", "c", 2), 10), (("b", "c", 2, 1), 11), (("b", "d"), 12), (("e", "g", 1), 15),
])
def test_a_path_leads_to_its_line(tmp_path, path, line):
    assert read(tmp_path, TEXT).line(path) == line


@pytest.mark.parametrize(("path", "line"), [
    (("z",), 1), (("b", "z"), 4), (("b", "c", 9), 5), (("b", "c", 1, "z", 4), 7), (("a", "z"), 3),
    (("b", "c", "x"), 5)])
def test_a_path_to_what_is_missing_leads_to_what_is_nearest_above_it(tmp_path, path, line):
    assert read(tmp_path, TEXT).line(path) == line


# —— Depth ——

NESTED = {
    "lists in brackets": lambda depth: "[" * depth + "]" * depth,
    "mappings in braces": lambda depth: "{a: " * depth + "x" + "}" * depth,
    "lists in lines": lambda depth: "- " * depth + "x",
    "mappings in lines": lambda depth: "".join(f"{' ' * n}a:\n" for n in range(depth)) + " " * depth + "x",
    "lists below lists": lambda depth: "".join(f"{' ' * n}-\n" for n in range(depth)) + " " * depth + "x",
    "keys in lines": lambda depth: "? " * depth + "x",
    "brackets behind comments": lambda depth: "[ # ]\n" * depth,
    "brackets between quoted ones": lambda depth: "[']', " * depth,
    "braces between quoted ones": lambda depth: "{'}': " * depth,
    "brackets in lines": lambda depth: "- " * 60 + "[ # ]\n" * depth,
}
ORDINARY = ["lists in brackets", "mappings in braces", "lists in lines", "mappings in lines"]


@pytest.mark.parametrize("style", ORDINARY)
def test_ten_levels_are_read(tmp_path, style):
    result = read(tmp_path, NESTED[style](10))
    assert result.faults == ()
    data, depth = result.data, 0
    while isinstance(data, list | dict) and data:
        data, depth = (data if isinstance(data, list) else list(data.values()))[0], depth + 1
    assert depth in (9, 10)


@pytest.mark.parametrize("style", ORDINARY)
def test_two_hundred_levels_are_told(tmp_path, style):
    assert [fault.found for fault in read(tmp_path, NESTED[style](200)).faults] == ["more than 30 levels of nesting"]


@pytest.mark.parametrize(("style", "depth"), [
    (style, depth) for style in NESTED for depth in (200, 999, 2_000, 100_000)
    if depth < 100_000 or style not in ("mappings in lines", "lists below lists")  # which would be 5 GB
])
def test_no_depth_brings_the_reader_down(tmp_path, style, depth):
    file = tmp_path / "services.yaml"
    file.write_text(NESTED[style](depth))
    done = run("-c", "import sys, pathlib; from waymark_site.registry import yaml_lines;"
                     "print(len(yaml_lines.read(pathlib.Path(sys.argv[1])).faults))", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) >= 1


@pytest.mark.parametrize("style", NESTED)
def test_nor_without_the_fast_parser(tmp_path, monkeypatch, style):
    monkeypatch.setattr(yaml_lines, "Loader", yaml.SafeLoader)
    assert read(tmp_path, NESTED[style](900)).faults != ()


def test_the_real_registry_is_the_same_to_the_reader_that_is_python_throughout(monkeypatch):
    """PyYAML's own reader takes less than the one in C: where that is missing, the site must build as well."""
    with_c = yaml_lines.read(real.FILES[0])
    monkeypatch.setattr(yaml_lines, "Loader", yaml.SafeLoader)
    without = yaml_lines.read(real.FILES[0])
    assert (without.faults, without.data) == ((), with_c.data)
