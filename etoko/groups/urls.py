"""`/kelompok/`."""

from django.urls import path

from etoko.groups.views import books, coaching, cooperatives, group, meetings, members, pkk

app_name = "groups"
_ONE = "kelompok/<slug:group_id>/"
_COOP = "kelompok/koperasi/<slug:cooperative_id>/"
_FORM = "kelompok/formulir/<str:code>/<int:year>/<str:form>"

urlpatterns = [
    path("kelompok/", group.home, name="home"),
    path("kelompok/baru/", group.new_group, name="new_group"),
    path("kelompok/pembinaan/", coaching.calendar, name="calendar"),
    path("kelompok/koperasi/", cooperatives.cooperatives, name="cooperatives"),
    path("kelompok/koperasi/baru/", cooperatives.new_cooperative, name="new_cooperative"),
    path("kelompok/koperasi/izin/<int:permission_id>/", cooperatives.permission, name="permission"),
    path(_COOP, cooperatives.cooperative, name="cooperative"),
    path(f"{_COOP}ubah/", cooperatives.edit_cooperative, name="edit_cooperative"),
    path(f"{_COOP}rat/", cooperatives.yearly_meeting, name="yearly_meeting"),
    path(f"{_COOP}jualkan/", cooperatives.propose, name="propose"),
    path(f"{_COOP}izin/<int:permission_id>/akhiri/", cooperatives.end_permission, name="end_permission"),
    path("kelompok/formulir/", pkk.forms, name="forms"),
    path(f"{_FORM}.pdf", pkk.form_file, {"kind": "pdf"}, name="form_pdf"),
    path(f"{_FORM}.xlsx", pkk.form_file, {"kind": "xlsx"}, name="form_xlsx"),
    path(f"{_FORM}/", pkk.form, name="form"),
    path(f"{_FORM}/isi/", pkk.fill, name="fill"),
    path(_ONE, group.group, name="group"),
    path(f"{_ONE}ubah/", group.edit, name="edit"),
    path(f"{_ONE}tingkat/", group.level, name="level"),
    path(f"{_ONE}anggota/", members.members, name="members"),
    path(f"{_ONE}anggota/baru/", members.new_member, name="new_member"),
    path(f"{_ONE}anggota/<int:number>/", members.member, name="member"),
    path(f"{_ONE}anggota/<int:number>/ubah/", members.edit_member, name="edit_member"),
    path(f"{_ONE}anggota/<int:number>/jabatan/", members.office, name="office"),
    path(f"{_ONE}anggota/<int:number>/keluar/", members.leave, name="leave"),
    path(f"{_ONE}anggota/<int:number>/setoran/", books.deposit, name="deposit"),
    path(f"{_ONE}buku/", books.books, name="books"),
    path(f"{_ONE}buku/pinjam/", books.loan, name="loan"),
    path(f"{_ONE}buku/ambil/", books.withdrawal, name="withdrawal"),
    path(f"{_ONE}buku/masuk/", books.income, name="income"),
    path(f"{_ONE}buku/keluar/", books.expense, name="expense"),
    path(f"{_ONE}buku/bukti/<int:number>/", books.slip, name="slip"),
    path(f"{_ONE}buku/<slug:which>/", books.book, name="book"),
    path(f"{_ONE}buku/<slug:which>.pdf", books.book_file, {"form": "pdf"}, name="book_pdf"),
    path(f"{_ONE}buku/<slug:which>.xlsx", books.book_file, {"form": "xlsx"}, name="book_xlsx"),
    path(f"{_ONE}pembinaan/", coaching.coaching, name="coaching"),
    path(f"{_ONE}pembinaan/kunjungan/", coaching.visit, name="visit"),
    path(f"{_ONE}pembinaan/rencana/", coaching.plan, name="plan"),
    path(f"{_ONE}pembinaan/<int:action_id>/selesai/", coaching.finish, name="finish"),
    path(f"{_ONE}rapat/", meetings.meetings, name="meetings"),
    path(f"{_ONE}rapat/baru/", meetings.new_meeting, name="new_meeting"),
    path(f"{_ONE}rapat/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path(f"{_ONE}rapat/<int:meeting_id>/ubah/", meetings.edit_meeting, name="edit_meeting"),
]
