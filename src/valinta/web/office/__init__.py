"""The portal of the programme's staff: the tray, the rulebook, providers, people and quotas."""
