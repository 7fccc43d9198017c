"""Valinta: personal budgets and service vouchers in social and health care."""
