import time
import pytest
from tests import money_scene as ms

@pytest.mark.django_db
def test_probe():
    t=time.time()
    scene = ms.enter_scene()
    print("scene", time.time()-t); t=time.time()
    m = ms.join(scene, 1, [ms.Wanted("home", 30000), ms.Wanted("care", 4000), ms.Wanted("clean", 0)])
    print("join", time.time()-t); t=time.time()
    o = ms.order(scene, m)
    c = ms.order(scene, m, "care-b")
    v = ms.order(scene, m, "clean-c")
    print("orders", time.time()-t); t=time.time()
    print(ms.report(scene, [ms.line(o, "x")]))
    print(ms.report(scene, [ms.line(o, "x")], dry_run=True))
    print("rep", time.time()-t); t=time.time()
    print(ms.faults())
    print("verify", time.time()-t); t=time.time()
    print(ms.held(o), ms.held(c), ms.held(v))
