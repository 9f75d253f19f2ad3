# Sourced by the scripts beside it: where things are, which Java and Spark to use, and how to start Spark's programs.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=$project/target/sparkprop.jar

fail() {
  echo "$(basename "$0"): $2" >&2
  exit "$1"
}

# A build that was interrupted leaves a jar that is newer than its sources but lacks the libraries that come in last. To look into
# the jar knows builds by hand too, which a stamp of this script's would not: "mvn verify" runs these scripts in its own target.
complete() {
  grep -aqF dev/sparkprop/shaded/picocli/CommandLine.class "$jar" 2>/dev/null
}

# Whether the jar, and the folder of Spark's jars where that is the Spark to use, are there and no source is newer.
built() {
  complete || return
  [ -n "${SPARK_HOME:-}" ] || [ -d "$project/target/spark-home/jars" ] || return
  # without sources there is nothing to build from: the jar was brought here
  [ ! -d "$project/src/main" ] || [ -z "$(find "$project/src/main" "$project/pom.xml" -newer "$jar" -print -quit)" ]
}

build_if_needed() {
  built && return
  command -v mvn >/dev/null || fail 74 "$jar is missing or older than its sources, and there is no mvn to build it"
  { mkdir -p "$project/target" && : >"$project/target/.build-lock"; } 2>/dev/null \
    || fail 74 "$jar is missing or older than its sources, and $project/target cannot be written"
  exec 9>"$project/target/.build-lock"
  if command -v flock >/dev/null && ! flock -n 9; then
    echo "$(basename "$0"): waiting for another build of $jar" >&2
    flock 9
  fi
  if ! built; then
    echo "$(basename "$0"): building $jar" >&2
    # Maven 3.8 writes escape sequences whatever style.color is
    (cd "$project" && mvn -B -q -Dstyle.color=never -DskipTests -Dspotless.check.skip=true package 2>&1) 9>&- \
      | sed $'s/\033\\[[0-9;]*m//g' >&2 || fail 74 "the build failed"
  fi
  exec 9>&-
}

# Java takes the names of files, on the command line too, for those of the locale; that of cron and containers often has ASCII only.
# Sets utf8 where that had to be changed.
use_utf8() {
  utf8=
  [ "$(locale charmap 2>/dev/null)" != UTF-8 ] || return 0
  utf8=C.UTF-8
  export LC_ALL=$utf8
}

# Hadoop asks for the name of who runs it, and fails with a stack trace where there is none.
check_user() {
  ! command -v id >/dev/null || id -un >/dev/null 2>&1 \
    || fail 78 "User $(id -u) has no name, which Hadoop needs (add the number to /etc/passwd, or run as a user who is there)"
}

# Finds Java where Spark does, JAVA_HOME or else the PATH, and checks that it is of version 17 to the given one, if any.
use_java() {
  local most=${1:-} allowed home version feature
  allowed=${most:+17 to $most}
  allowed=${allowed:-17 or later}
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$java" >/dev/null || fail 74 "No Java: $java (must be Java $allowed: install it, or set JAVA_HOME to it)"
  home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")}
  version=$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$home/release" 2>/dev/null || true)
  # not all have that file, and the java on the PATH may be a program that looks for the real one
  [ -n "$version" ] || version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1 || true)
  feature=${version%%[!0-9]*}
  [ -n "$feature" ] || fail 74 "No version: $java (must be Java $allowed: set JAVA_HOME to it)"
  if [ "$feature" -lt 17 ] || [ "$feature" -gt "${most:-$feature}" ]; then
    fail 74 "Invalid Java: $version in $home (must be $allowed for the Spark that is used: set JAVA_HOME to such a one)"
  fi
}

# What an installed Spark has in conf/spark-env.sh, such as where Hadoop's configuration is; written for a shell less strict.
load_spark_env() {
  [ -f "$SPARK_HOME/bin/load-spark-env.sh" ] || return 0
  set +eu
  source "$SPARK_HOME/bin/load-spark-env.sh"
  set -eu
}

# For benchmarks: a native BLAS, if there is one, computes on the thread that calls it, as tasks of a cluster want it, in the machine's registers.
use_blas() {
  export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1} MKL_NUM_THREADS=${MKL_NUM_THREADS:-1} OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
  # an OpenBLAS that is older than the processor takes it for one without vector registers, and has an eighth of its rate
  if [ -z "${OPENBLAS_CORETYPE:-}" ]; then
    if grep -qw avx512f /proc/cpuinfo 2>/dev/null; then
      export OPENBLAS_CORETYPE=SkylakeX
    elif grep -qw avx2 /proc/cpuinfo 2>/dev/null; then
      export OPENBLAS_CORETYPE=Haswell
    fi
  fi
}

# An older Spark lacks options and classes, and says so in words of its own.
check_spark() {
  local core version
  for core in "$SPARK_HOME"/jars/spark-core_*.jar; do
    version=$(basename "$core" .jar)
    version=${version#spark-core_*-}
    [[ $version =~ ^([0-9]+)\.([0-9]+) ]] || continue
    ((BASH_REMATCH[1] > 4 || BASH_REMATCH[1] == 4 && BASH_REMATCH[2] >= 1)) \
      || fail 78 "SPARK_HOME is $SPARK_HOME, which has Spark $version (must be 4.1 or later: set SPARK_HOME to such a one, or unset it to use the one that comes with the build)"
  done
}

# The installed Spark where SPARK_HOME names one, else the Spark that Maven resolved.
use_spark() {
  use_utf8
  check_user
  if [ -n "${SPARK_HOME:-}" ]; then
    load_spark_env
    use_java
    build_if_needed
  else
    # Hadoop 3.4.2, which comes with it, calls Subject.getSubject, which Java 24 no longer has
    use_java 23
    build_if_needed
    export SPARK_HOME=$project/target/spark-home
  fi
  # without it Spark's launcher looks for Spark's own build folders; its bin scripts set it too
  export SPARK_SCALA_VERSION=${SPARK_SCALA_VERSION:-2.13}
  [ -d "$SPARK_HOME/jars" ] || fail 74 "SPARK_HOME is $SPARK_HOME, which has no folder jars"
  check_spark
  export LOG4J_CONFIGURATION_FILE=${LOG4J_CONFIGURATION_FILE:-$project/conf/log4j2.properties}
}

launcher() {
  "$java" -Xmx128m -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main "$@"
}

# Sets command to what starts one of Spark's programs, with the memory, class path and JVM options that Spark gives it.
spark_command() {
  local word
  mapfile -d '' -t command < <(launcher "$@" 2>/dev/null)
  if [ "${#command[@]}" -lt 2 ] || [ "${command[-1]}" = --usage-error ]; then
    # again, for what it has to say
    word=$(launcher "$@" 2>&1 >/dev/null | sed -n -E '/Error|Exception/{s/^(Error|Exception in .*Exception): //p;q}' || true)
    fail 74 "Spark does not start: ${word:-no message from Spark in $SPARK_HOME}"
  fi
  # the launcher puts an empty word and a line's end before the command
  command=("${command[@]:1}")
  command[0]=${command[0]#$'\n'}
  for word in "${command[@]}"; do
    [[ $word == -Xmx* ]] || continue
    [[ $word =~ ^-Xmx[1-9][0-9]*[kKmMgGtT]?$ ]] \
      || fail 78 "Spark does not start: Invalid memory: ${word#-Xmx} (must be a number with k, m, g or t, such as 2g)"
    break
  done
}

# Replaces this process with one of Spark's programs.
exec_spark() {
  spark_command "$@"
  exec "${command[@]}"
}
