"""Outside formats and systems, one folder each; none of them knows this project's subjects."""
