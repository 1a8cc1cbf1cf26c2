from chengnuo.outreach.models.assessment import Assessment
from chengnuo.outreach.models.coverage import Coverage
from chengnuo.outreach.models.letter import Letter, NoContact, Outcome
from chengnuo.outreach.models.reminder import Reminder, Told
from chengnuo.outreach.models.run import FinderRun

__all__ = ["Assessment", "Coverage", "FinderRun", "Letter", "NoContact", "Outcome", "Reminder", "Told"]
