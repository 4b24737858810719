"""Files as the internet banking of four banks makes them; the people and accounts in them are invented."""

from collections.abc import Sequence
from datetime import date

In = tuple[date, int, str]
"""Day, whole rupiah, text."""


def _english(amount_rp: int) -> str:
    return f"{amount_rp:,}.00"


def _indonesian(amount_rp: int) -> str:
    return f"{amount_rp:,}".replace(",", ".") + ",00"


def bca(came: Sequence[In]) -> str:
    """KlikBCA: days without a year behind an apostrophe, CR and DB in a column without a name, a foot."""
    body = "".join(
        f'\'{on:%d/%m},{text},\'0000,"{_english(rp)}",CR,"9,000,000.00"\n' for on, rp, text in came
    )
    return (
        "Informasi Rekening - Mutasi Rekening\nNo. rekening,:,'1234567890\nNama,:,RAHMA\n"
        "Periode,:,01/11/2026 - 24/11/2026\nKode Mata Uang,:,Rp\n\n"
        "Tanggal Transaksi,Keterangan,Cabang,Jumlah,,Saldo\n"
        f'{body}\'23/11,BIAYA ADM,\'0000,"15,000.00",DB,"8,985,000.00"\n'
        "'PEND,TRSF E-BANKING CR,'0000,\"45,000.00\",CR,\n"
        'Saldo Awal,:,"1,000,000.00"\nMutasi Kredit,:,"8,000,000.00"\nSaldo Akhir,:,"9,000,000.00"\n'
    )


def my_bca(came: Sequence[In]) -> str:
    """myBCA: amount and direction in one cell, Indonesian figures."""
    body = "".join(
        f'{on:%d/%m/%Y},{text},0000,"{_indonesian(rp)} CR","9.000.000,00"\n' for on, rp, text in came
    )
    return (
        "Periode : 01/11/2026 - 24/11/2026\nTanggal Transaksi,Keterangan,Cabang,Jumlah,Saldo\n"
        f'{body}23/11/2026,BIAYA ADM,0000,"15.000,00 DB","8.985.000,00"\n'
    )


def mandiri(came: Sequence[In]) -> str:
    body = "".join(
        f'0060003911777,{on:%d/%m/%y},{on:%d/%m/%y},6902,"{text}","","",".00","{_english(rp)}"\n'
        for on, rp, text in came
    )
    return (
        "Account No,Date,Val. Date,Transaction Code,Description,Description,Reference No.,Debit,Credit\n"
        f'{body}0060003911777,23/11/26,23/11/26,6903,"BIAYA ADM","","","15,000.00",".00"\n'
    )


def bri(came: Sequence[In]) -> str:
    body = "".join(
        f'1,001201000123456,{on:%Y-%m-%d} 10:15:00,"{text}",0.00,{rp}.00,9000000.00,K\n'
        for on, rp, text in came
    )
    return (
        "ID,NOREK,TGL_TRAN,DESK_TRAN,MUTASI_DEBET,MUTASI_KREDIT,SALDO_AKHIR_MUTASI,GLSIGN\n"
        f'{body}2,001201000123456,2026-11-23 09:00:00,"BIAYA ADM",15000.00,0.00,8985000.00,D\n'
    )


def bni(came: Sequence[In]) -> str:
    body = "".join(
        f"{on:%d-%b-%Y};{on:%d-%b-%Y};0123;990011;{text};{_english(rp)};C;9,000,000.00\n"
        for on, rp, text in came
    )
    return (
        "Account Statement\nPeriode : 01/11/2026 s/d 24/11/2026\n\n"
        "Posting Date;Effective Date;Branch;Journal;Transaction Description;Amount;DB/CR;Balance\n"
        f"{body}23-Nov-2026;23-Nov-2026;0123;990012;BIAYA ADM;15,000.00;D;8,985,000.00\n"
        "Ledger Balance;;;;;9,000,000.00;;\n"
    )


def cooperative(came: Sequence[In]) -> str:
    """A cooperative's own table, whose words nobody knows."""
    return "Hari|Dari|Setoran\n" + "".join(f"{on:%d/%m/%Y}|{text}|{rp}\n" for on, rp, text in came)


BANKS = {"BCA": bca, "myBCA": my_bca, "Mandiri": mandiri, "BRI": bri, "BNI": bni}
