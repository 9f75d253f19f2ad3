# Sourced by the other scripts. Finds the project, Java and Spark, and starts Spark's programs.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=$project/target/sparkprop.jar
archive=$project/target/spark-classes.jsa

# Starts Spark's classes from an archive that the build makes, which saves seconds. A JVM with a different version or class path
# ignores the archive.
archive_options() {
  [ ! -f "$archive" ] || echo "-XX:SharedArchiveFile=\"$archive\" -Xlog:cds*=off"
}

fail() {
  echo "$(basename "$0"): $2" >&2
  exit "$1"
}

# Whether the jar contains the shaded libraries, which the build adds last. An interrupted build leaves a jar without them. A stamp
# file would not work: "mvn verify" builds the jar without this script.
complete() {
  grep -aqF dev/sparkprop/shaded/picocli/CommandLine.class "$jar" 2>/dev/null
}

# Whether the jar is complete and no source is newer, and whether Spark's jars are there if the build's Spark is used.
built() {
  complete || return
  [ -n "${SPARK_HOME:-}" ] || [ -d "$project/target/spark-home/jars" ] || return
  # without sources, the jar was copied here and cannot be built
  [ ! -d "$project/src/main" ] || [ -z "$(find "$project/src/main" "$project/pom.xml" -newer "$jar" -print -quit)" ]
}

# Runs Maven in the project. Everything that it prints goes to standard error.
maven() {
  # Maven 3.8 prints escape sequences even with style.color=never
  (cd "$project" && mvn -B -q -Dstyle.color=never "$@" 2>&1) 9>&- | sed $'s/\033\\[[0-9;]*m//g' >&2
}

build_if_needed() {
  built && return
  command -v mvn >/dev/null || fail 74 "$jar is missing or out of date, and mvn is not installed to build it"
  { mkdir -p "$project/target" && : >"$project/target/.build-lock"; } 2>/dev/null \
    || fail 74 "$jar is missing or out of date, and $project/target is not writable"
  exec 9>"$project/target/.build-lock"
  if command -v flock >/dev/null && ! flock -n 9; then
    echo "$(basename "$0"): waiting for another build of $jar" >&2
    flock 9
  fi
  if ! built; then
    echo "$(basename "$0"): building $jar" >&2
    maven -DskipTests -Dspotless.check.skip=true package || fail 74 "the build failed"
  fi
  exec 9>&-
}

# Java decodes file names and the command line with the locale's charset, which is often ASCII under cron and in containers. Sets
# a UTF-8 locale in that case, and its name in utf8.
use_utf8() {
  utf8=
  [ "$(locale charmap 2>/dev/null)" != UTF-8 ] || return 0
  utf8=C.UTF-8
  export LC_ALL=$utf8
}

# Hadoop fails with a stack trace if the user has no name.
check_user() {
  ! command -v id >/dev/null || id -un >/dev/null 2>&1 \
    || fail 78 "User $(id -u) has no name, but Hadoop requires one (add the user to /etc/passwd, or run as another user)"
}

