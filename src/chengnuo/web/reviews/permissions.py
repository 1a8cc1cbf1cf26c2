"""What the gate asks for the addresses of yearly reviews. A family's own are open: behind them the code is asked for."""

from __future__ import annotations

from chengnuo.web.open import OPEN

REVIEWS: dict[str, str] = {
    "reviews:door": OPEN,
    "reviews:own": OPEN,
    "reviews:own_deed": OPEN,
    "reviews:home": "campaign.see",
    "reviews:begin": "campaign.begin",
    "reviews:campaign": "campaign.see",
    "reviews:propose": "renewal.propose",
    "reviews:renewal": "renewal.see",
    "reviews:renewal_deed": "renewal.see",
    "reviews:check": "review_check.see",
    "reviews:check_deed": "review_check.see",
    "reviews:review": "review.at_desk",
    "reviews:letter": "review.print",
    "reviews:review_deed": "review.at_desk",
}
