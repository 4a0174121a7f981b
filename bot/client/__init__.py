"""The Discord client: the only place that imports discord."""
