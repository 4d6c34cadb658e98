"""The reading room: essays, course, glossary, references."""
