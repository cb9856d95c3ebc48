"""Language: the words that people who work in this field have agreed on, and none that blame."""

import re
from collections.abc import Iterator

from waymark_site.registry.faults import Fault
from waymark_site.registry.view import View

BETTER = {
    "perpetrators?": "person using harm", "abusers?": "person using harm", "offenders?": "person using harm",
    "domestic violence": "domestic abuse", "volatile relationships?": "what was done and by whom",
    "failed to protect": "what she or he did to keep safe", "failure to protect": "what was done to keep safe",
    "both as bad as each other": "what each did", "high-conflict couples?": "what was done and by whom",
    "toxic relationships?": "what was done and by whom", "eligible": "may be referred", "low risk": "not assessed as high",
}
WORDS = re.compile(rf"\b({'|'.join(BETTER)})\b|(?:^|(?<=[.!?] ))(?i:{'|'.join(BETTER)})\b")
"""In lower case anywhere, and capitalised where a sentence begins: elsewhere a capital marks a name."""
QUOTED = re.compile(r"‘.*?’(?!\w)|“[^”]*”")
OURS = {"says", "summary", "what", "reason", "shown_as", "because", "advice", "ask", "hint", "label", "needed",
        "held_by", "about", "population", "not_counted", "browse_only", "withheld", "means", "how_checked", "then", "asks", "includes"}
"""The keys whose text is our own; names, citations and printed words keep the words they have."""


def respectful(view: View) -> Iterator[Fault]:
    for path, text in view.strings:
        if path[-1] not in OURS:
            continue
        for found in WORDS.finditer(QUOTED.sub("", text)):
            better = next(words for pattern, words in BETTER.items() if re.fullmatch(pattern, found[0], re.IGNORECASE))
            yield Fault(path, f"‘{found[0]}’", f"our own words, such as ‘{better}’",
                        "Say it another way, or put a document’s words in ‘quotation marks’.")
