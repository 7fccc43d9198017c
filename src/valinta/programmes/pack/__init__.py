"""Programme packs: the documented schema, the reader and the checks. Pure: no Django."""

from valinta.programmes.pack.faults import Fault, PackFaults
from valinta.programmes.pack.reader import read_pack
from valinta.programmes.pack.schema import Pack

__all__ = ["Fault", "Pack", "PackFaults", "read_pack"]
