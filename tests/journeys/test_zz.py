import cProfile, pstats, pytest
from tests.factories import bad, desk, sheets
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
def test_x():
    s = sheets.ALL["finishes"](); g = s.good | {"stamp": s.stamp(), "result": ""}
    p = cProfile.Profile(); p.enable()
    for i in range(30): s.post(g)
    p.disable(); pstats.Stats(p).sort_stats("cumtime").print_stats(45)
    s = sheets.draft_of(); g = s.good | {"stamp": s.stamp(), "begins_year": ""}
    a = s.post(g)
    print([k for k, v in g.items() if isinstance(v, str) and v.strip() and not bad.shows(a, v)], bad.mistakes(a))
    assert 0
