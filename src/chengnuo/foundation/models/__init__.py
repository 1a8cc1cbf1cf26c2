from chengnuo.foundation.models.clock import ClockMark as ClockMark
from chengnuo.foundation.models.outbox import Errand as Errand
