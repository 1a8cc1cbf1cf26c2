from chengnuo.foundation.models.acts import ActKey as ActKey
from chengnuo.foundation.models.clock import ClockMark as ClockMark
from chengnuo.foundation.models.head import LogHead as LogHead
from chengnuo.foundation.models.log import LogEntry as LogEntry
from chengnuo.foundation.models.log import LogNode as LogNode
from chengnuo.foundation.models.looks import Look as Look
from chengnuo.foundation.models.outbox import Errand as Errand
from chengnuo.foundation.models.tombstone import Tombstone as Tombstone
