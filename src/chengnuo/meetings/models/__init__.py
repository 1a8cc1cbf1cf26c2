from chengnuo.meetings.models.confirmation import Confirmation
from chengnuo.meetings.models.meeting import AgendaItem, Correction, Meeting
from chengnuo.meetings.models.resolution import Resolution

__all__ = ["AgendaItem", "Confirmation", "Correction", "Meeting", "Resolution"]
