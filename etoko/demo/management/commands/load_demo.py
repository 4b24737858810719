import gc
from random import Random
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from etoko.catalog.search.operations import reindex_everything
from etoko.demo.after import show_after
from etoko.demo.businesses import register_samples
from etoko.demo.cast import let_cast_in
from etoko.demo.census import visit_samples
from etoko.demo.discussion import talk_samples
from etoko.demo.groups import gather_groups
from etoko.demo.keeping import keep_samples
from etoko.demo.lapak import keep_lapak_of_taban
from etoko.demo.messages import deliver_samples
from etoko.demo.needs import assess_samples, climb_samples, say_samples
from etoko.demo.orders import place_samples
from etoko.demo.partners import gather_partners
from etoko.demo.payments import pay_samples
from etoko.demo.promises import promise_samples
from etoko.demo.proofs import show_samples
from etoko.demo.reviews import review_samples
from etoko.demo.shops import open_samples
from etoko.demo.titipan import bring_samples
from etoko.demo.vouchers import issue_samples
from etoko.foundation import effects
from etoko.people.models import Person


class Command(BaseCommand):
    help = "Fill an empty database with sample data, always the same: people, businesses, shops, orders."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if Person.objects.exists():
            raise CommandError("Database ini sudah dipakai. Data contoh hanya masuk ke database yang kosong.")
        gc.disable()  # a tenth of the time is spent looking for what is nobody's any more; 200 MB are enough
        try:
            self._fill()
        finally:
            gc.enable()

    def _fill(self) -> None:
        now, random = timezone.now(), Random(360304)
        people = let_cast_in(now=now)
        with effects.unanswered():
            samples = register_samples(people=people, now=now, random=random)
            self.stdout.write(f"{len(samples)} usaha")
            shops = open_samples(samples=samples, now=now, random=random)
            self.stdout.write(f"{len(shops)} toko")
            climb_samples(days_ago=30, now=now)
            vouchers = issue_samples(shops=shops, people=people, now=now)
            self.stdout.write(f"{vouchers} voucher")
            # Nobody can order of the last shop: it is on holiday.
            orders = place_samples(shops=shops[:-1], siti=people["Siti"], now=now, random=random)
            self.stdout.write(f"{orders} pesanan")
            climb_samples(days_ago=9, now=now)
            proofs = show_samples(shops=shops, siti=people["Siti"], now=now)
            self.stdout.write(f"{proofs} bukti bayar")
            consignments = bring_samples(shops=shops, people=people, now=now)
            self.stdout.write(f"{consignments} titipan")
            slips = gather_groups(people=people, shops=shops, now=now)
            self.stdout.write(f"{slips} bukti kas kelompok")
            self.stdout.write(f"{pay_samples(now=now)} uang diterima")
            reviews = review_samples(people=people, now=now)
            self.stdout.write(f"{reviews} ulasan")
            show_after(shops=shops, now=now)
            self.stdout.write(f"{visit_samples(samples=samples, people=people, now=now)} kunjungan")
            climb_samples(days_ago=1, now=now)
            self.stdout.write(f"{keep_samples(samples=samples, people=people, now=now)} catatan kembar")
            self.stdout.write(f"{say_samples(samples=samples, people=people, now=now)} kebutuhan")
            self.stdout.write(f"{assess_samples(people=people, now=now)} penilaian")
            self.stdout.write(f"{gather_partners(people=people, now=now)} mitra")
            self.stdout.write(f"{promise_samples(people=people, now=now)} janji")
            self.stdout.write(f"{talk_samples(people=people, now=now)} kiriman di Ruang diskusi")
            self.stdout.write(f"{keep_lapak_of_taban(people=people, now=now)} pelapak dari OpenSID")
            self.stdout.write(f"{deliver_samples(now=now)} kabar terkirim")
        reindex_everything()
