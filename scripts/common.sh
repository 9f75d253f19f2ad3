# Sourced by the scripts beside it: where things are, which Spark to use, and how to start its programs.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=$project/target/sparkprop.jar

fail() {
  echo "$(basename "$0"): $2" >&2
  exit "$1"
}

# Builds the jar, and with it the folder of Spark's jars, unless they are there and no source is newer.
build_if_needed() {
  if [ -f "$jar" ] && [ -d "$project/target/spark-home/jars" ] \
    && [ -z "$(find "$project/src/main" "$project/pom.xml" -newer "$jar" -print -quit 2>/dev/null)" ]; then
    return
  fi
  command -v mvn >/dev/null || fail 74 "there is no $jar, and no mvn to build it with"
  echo "$(basename "$0"): building $jar" >&2
  (cd "$project" && mvn -B -q -DskipTests -Dspotless.check.skip=true package) >&2 || fail 74 "the build failed"
}

# The installed Spark where SPARK_HOME names one, else the Spark that Maven resolved.
use_spark() {
  build_if_needed
  if [ -z "${SPARK_HOME:-}" ]; then
    export SPARK_HOME=$project/target/spark-home SPARK_SCALA_VERSION=2.13
    touch "$SPARK_HOME/RELEASE"
  fi
  [ -d "$SPARK_HOME/jars" ] || fail 74 "SPARK_HOME is $SPARK_HOME, which has no folder jars"
  export LOG4J_CONFIGURATION_FILE=${LOG4J_CONFIGURATION_FILE:-$project/conf/log4j2.properties}
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$java" >/dev/null || fail 74 "no Java: $java (install a JDK of 17 or later, or set JAVA_HOME)"
}

# Replaces this process with one of Spark's programs, with the memory, class path and JVM options that Spark gives it.
exec_spark() {
  local command=()
  mapfile -d '' -t command < <("$java" -Xmx128m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main "$@")
  # the launcher puts an empty word and a line's end before the command
  [ "${#command[@]}" -gt 1 ] || fail 74 "Spark in $SPARK_HOME does not start"
  command[1]=${command[1]#$'\n'}
  exec "${command[@]:1}"
}
