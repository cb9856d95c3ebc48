"""Everyday words stand for facets and values that the directory has."""

import pytest

from tests.registry.registries import faults_of, told


@pytest.mark.parametrize(("path", "change", "message"), [
    ("synonyms[0].facets.fore", ("facets: {for: [parent],", "facets: {fore: [parent],"),
     "found the facet 'fore', expected a facet of the directory. Did you mean 'for'?"),
    ("synonyms[0].facets.for[0]", ("facets: {for: [parent],", "facets: {for: [parents],"),
     "found 'parents', expected a value of the facet 'for'. Did you mean 'parent'?"),
    ("synonyms[0].facets.stage[1]", ("stage: [in_court, before_court]", "stage: [in_court, before_curt]"),
     "found 'before_curt', expected a value of the facet 'stage'. Did you mean 'before_court'?"),
])
def test_what_the_directory_does_not_have_is_told_with_the_nearest_that_it_has(tmp_path, path, change, message):
    [fault] = told(tmp_path, change)
    assert (fault.path, fault.message) == (path, message)
    assert change[1] in fault.line


@pytest.mark.parametrize("facets", [
    "{kind: [programme]}", "{area: [north, uk_wide]}", "{delivery: [group]}", "{price: [printed, free]}", "{status: [active]}"])
def test_every_facet_of_the_directory_will_do(tmp_path, facets):
    assert faults_of(tmp_path, ("{for: [parent], stage: [in_court, before_court]}", facets)) == []


def test_a_provider_is_named_by_its_services(tmp_path):
    [fault] = told(tmp_path, ("facets: {for: [parent],", "facets: {provider: [bridge],"))
    assert fault.path == "synonyms[0].facets.provider"


def test_a_registry_without_the_questions_that_facets_stand_on_is_not_brought_down(tmp_path):
    faults = faults_of(tmp_path, questions=(("  - id: stage\n", "  - id: phase\n"),))
    assert not any(fault.path[0] == "synonyms" for fault in faults)
