"""Each step of a claim and of its money is told to its family, where it agreed to messages: that there is something new, and no more.

The message is that of its case (`channels`): it names neither programme nor sum, for it is read by whoever holds the telephone.
That another account is paid, or that the bank sent money back, goes out on paper where no message does.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chengnuo.benefits.models import Award, Claim
from chengnuo.channels.operations import telling
from chengnuo.foundation.models import Errand
from chengnuo.payments.lifecycle import FAILED
from chengnuo.payments.models import Payment
from chengnuo.payments.operations.accounts import GIVEN

# what a family learns of beside its case: the claim has gone on, the bank has paid or sent it back, and another account is paid
# from now on. That a year is determined or over it hears of from `reviews`
TOPICS = ("claim.pass_on/1", "payment.settle/1", GIVEN)
CASE_OF = {Claim: "case", Award: "claim__case", Payment: "award__claim__case"}


def told(errand: Errand, at: datetime) -> None:
    """Hears of an act upon a claim or a payment, or of an award's account; of what is there no more, nothing is said."""
    for model, case in CASE_OF.items():
        if errand.payload["kind"] == model.kind:
            found = model._default_manager.filter(pk=UUID(errand.payload["id"])).values_list(case, "status").first()
            if found is not None:
                row, status = found
                telling.tell(row, at=at, on_paper=errand.topic == GIVEN or status == FAILED)
