"""What every room may use: money, periods, states and identifiers. Nothing else belongs here."""
