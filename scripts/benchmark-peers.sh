#!/usr/bin/env bash
# Compares the examples/s of sparkprop on local[2] with those of TensorFlow on two threads. Both run full-batch gradient descent in
# float32 on the same number of random examples. The programs alternate for several rounds.
# Prints median and range of the rounds, and the ratio of medians.
# usage: benchmark-peers.sh [NET…]      such as benchmark-peers.sh 2-2-1 784-256-128-10 (default: all; about 20 minutes)
# Environment: ROUNDS (3); SECONDS_EACH (2), the length of each TensorFlow measurement.
# The first call downloads TensorFlow (160 MB) from Maven Central. On other platforms than Linux x86-64, its column is empty.
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/common.sh"

rounds=${ROUNDS:-3}
seconds=${SECONDS_EACH:-2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Numbers of examples and iterations, chosen so that an iteration takes 0.3 to 7 s and the data exceed all caches.
sizes() {
  case $1 in
    2-2-1) echo 134217728 200 ;;
    2-10-10-10-1) echo 16777216 80 ;;
    10-64-64-1) echo 2097152 50 ;;
    784-10-10-10) echo 1048576 200 ;;
    784-256-128-10) echo 524288 20 ;;
    784-1024-1024-10) echo 131072 10 ;;
    *) fail 2 "Invalid net: $1 (must be one of ${all[*]})" ;;
  esac
}

all=(2-2-1 2-10-10-10-1 10-64-64-1 784-10-10-10 784-256-128-10 784-1024-1024-10)
[ $# -gt 0 ] || set -- "${all[@]}"
for net; do sizes "$net" >/dev/null; done

use_spark
class_path=
if [ "$(uname -sm)" = "Linux x86_64" ] \
  && (cd "$project" && mvn -B -q -Ppeers -Dmdep.outputFile="$work/class-path" -Dmdep.includeScope=test \
    dependency:build-classpath -DincludeGroupIds=org.tensorflow,org.bytedeco,com.google.protobuf) >&2; then
  class_path=$(cat "$work/class-path")
else
  echo "$(basename "$0"): TensorFlow is not available for this platform" >&2
fi

tensorflow() {
  taskset -c 0,1 "$java" -Xmx8g -cp "$class_path" "$project/src/peers/java/TensorFlowPeer.java" "$1" "$2" "$seconds" 2>/dev/null \
    | cut -d ' ' -f 1
}

# The median rate of the second half of the run, after the JIT and Spark have warmed up.
ours() {
  local net=$1 examples=$2 iterations=$3 output=softmax
  [[ $net == *-1 ]] && output=sigmoid
  cat >"$work/net.conf" <<EOF
network { layers = [${net//-/, }], output = $output, initial.scheme = xavier }
data { source = random, examples = $examples }
training { iterations = $iterations, log-every = $((iterations / 10)) }
EOF
  taskset -c 0,1 "$project/scripts/sparkprop" --master 'local[2]' --spark spark.driver.memory=8g train "$work/net.conf" \
    --output "$work/run" --overwrite >"$work/log" 2>&1 || { cat "$work/log" >&2; fail 74 "the run of $net failed"; }
  tail -n 5 "$work/run/metrics.jsonl" | grep -o '"examplesPerSecond":[^,}]*' | cut -d : -f 2 | summary | cut -d ' ' -f 1
}

# Prints median, minimum and maximum of the input.
summary() {
  sort -g | awk '{ v[NR] = $1 } END { printf "%.3g %.3g %.3g\n", v[int((NR + 1) / 2)], v[1], v[NR] }'
}

model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1 || true)
echo "two cores of ${model:-an unknown processor}, $("$java" -version 2>&1 | head -n 1)"
printf '%-18s %30s %30s %7s\n' net 'TensorFlow examples/s (range)' 'sparkprop examples/s (range)' ratio
for net; do
  read -r examples iterations <<<"$(sizes "$net")"
  : >"$work/theirs"
  : >"$work/ours"
  for ((round = 0; round < rounds; round++)); do
    [ -z "$class_path" ] || tensorflow "$net" "$examples" >>"$work/theirs"
    ours "$net" "$examples" "$iterations" >>"$work/ours"
  done
  read -r ours ours_min ours_max <<<"$(summary <"$work/ours")"
  theirs=- theirs_range='' ratio=-
  if [ -s "$work/theirs" ]; then
    read -r theirs theirs_min theirs_max <<<"$(summary <"$work/theirs")"
    theirs_range="($theirs_min–$theirs_max)"
    ratio=$(awk "BEGIN { printf \"%.2f\", $ours / $theirs }")
  fi
  printf '%-18s %30s %30s %7s\n' "$net" "$theirs $theirs_range" "$ours ($ours_min–$ours_max)" "$ratio"
done
