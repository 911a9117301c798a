"""Run in an environment that has Spark: score the pairs of `units.parquet` with the model's weights."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

# The same functions under Spark's names; the similarities come from the jar that Splink ships.
_WORDS = (
    ("list_has_any", "arrays_overlap"),
    ("list_contains", "array_contains"),
    ("starts_with", "startswith"),
    ("jaro_winkler_similarity", "jaro_winkler"),
)


def spoken_in_spark(condition: str) -> str:
    """Return a level's condition as Spark reads it."""
    for here, there in _WORDS:
        condition = condition.replace(here, there)
    condition = re.sub(r"list_has_all\((\w+), (\w+)\)", r"size(array_except(\2, \1)) = 0", condition)
    return re.sub(r"datediff\('day', (\w+), (\w+)\)", r"datediff(\2, \1)", condition)


def main(model: Path, folder: Path) -> None:
    """Predict, and write left_unit, right_unit, spark to `spark.parquet`."""
    from pyspark import SparkConf  # noqa: PLC0415 - only in this environment
    from pyspark.sql import SparkSession, functions  # noqa: PLC0415 - as above
    from splink import Linker  # noqa: PLC0415 - as above
    from splink.backends.spark import SparkAPI, similarity_jar_location  # noqa: PLC0415 - as above

    conf = SparkConf().set("spark.driver.memory", "1g").set("spark.sql.shuffle.partitions", "2")
    conf = conf.set("spark.ui.enabled", "false").set("spark.jars", similarity_jar_location())
    spark = SparkSession.builder.master("local[2]").config(conf=conf).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    spark.sparkContext.setCheckpointDir(str(folder / "checkpoints"))
    settings = json.loads(model.read_text(encoding="utf-8"))["splink"]
    for rule in settings["blocking_rules_to_generate_predictions"]:
        rule["sql_dialect"] = "spark"
    for field in settings["comparisons"]:
        for level in field["comparison_levels"]:
            level["sql_condition"] = spoken_in_spark(level["sql_condition"])
    # Splink types its Spark backend in parts only.
    units = SparkAPI(spark_session=spark).register(spark.read.parquet(str(folder / "units.parquet")))  # type: ignore[no-untyped-call]
    found = Linker(units, settings, log_level=50, validate_settings=False).inference.predict(warning_mode="never")
    scored = found.as_spark_dataframe().select(
        functions.least("unit_l", "unit_r").alias("left_unit"),
        functions.greatest("unit_l", "unit_r").alias("right_unit"),
        functions.col("match_probability").alias("spark"),
    )
    scored.toPandas().astype({"left_unit": "uint32", "right_unit": "uint32"}).to_parquet(folder / "spark.parquet")
    spark.stop()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
