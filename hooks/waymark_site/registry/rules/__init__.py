"""The rules that no shape can say: each a small function from a view to the faults it finds.

The table below is the whole of them, in the order a reader would check by hand. Each rule has a
test file of its own, `tests/registry/rules/test_<rule>.py`, with registries that break it.
"""

from waymark_site.registry.rules import (
    catalogue, contacts, criteria, dates, ids, language, money, references, synonyms, text)

RULES = (
    # names
    ids.well_formed,            # an id is lower case, with hyphens
    ids.given_once,             # no id twice, in the catalogue or inside an item
    ids.criteria_apart,         # a service's own criteria and those it shares have different ids
    ids.options_apart,          # no answer twice in a question
    ids.never_reused,           # a retired id is not listed again
    # references
    references.sources,         # every fact names a source that exists
    references.things,          # providers, documents, services and the rest exist
    references.not_itself,      # nothing is part of, or related to, itself
    # facts of a case
    criteria.grammar,           # every condition is in the grammar
    criteria.known_facts,       # conditions, parties and places use facts and values that exist
    criteria.one_effect,        # a criterion requires, excludes, asks first or sets a condition
    criteria.can_decide,        # no condition that always or never holds
    criteria.or_browse_only,    # a service has criteria, or says why it has none
    criteria.agree_on_area,     # the area shown is the area required
    criteria.screening_whole,   # a screening form covers every answer to its questions
    # figures
    money.price_or_status,      # a price, or the reason there is none; never both
    money.sane,                 # whole pounds within reason, each printed once
    dates.quantities,           # more than nothing, and min not above max
    dates.days,                 # real days, not after the registry's own
    dates.stale_is_shown,       # what rests on an old document does not pass as active
    # text
    text.plain,                 # no markup, no hidden characters, no stray addresses
    contacts.safe_address,      # https, e-mail or telephone only
    contacts.no_person,         # role mailboxes only
    contacts.shown_or_withheld,  # a contact has a value, or the reason it has none
    language.respectful,        # the words of the field, and none that blame
    # everyday words
    synonyms.facet_values,      # facets and values that the directory has
    synonyms.written_once,      # no word in two places, and none in capitals
    synonyms.lead_somewhere,    # words stand for something
    # completeness
    catalogue.topics_answered,  # every topic is given, not printed or does not arise
    catalogue.components,       # a component says what it is part of
    catalogue.claims,           # a disagreement has its claims, and prefers one with a reason
    catalogue.helplines,        # some helplines for every page
)
