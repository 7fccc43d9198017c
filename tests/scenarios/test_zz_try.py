from datetime import date
import pytest
from valinta.demo.play import play
from valinta.processes.load_programme import load_pack
from valinta.programmes.pack import read_pack
from valinta.organisers import tenancy
from valinta.orders.models import Order, Slice
from valinta.processes.verify_books import verify_books
from tests.cast import PACKS, moment
import valinta.processes.place_order as po
@pytest.mark.parametrize("check",[True,False])
@pytest.mark.parametrize("code,day",[("kanta-hame",date(2019,3,15)),("example-county-2026",date(2026,11,15))])
def test_d(db,tmp_path,code,day,check,monkeypatch):
    if not check: monkeypatch.setattr(po,"must_fit_vouchers",lambda s:None)
    p=load_pack(pack=read_pack(PACKS/code),at=moment(day)).programme
    with tenancy.scope([p.organiser_id]):
        play(p,day,1,tmp_path,lambda t:None)
        print(code,check,Order.objects.count(), Slice.objects.filter(voucher__isnull=False).count(), verify_books())
