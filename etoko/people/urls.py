from django.urls import URLPattern, URLResolver, path

from etoko.people.views import activating, helping, roles, security, signing_in, traces

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("masuk/", signing_in.sign_in, name="login"),
    path("masuk/kode/", signing_in.ask_code, name="ask_code"),
    path("masuk/kode/isi/", signing_in.enter_code, name="enter_code"),
    path("masuk/kunci-sandi/", signing_in.sign_in_by_passkey, name="passkey_login"),
    path("masuk/kunci-sandi/mulai/", signing_in.begin_passkey, name="begin_passkey_login"),
    path("daftar/", signing_in.join, name="join"),
    path("keluar/", signing_in.sign_out, name="logout"),
    path("aktivasi/<str:secret>/", activating.activate, name="activate"),
    path("saya/keamanan/", security.security, name="security"),
    path("saya/kata-sandi/", security.passphrase, name="passphrase"),
    path("saya/kunci-sandi/", security.add_passkey, name="add_passkey"),
    path("saya/kunci-sandi/mulai/", security.begin_passkey, name="begin_passkey"),
    path("saya/kunci-sandi/<int:passkey_id>/hapus/", security.remove_passkey, name="remove_passkey"),
    path("petugas/aktivasi/", activating.links, name="links"),
    path("petugas/aktivasi/buat/", activating.create_links, name="create_links"),
    path("petugas/aktivasi/orang-baru/", activating.create_link_for_new, name="create_link_for_new"),
    path("petugas/aktivasi/slip/", activating.slips, name="slips"),
    path("petugas/aktivasi/slip/bersihkan/", activating.clear_slips, name="clear_slips"),
    path("petugas/aktivasi/<int:link_id>/batalkan/", activating.revoke_link, name="revoke_link"),
    path("petugas/kode/", helping.codes, name="codes"),
    path("petugas/kode/<int:person_id>/", helping.make_code, name="make_code"),
    path("petugas/peran/", roles.roles, name="roles"),
    path("petugas/peran/<int:role_id>/akhiri/", roles.end_role, name="end_role"),
    path("petugas/jejak/", traces.traces, name="traces"),
]
