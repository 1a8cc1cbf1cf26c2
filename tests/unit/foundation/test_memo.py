"""What is remembered for a minute is asked for again after it, or when this process says so."""

from __future__ import annotations

import pytest

from chengnuo.foundation import memo

MINUTE = memo._minute  # the real one: within every other test it stands still


@pytest.fixture
def asked(monkeypatch):
    """`asked(x)` answers through a memo; `asked.times` counts the real questions; `asked.at(seconds)` lets time pass."""
    monkeypatch.setattr(memo, "_memos", [])
    monkeypatch.setattr(memo, "_minute", MINUTE)

    class Asked:
        times = 0

        def __init__(self):
            self.ask = memo.for_a_minute(self._ask)

        def _ask(self, name, *, on=0):
            """Says what was asked."""
            self.times += 1
            if name == "broken":
                raise LookupError(name)
            return f"{name} {on}"

        def __call__(self, *args, **said):
            return self.ask(*args, **said)

        def at(self, seconds):
            monkeypatch.setattr(memo.time, "monotonic", lambda: seconds)

    found = Asked()
    found.at(600)
    return found


@pytest.mark.parametrize(("later", "times"), [(0, 1), (59, 1), (60, 2), (6000, 2)])
def test_the_same_question_is_asked_once_a_minute(asked, later, times):
    assert asked("a") == "a 0"
    asked.at(600 + later)
    assert asked("a") == "a 0"
    assert asked.times == times


def test_another_question_is_another_answer(asked):
    assert [asked("a"), asked("b"), asked("a", on=1), asked("a")] == ["a 0", "b 0", "a 1", "a 0"]
    assert asked.times == 3


def test_what_was_changed_here_is_forgotten_here(asked):
    asked("a")
    memo.forget()
    asked("a")
    assert asked.times == 2


def test_trouble_is_not_remembered(asked):
    for _ in range(2):
        with pytest.raises(LookupError):
            asked("broken")
    assert asked.times == 2


def test_it_does_not_grow_without_end(asked):
    for n in range(3 * memo.SIZE):
        asked(str(n))
    assert memo._memos[0].cache_info().currsize == memo.SIZE


def test_a_remembered_question_keeps_its_name():
    @memo.for_a_minute
    def catalogue():
        """The catalogue."""

    assert (catalogue.__name__, catalogue.__doc__) == ("catalogue", "The catalogue.")