# Finds Java as Spark does, in JAVA_HOME or else on the PATH. Checks that its version is at least 17 and at most $1, if given.
use_java() {
  local most=${1:-} allowed home version feature
  allowed=${most:+17 to $most}
  allowed=${allowed:-17 or later}
  java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$java" >/dev/null || fail 74 "Java not found: $java (must be Java $allowed: install it, or set JAVA_HOME)"
  home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")}
  version=$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$home/release" 2>/dev/null || true)
  # some JDKs have no release file, and the java on the PATH may be a wrapper
  [ -n "$version" ] || version=$("$java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1 || true)
  feature=${version%%[!0-9]*}
  [ -n "$feature" ] || fail 74 "Java prints no version: $java (must be Java $allowed: set JAVA_HOME)"
  if [ "$feature" -lt 17 ] || [ "$feature" -gt "${most:-$feature}" ]; then
    fail 74 "Invalid Java: $version in $home (must be $allowed for this Spark: set JAVA_HOME)"
  fi
}

# Huge pages speed up large data, by 8 % for the smallest network. Some systems provide them only on request.
huge_pages_option() {
  ! grep -qF '[madvise]' /sys/kernel/mm/transparent_hugepage/enabled 2>/dev/null || echo -XX:+UseTransparentHugePages
}

# Prints half of the memory of this machine or, if smaller, of its container (cgroup), such as 2048m. At least 512m, because
# Spark requires 450 MiB. Prints nothing if Java does not tell.
half_of_memory() {
  "$java" -XX:MaxRAMPercentage=50 -XX:+UseSerialGC -XX:+PrintFlagsFinal -version 2>/dev/null \
    | awk '$2 == "MaxHeapSize" { half = int($4 / 1048576); print (half < 512 ? 512 : half) "m" }' || true
}

# Loads conf/spark-env.sh of an installed Spark, such as the path of Hadoop's configuration. It does not work with set -eu.
load_spark_env() {
  [ -f "$SPARK_HOME/bin/load-spark-env.sh" ] || return 0
  set +eu
  source "$SPARK_HOME/bin/load-spark-env.sh"
  set -eu
}

# For benchmarks: lets a native BLAS compute on the calling thread only, and with the machine's vector instructions.
use_blas() {
  export OPENBLAS_NUM_THREADS=${OPENBLAS_NUM_THREADS:-1} MKL_NUM_THREADS=${MKL_NUM_THREADS:-1} OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
  # an OpenBLAS older than the processor does not use its vector instructions, and reaches an eighth of its speed
  if [ -z "${OPENBLAS_CORETYPE:-}" ]; then
    if grep -qw avx512f /proc/cpuinfo 2>/dev/null; then
      export OPENBLAS_CORETYPE=SkylakeX
    elif grep -qw avx2 /proc/cpuinfo 2>/dev/null; then
      export OPENBLAS_CORETYPE=Haswell
    fi
  fi
}

# An older Spark lacks options and classes, and its own message would be obscure.
check_spark() {
  local core version
  for core in "$SPARK_HOME"/jars/spark-core_*.jar; do
    version=$(basename "$core" .jar)
    version=${version#spark-core_*-}
    [[ $version =~ ^([0-9]+)\.([0-9]+) ]] || continue
    ((BASH_REMATCH[1] > 4 || BASH_REMATCH[1] == 4 && BASH_REMATCH[2] >= 1)) \
      || fail 78 "SPARK_HOME is $SPARK_HOME, which has Spark $version (must be 4.1 or later: change SPARK_HOME, or unset it to use the Spark of the build)"
  done
}

# Uses the Spark in SPARK_HOME, or the one that Maven resolved.
use_spark() {
  use_utf8
  check_user
  if [ -n "${SPARK_HOME:-}" ]; then
    load_spark_env
    use_java
    build_if_needed
  else
    # its Hadoop 3.4.2 calls Subject.getSubject, which Java 24 removed
    use_java 23
    build_if_needed
    export SPARK_HOME=$project/target/spark-home
  fi
  # otherwise Spark's launcher searches Spark's own build directories; its bin scripts set it, too
  export SPARK_SCALA_VERSION=${SPARK_SCALA_VERSION:-2.13}
  [ -d "$SPARK_HOME/jars" ] || fail 74 "SPARK_HOME is $SPARK_HOME, which has no directory jars"
  check_spark
  export LOG4J_CONFIGURATION_FILE=${LOG4J_CONFIGURATION_FILE:-$project/conf/log4j2.properties}
}

launcher() {
  local jar=("$SPARK_HOME"/jars/spark-launcher_*.jar)
  "$java" -Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "${jar[0]}" org.apache.spark.launcher.Main "$@"
}

# Sets command to the command line of one of Spark's programs, with the memory, class path and JVM options that Spark chooses.
spark_command() {
  local word
  mapfile -d '' -t command < <(launcher "$@" 2>/dev/null)
  if [ "${#command[@]}" -lt 2 ] || [ "${command[-1]}" = --usage-error ]; then
    # run it again to get its message
    word=$(launcher "$@" 2>&1 >/dev/null | sed -n -E '/Error|Exception/{s/^(Error|Exception in .*Exception): //p;q}' || true)
    fail 74 "Spark does not start: ${word:-no message from Spark in $SPARK_HOME}"
  fi
  # the launcher prints an empty word and a newline before the command
  command=("${command[@]:1}")
  command[0]=${command[0]#$'\n'}
  for word in "${command[@]}"; do
    [[ $word == -Xmx* ]] || continue
    [[ $word =~ ^-Xmx[1-9][0-9]*[kKmMgGtT]?$ ]] \
      || fail 78 "Spark does not start: Invalid memory: ${word#-Xmx} (must be a number with the unit k, m, g or t, such as 2g)"
    break
  done
}

# Replaces this process with one of Spark's programs.
exec_spark() {
  spark_command "$@"
  exec "${command[@]}"
}
