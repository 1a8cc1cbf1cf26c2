"""Makes up a population in the format of populations: fictional families at real places. It names and describes nobody who lives."""
