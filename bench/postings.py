"""S2: a thousand transfers in one call of `ledger.post`, against bare arrays."""

from __future__ import annotations

from bench import bare
from bench.figures import Figure, per_second, timed
from bench.volume import owner
from bench.world import ORDERED_AT, World
from valinta.budgets.models import Pot
from valinta.ledger.kinds import AccountKind, CauseKind, TransferKind
from valinta.ledger.posting import Posting, open_accounts, post
from valinta.shared.money import Money

EACH = 1000


def measure(world: World, rounds: int) -> list[Figure]:
    """Reserve from a thousand pots to a thousand holds and back, again and again."""
    organiser = world.programme.organiser_id
    pots = list(
        Pot.objects.exclude(pk=world.pot.pk).order_by("pk").values_list("account_id", flat=True)
    )[:EACH]
    holds = open_accounts(organiser_id=organiser, kind=AccountKind.HOLD, count=len(pots))
    ours = reference = 0.0
    with owner(world) as connection:
        bare.make_books(connection, world, [*pots, *holds])
        for number in range(rounds):
            ours += timed(lambda number=number: _post(organiser, pots, holds, number))
            _give_back(organiser, pots, holds, number)
            given = {
                "organiser": organiser,
                "at": ORDERED_AT,
                "debits": pots,
                "credits": holds,
                "cents": [100] * len(pots),
                "keys": [f"bench:{number}:{hold}" for hold in holds],
            }
            reference += timed(lambda given=given: connection.execute(bare.POST_MANY, given))
    count = rounds * len(pots)
    return [
        Figure(
            "S2",
            f"ledger.post, {len(pots):,} transfers in a call, against bare unnest",
            per_second(count, ours),
            per_second(count, reference),
            reference / ours,
            "least",
            0.6,
        )
    ]


def _post(organiser: int, pots: list[int], holds: list[int], number: int) -> None:
    postings = [
        Posting(
            TransferKind.RESERVE,
            pot,
            hold,
            Money(100),
            CauseKind.ORDER,
            1,
            f"bench:{number}:{hold}",
        )
        for pot, hold in zip(pots, holds, strict=True)
    ]
    post(organiser_id=organiser, postings=postings, by_id=None, at=ORDERED_AT)


def _give_back(organiser: int, pots: list[int], holds: list[int], number: int) -> None:
    postings = [
        Posting(
            TransferKind.RELEASE,
            hold,
            pot,
            Money(100),
            CauseKind.ORDER,
            1,
            f"bench-back:{number}:{hold}",
        )
        for pot, hold in zip(pots, holds, strict=True)
    ]
    post(organiser_id=organiser, postings=postings, by_id=None, at=ORDERED_AT)
