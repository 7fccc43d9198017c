"""How many small and new companies and associations came in, and their share of euros (KAI-7)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.cast import open_stage
from tests.mission import shows
from valinta.plans.states import Way
from valinta.processes.market_effect import market_effect
from valinta.providers.models import Provider, Sector
from valinta.shared.periods import Period

ON = date(2019, 9, 1)


@shows("KAI-7")
def test_small_and_new_providers_are_counted_with_their_share_of_the_euros(
    db: None, tmp_path: Path
) -> None:
    stage = open_stage("kainuu", on=ON)
    veli = stage.client("Veli", municipality="Kuhmo")
    stage.grant(
        veli,
        {"cleaning": (Way.BUDGET, 10_00, False), "meals": (Way.BUDGET, 5_00, False)},
        period=Period(ON, date(2019, 11, 1)),
    )
    large = stage.provider("Suuri Siivous Oyj")
    Provider.objects.filter(pk=large.pk).update(size_class="large", founded_year=1990)
    small = stage.provider("Ateria-apu ry", sector=Sector.THIRD)
    Provider.objects.filter(pk=small.pk).update(size_class="micro", founded_year=2017)
    old = stage.provider("Vanha Toiminimi")
    Provider.objects.filter(pk=old.pk).update(size_class="small", founded_year=1985)
    nothing = market_effect(stage.programme, ON)
    assert (nothing.everyone.providers, nothing.small.per_cent) == (3, None)
    cleaning = stage.order(veli, stage.offer(large, "cleaning", "30.00"), 3_00)
    meals = stage.order(veli, stage.offer(small, "meals", "9.00"), 5_00)
    stage.report(cleaning, date(2019, 9, 3), 3_00)  # 90.00
    stage.report(meals, date(2019, 9, 4), 5_00)  # 45.00
    run = stage.settle(date(2019, 10, 1))
    # A run that nobody has approved may be thrown away: its euros are not counted.
    assert market_effect(stage.programme, date(2019, 12, 31)).everyone.cents == 0
    stage.pay(run, tmp_path)
    found = market_effect(stage.programme, date(2019, 12, 31))
    assert (found.everyone.providers, found.everyone.cents) == (3, 135_00)
    assert (found.small.providers, found.small.cents, found.small.per_cent) == (2, 45_00, 33)
    assert (found.new.providers, found.new.cents, found.new.per_cent) == (1, 45_00, 33)
    assert (found.associations.providers, found.associations.cents) == (1, 45_00)
    # Another organiser's figures do not see these.
    assert market_effect(open_stage("siun-sote", on=ON).programme, ON).everyone.providers == 0
