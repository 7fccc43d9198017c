from valinta.budgets.models import *
from valinta.orders.models import *
from valinta.visits.models import Visit
from valinta.clients.models import *
from valinta.settlements.models import *
from valinta.plans.models import *
from collections import Counter
def test_p(two):
    for s in two.both:
        with s.scope():
            print(s.organiser, s.client_id, s.order_id, s.played.today)
            for one in s.played.lived:
                c=one.client.pk
                print(c, c==s.client_id, "B",Budget.objects.filter(enrolment__client=c).values_list('state'), "V",Voucher.objects.filter(enrolment__client=c).values_list('service__code','state'), "O", Order.objects.filter(client=c).values_list('pk','state','service__code','kind','provider_id'), Counter(Visit.objects.filter(client=c).values_list('state', flat=True)), Enrolment.objects.get(client=c).state)
            print(Run.objects.values('state'), Payment.objects.values('state'))
            from valinta.audit.models import Entry
            print(Counter(Entry.objects.values_list('verb','before','after')))
    assert 0
