"""Requests as examples, for the description of the API. Tests send each of them."""

from __future__ import annotations

from typing import Any

LINE = {
    "order": 1,
    "reference": "2019-03-000017",
    "served_on": "2019-03-04",
    "started_at": "2019-03-04T08:30",
    "ended_at": "2019-03-04T10:00",
    "quantity": "1.5",
    "band": "",
    "worker": "T-12",
    "late_reason": "",
}
_LINE_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "LineIn",
    "description": (
        "One visit. Every member may be text. A day is 2019-03-01, a moment 2019-03-01T08:30 (local"
        " time unless a zone is given), a quantity 1.5 or 1,5. Members that are not named here are"
        " left unread."
    ),
    "properties": {
        "order": {"type": ["integer", "string"], "description": "The number of the order."},
        "reference": {
            "type": "string",
            "description": "The company's own name for the visit, 1-60 characters, used once.",
        },
        "served_on": {"type": ["string", "null"], "description": "The day; or give started_at."},
        "started_at": {"type": ["string", "null"]},
        "ended_at": {"type": ["string", "null"], "description": "After started_at."},
        "quantity": {
            "type": ["string", "number", "null"],
            "description": "In units of the service; with both times it may be left out.",
        },
        "band": {
            "type": ["string", "null"],
            "description": "The time band. Left out: that of the start; without times, the first.",
        },
        "worker": {"type": ["string", "null"], "description": "The company's own code."},
        "late_reason": {"type": ["string", "null"], "description": "Why it is reported late."},
    },
    "required": ["order", "reference"],
}
IDEMPOTENCY_KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": (
        "A new text for each new request, 1-100 visible ASCII characters. The same request with the"
        " same key gets the same answer for 24 hours, and does nothing more."
    ),
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{1,100}$"},
}
REPORT_VISITS: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "lines": {
                            "type": "array",
                            "items": _LINE_SCHEMA,
                            "minItems": 1,
                            "maxItems": 100_000,
                        }
                    },
                    "required": ["lines"],
                },
                "examples": {"one visit": {"value": {"lines": [LINE]}}},
            },
            "application/x-ndjson": {
                "schema": {
                    "type": "string",
                    "description": "One such object on each line, 1 to 100,000 lines, in UTF-8.",
                },
            },
        },
    },
}
_TEXT = {"schema": {"type": "string"}}
SEND_VISIT_FILE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": (
            "CSV: a title for each cell in the first row or the cells in the order of the template,"
            " between semicolons, commas or tabs; UTF-8, UTF-16 or Windows-1252. NDJSON: one LineIn"
            " object on each line. Nothing packed: there is no Content-Encoding."
        ),
        "content": {
            "text/csv": {
                **_TEXT,
                "example": "order;reference;served_on;quantity\n1;2019-03-17;2019-03-04;1.5\n",
            },
            "application/x-ndjson": _TEXT,
        },
    },
}
VISIT_FILE_ANSWERS: dict[str, Any] = {
    "responses": {
        200: {
            "description": "One object on each line, as the lines of report_visits.",
            "content": {"application/x-ndjson": _TEXT},
        }
    },
}
TOKEN: dict[str, Any] = {
    "security": [{}, {"Basic": []}],
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "grant_type": {"type": "string", "enum": ["client_credentials"]},
                        "client_id": {"type": "string", "maxLength": 200},
                        "client_secret": {"type": "string", "maxLength": 200},
                        "scope": {
                            "type": "string",
                            "description": "With spaces between; none means all that it has.",
                        },
                    },
                    "required": ["grant_type"],
                },
            },
        },
    },
}
MAKE_WEBHOOK: dict[str, Any] = {
    "requestBody": {
        "content": {
            "application/json": {
                "examples": {
                    "orders": {
                        "value": {
                            "address": "https://example.org/valinta",
                            "events": ["order.placed", "order.ended"],
                        }
                    }
                }
            }
        }
    }
}
