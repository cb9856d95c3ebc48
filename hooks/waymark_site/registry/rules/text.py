"""Text: plain words only, so that nothing written in the registry can act on a page."""

import re
from collections.abc import Iterator

from waymark_site.registry.faults import Fault
from waymark_site.registry.view import View

ADDRESS_FIELDS = {"address", "value"}
MARKUP = re.compile(r"<[a-z/!?]|&(#\w+|[a-z]+);|\bon\w+\s*=|(javascript|data|vbscript)\s*:", re.IGNORECASE)
ADDRESS = re.compile(r"\w+://|\bwww\.", re.IGNORECASE)
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
                    "\ufffe\uffff\U000e0000-\U000e007f]")


def plain(view: View) -> Iterator[Fault]:
    for path, text in view.strings:
        if found := MARKUP.search(text):
            yield Fault(path, f"'{found[0]}'", "plain text", "Take the markup out; the site adds its own.")
        elif found := HIDDEN.search(text):
            yield Fault(path, f"the hidden character U+{ord(found[0]):04X}", "plain text", "Delete it and type the words again.")
        elif path[-1] not in ADDRESS_FIELDS and (found := ADDRESS.search(text)):
            yield Fault(path, f"'{found[0]}'", "words", "Put the address into a contact or a source.")
        elif not text.strip():
            yield Fault(path, "an empty text", "words", "Fill it in, or leave the key out.")
