"""Edge cases: for every programme one family that receives it, and the same with one answer changed at a time."""
