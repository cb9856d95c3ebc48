"""What the MkDocs hooks call. Imports nothing of MkDocs, so the site can move to another generator."""
