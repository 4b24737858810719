"""The seller connects her own Midtrans account, or takes it off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from etoko.foundation.addresses import whole_address
from etoko.foundation.onetime import once
from etoko.foundation.problems import UnableTo
from etoko.midtrans.access import account_for_seller
from etoko.midtrans.operations import close_account, open_account
from etoko.registry.access import signed_in


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest, shop_id: str) -> HttpResponse:
    """Not `@once`: Midtrans is asked about the key first. The same key sent twice is the same account."""
    selling, known = account_for_seller(signed_in(request.user), shop_id)
    problem = ""
    if request.method == "POST":
        try:
            open_account(
                selling=selling, server_key=request.POST.get("server_key", "").strip(), at=timezone.now()
            )
        except UnableTo as refused:
            problem = refused.sentence
        else:
            messages.success(request, _("Akun Midtrans tersambung. Pembeli sekarang bisa membayar online."))
            return redirect("midtrans:account", shop_id)
    return render(
        request,
        "midtrans/account.html",
        {
            "shop_id": shop_id,
            "shop_name": selling.shop.name,
            "for_name": selling.for_name,
            "key_ending": known.key_ending if known else "",
            "webhook": whole_address("/webhook/midtrans/"),
            "problem": problem,
            "nav_active": "saya",
        },
        status=422 if problem else 200,
    )


@never_cache
@login_required
@require_POST
@once
def close(request: HttpRequest, shop_id: str) -> HttpResponse:
    selling, _known = account_for_seller(signed_in(request.user), shop_id)
    close_account(selling=selling, at=timezone.now())
    messages.success(request, _("Akun Midtrans dilepas. Pembayaran yang sudah dimulai tetap dicatat."))
    return redirect("midtrans:account", shop_id)
