"""The demo: made-up people live a month in every programme, by the same actions as anyone."""
