"""Dates of a whole column at once; the forms are those of `rbpk.domain.dates`, a test holds them together."""

from __future__ import annotations

import polars as pl

from rbpk.domain import dates as forms

_OUTSIDE = " \t\r\n\xa0'\u2019\u200b\ufeff"


def parse_dates(sent: pl.Series) -> pl.Series:
    """Parse a column of sent dates; null where there is none."""
    text = sent.str.strip_chars(_OUTSIDE)
    if text.str.contains(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$").all():
        return text.str.to_date("%Y-%m-%d", strict=False)
    # Few distinct texts in most columns of other forms, and a general form costs several passes.
    distinct = text.unique().drop_nulls()
    parsed = _general(distinct)
    pairs = pl.DataFrame({"text": distinct, "date": parsed})
    return pl.DataFrame({"text": text}).join(pairs, on="text", how="left", maintain_order="left")["date"]


def _general(text: pl.Series) -> pl.Series:
    parts = pl.DataFrame({"text": text}).select_seq(pl.col("text").str.extract_groups(_ascii(forms.DAY_FIRST)))
    day, month, year = (pl.nth(number) for number in range(3))
    found = parts.unnest("text").select_seq(date=_date(year, month, day))["date"]
    rest = found.is_null().arg_true()
    return found.scatter(rest, _seldom(text.gather(rest))) if len(rest) else found


def _seldom(text: pl.Series) -> pl.Series:
    frame = pl.DataFrame({"text": text})
    months = list(forms.MONTHS)
    numbers = [str(number) for number in forms.MONTHS.values()]
    word = pl.col("text").str.extract(_ascii(forms.NAMED), 2).str.to_lowercase()
    serial = pl.col("text").str.extract(_ascii(forms.SERIAL), 1).cast(pl.Int32, strict=False)
    low, high = forms.EXCEL_RANGE
    day_number = pl.when(serial.is_between(low, high)).then(serial)
    return frame.select_seq(
        date=pl.coalesce(
            _date(*(pl.col("text").str.extract(_ascii(forms.ISO), i) for i in (1, 2, 3))),
            _date(
                pl.col("text").str.extract(_ascii(forms.NAMED), 3),
                word.replace_strict(months, numbers, default=None),
                pl.col("text").str.extract(_ascii(forms.NAMED), 1),
            ),
            _date(*(pl.col("text").str.extract(_ascii(forms.COMPACT), i) for i in (1, 2, 3))),
            pl.lit(forms.EXCEL_EPOCH) + pl.duration(days=day_number),
        )
    )["date"]


def _ascii(form: str) -> str:
    # Rust's \d takes the digits of every script; Python's, with re.ASCII, only ours.
    return form.replace(r"\d", "[0-9]")


def _date(year: pl.Expr, month: pl.Expr, day: pl.Expr) -> pl.Expr:
    text = pl.concat_str(year.str.zfill(4), pl.lit("-"), month.str.zfill(2), pl.lit("-"), day.str.zfill(2))
    return text.str.to_date("%Y-%m-%d", strict=False)
