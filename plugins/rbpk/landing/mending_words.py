"""What is wrong with a refused row and how to mend it, in the language of those who mend it."""

from __future__ import annotations

from typing import Final

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "ROW_SHORT": (
        "Baris terpotong: kolomnya kurang dari judul.",
        "Lengkapi sel yang kosong di baris ini sesuai data asal.",
    ),
    "ROW_LONG": (
        "Baris kelebihan kolom: sebuah sel memuat tanda pemisah.",
        "Periksa setiap sel; gabungkan kembali isi sel yang terpecah.",
    ),
    "FORMULA_ERROR": ("Sel berisi galat rumus atau rumus tanpa hasil.", "Ganti rumus dengan nilainya."),
    "CELL_TOO_LONG": (
        "Sebuah sel terlalu panjang.",
        "Tulis kembali isi sel itu saja; hapus yang terbawa dari sel lain.",
    ),
    "SHEET_HIDDEN": (
        "Baris ada di lembar tersembunyi.",
        "Bila baris ini memang berlaku, kirim ulang daftar dengan lembar itu ditampilkan.",
    ),
    "NO_IDENTITY": ("Nama dan NIK kosong atau tidak dapat dipakai.", "Isi nama, NIK, atau keduanya sesuai KTP."),
    "TENANT_MISMATCH": (
        "Desa atau kecamatan berada di kabupaten lain.",
        "Perbaiki kode atau nama wilayah; bila memang warga kabupaten lain, biarkan baris ini.",
    ),
    "REG_UNKNOWN": (
        "Desa dan kecamatan tidak dikenali.",
        "Isi nama kecamatan dan desa sesuai daftar resmi, atau kode Kemendagri 10 angka.",
    ),
    "DESIL_RANGE": ("Desil di luar rentang daftar ini.", "Isi angka desil yang benar."),
    "PAY_DUP": (
        "Keluarga yang sama dibayar dua kali dalam satu tahap.",
        "Perbaiki status atau tahap bila salah; bila memang kembar, biarkan baris ini.",
    ),
    "VER_EMPTY_REASON": ("Keputusan tidak layak tanpa alasan.", "Isi alasan keputusan."),
    "VER_NO_BA": ("Hasil musdes tanpa nomor berita acara.", "Isi nomor dan tanggal berita acara."),
    "BUDGET_CODE": ("Kode sub kegiatan tidak dikenal.", "Isi kode sub kegiatan sesuai nomenklatur tahun ini."),
}
_OTHERS: Final = (
    "Baris ditahan dengan kode {code}.",
    "Perbaiki sel yang disebut; arti kode ada pada daftar kode kesalahan.",
)


def words_for(code: str) -> tuple[str, str]:
    """Say what is wrong and how to mend it."""
    wrong, how = _WORDS.get(code, _OTHERS)
    return wrong.format(code=code), how
