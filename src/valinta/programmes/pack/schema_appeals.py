"""Where a decision is challenged: who handles claims, and which court appeals."""

from pydantic import Field

from valinta.programmes.pack.schema_base import Grounded, Names, Text


class AppealsFacts(Grounded):
    """What a letter says of challenging a decision. The days are in the rules, not here."""

    receiver: Names = Field(
        description="Who handles a claim for a revised decision, as it stands in a sentence."
    )
    court: Names = Field(
        description="The administrative court that handles an appeal, as it stands in a sentence."
    )
    email: Text | None = Field(
        default=None, description="E-mail address that takes in claims; null: not known."
    )
    phone: Text | None = Field(
        default=None, description="Telephone of the registry; null: not known."
    )
