"""Whatever an item refers to exists: providers, documents, shared criteria, services, disagreements."""

import pytest

from tests.registry.registries import told


@pytest.mark.parametrize(("path", "change", "message"), [
    ("services[3].provider", ("provider: harbour", "provider: harber"),
     "found 'harber', expected the id of a provider. Did you mean 'harbour'?"),
    ("services[0].documents[1]", ("documents: [referral-form, court-papers]",
                                  "documents: [referral-form, court-paper]"),
     "found 'court-paper', expected the id of a document. Did you mean 'court-papers'?"),
    ("services[0].shared_criteria[0]", ("shared_criteria: [bridge-gate]", "shared_criteria: [bridge-gates]"),
     "found 'bridge-gates', expected the id of a shared criteria. Did you mean 'bridge-gate'?"),
    ("services[1].part_of[0]", ("part_of: [bridge-programme]", "part_of: [bridge-program]"),
     "found 'bridge-program', expected the id of a service. Did you mean 'bridge-programme'?"),
    ("services[0].combines[0]", ("    shared_criteria: [bridge-gate]\n",
                                 "    shared_criteria: [bridge-gate]\n    combines: [harbour-lime]\n"),
     "found 'harbour-lime', expected the id of a service. Did you mean 'harbour-line'?"),
    ("services[0].findings[0].disputed", ("disputed: who-finished", "disputed: who-left"),
     "found 'who-left', expected the id of a disagreement. It can be: who-finished."),
    ("evidence[0].findings[0].disputed", ("direction: supports", "disputed: who-finish\n        direction: supports"),
     "found 'who-finish', expected the id of a disagreement. Did you mean 'who-finished'?"),
    ("synonyms[0].services[0]", ("    services: [bridge-programme]\n    facets", "    services: [bridge-program]\n    facets"),
     "found 'bridge-program', expected the id of a service. Did you mean 'bridge-programme'?"),
    ("synonyms[0].terms[0]", ("helplines: [emergency]", "terms: [pla]"),
     "found 'pla', expected the id of a word of the glossary. Did you mean 'plo'?"),
    ("synonyms[0].helplines[0]", ("helplines: [emergency]", "helplines: [emergent]"),
     "found 'emergent', expected the id of a helpline. Did you mean 'emergency'?"),
    ("retired[0].successor", ("successor: bridge-programme", "successor: bridge-progam"),
     "found 'bridge-progam', expected the id of a service. Did you mean 'bridge-programme'?"),
])
def test_what_does_not_exist_is_told_with_the_nearest_that_does(tmp_path, path, change, message):
    [fault] = told(tmp_path, change)
    assert (fault.path, fault.message) == (path, message)
    assert fault.line in change[1]


@pytest.mark.parametrize("relation", ["before", "after", "instead", "beside"])
def test_a_related_service_exists(tmp_path, relation):
    [fault] = told(tmp_path, ("related: {before: [bridge-screening], beside: [harbour-line]}",
                              f"related: {{{relation}: [harbour-liner]}}"))
    assert (fault.path, fault.message) == (
        f"services[0].related.{relation}[0]",
        "found 'harbour-liner', expected the id of a service. Did you mean 'harbour-line'?")


@pytest.mark.parametrize(("section", "change"), [
    ("rules", ("name: Support for partners\n    services: [", "name: Support for partners\n    services: [nowhere, ")),
    ("evidence", ("name: Lines for children\n    services: [", "name: Lines for children\n    services: [nowhere, ")),
    ("disagreements", ("about: How many finished\n    services: [",
                       "about: How many finished\n    services: [nowhere, ")),
    ("cautions", ("about: A closed line\n    services: [", "about: A closed line\n    services: [nowhere, ")),
])
def test_what_concerns_a_service_names_one_that_exists(tmp_path, section, change):
    [fault] = told(tmp_path, change)
    assert (fault.path, fault.message) == (
        f"{section}[0].services[0]", "found 'nowhere', expected the id of a service. "
        "It can be: bridge-interview, bridge-programme, bridge-screening, harbour-line.")


def test_a_service_whose_shape_is_wrong_still_counts_as_existing(tmp_path):
    paths = {fault.path for fault in told(tmp_path, ("tier: core", "tier: cored"))}
    assert paths == {"services[0].tier"}
