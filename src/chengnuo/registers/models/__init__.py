from chengnuo.registers.models.finding import Finding
from chengnuo.registers.models.pair import Pair
from chengnuo.registers.models.resident import Resident, ResidentGram, Standing

__all__ = ["Finding", "Pair", "Resident", "ResidentGram", "Standing"]
