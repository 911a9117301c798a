"""Invented deliveries: families no one knows, in files as offices send them.

One world of people, homes and family cards lives month by month; every office looks at it in its own time and
writes its own lists, so the feeds disagree as they do in life. What is true is told beside the files, one line a
delivered row (`--truth FILE.parquet`, or what `generate` returns), in the columns of `sheets.TRUTH`:

- `period`, `file`, `sheet`, `row_number`: the row as a person sees it, titles counted;
- `feed`, `entity`: the list, and whether its rows name a `person`, a `household` by its head, or are a `line`;
- `person_id`, `household_id`: who it truly is and where he truly lives now, equal over all feeds and months;
- `must_reject`, `reject_reason`, `must_load`: what a correct landing does with it;
- `nik_wrong`, `nik_malformed`, `dup_group`, `defects`: the harm done to it;
- `value` in rupiah, and `note`: paid or not, or the right verdict of a visit.
"""
