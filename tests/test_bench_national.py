"""What is said of a large site is counted from its files."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).resolve().parents[1] / "tools"))

import bench_national  # noqa: E402
from bench_national import Kind, Result  # noqa: E402
from bench_search import Search  # noqa: E402


@pytest.fixture
def site(tmp_path):
    for place, size in {"index.html": 10, "services/a/index.html": 30, "services/b/index.html": 50,
                        "api/v1/services/a.json": 7, "api/v1/services/b.json": 8, "api/v1/services/c.json": 9, "api/v1/services/full.json": 90}.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_bytes(b"x" * size)
    return tmp_path


def test_files_are_counted_by_the_folder_they_are_in(site):
    kinds, largest, crowded = bench_national.weighed(site)
    assert kinds == {"": Kind(1, 10), "api": Kind(4, 114), "services": Kind(2, 80)}
    assert list(largest.items())[:2] == [("api/v1/services/full.json", 90), ("services/b/index.html", 50)] and len(largest) == 5
    assert crowded == ("api/v1/services", 4)


def test_the_table_gives_times_as_ratios_and_says_how_it_grew(site):
    kinds, largest, crowded = bench_national.weighed(site)
    few = Result(2.0, 4.0, kinds, largest, crowded, Search(1_000, 0.5))
    many = Result(6.0, 10.0, {name: Kind(kind.files * 5, kind.bytes * 5) for name, kind in kinds.items()}, largest, crowded, Search(2_000, 0.25))
    told = [line.split() for line in bench_national.table({99: few, 1_000: many}).splitlines()]
    assert ["services", "99", "1,000"] in told
    assert ["build,", "processor", "time", "1.00", "3.00"] in told and ["build,", "by", "the", "clock", "1.00", "2.50"] in told
    assert ["files", "7", "35"] in told and ["a", "first", "search,", "ms", "500", "250"] in told
    assert "from 99 to 1,000: build 3.0 times, site 5.0, files 5.0, search 2.0".split() in told
