#!/usr/bin/env bash
# Archives the Spark classes that a training run loads, so that scripts/sparkprop starts faster. The build calls it.
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/common.sh"

[ ! "$archive" -nt "$project/target/spark-home/jars" ] && built || exit 0
# the archive of another Spark
rm -f "$archive"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
unset SPARK_HOME
# a JVM that cannot archive classes is no reason to fail the build
"$project/scripts/sparkprop" train "$project/conf/iris.conf" --set training.iterations=3 --set sparkprop.kernels=scalar \
  --spark spark.driver.extraJavaOptions="-XX:ArchiveClassesAtExit=\"$work/classes.jsa\" -XX:TieredStopAtLevel=1 -Xlog:cds*=off" \
  --output "$work/run" >"$work/log" 2>&1 && cp "$work/classes.jsa" "$archive.new" && mv "$archive.new" "$archive" \
  || echo "$(basename "$0"): no archive of Spark's classes; programs start more slowly" >&2
