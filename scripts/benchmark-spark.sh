#!/usr/bin/env bash
# Compares sparkprop with Spark on two cores.
# usage: benchmark-spark.sh reading [ROWS]
#          Reads ROWS (10000000) rows from CSV, in three rounds and 2 GiB of memory. Spark reads and aggregates them once; sparkprop
#          reads them twice to check, encode and pack them. First ten numbers and a label; then six numbers, two of them with gaps, and
#          four categories with 2, 4, 6 and 8 values.
#        benchmark-spark.sh l-bfgs [SEED…]
#          Trains a 64-64-10 network on digits with seeds 1 to 5: MLlib until its tolerance is reached, sparkprop from the same
#          weights until its cost is as low. Prints the seconds of the first run in a JVM. In parentheses, those of a
#          second run in the same JVM: measured for MLlib; for sparkprop, the number of iterations times the mean time of an
#          iteration in the second half of the first run.
#        benchmark-spark.sh mllib [NET:EXAMPLES…]
#          Measures one evaluation of cost and gradient of networks with sigmoid hidden layers and softmax outputs, in sparkprop and
#          in MLlib with both of its solvers, on the same random examples in one process. Takes about 8 minutes.
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/common.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

memory=3g
peer() {
  local name=$1
  shift
  SPARK_LOCAL_IP=127.0.0.1 taskset -c 0,1 "$java" -Xmx"$memory" --add-modules=jdk.incubator.vector -cp "$jar:$SPARK_HOME/jars/*" \
    "$project/src/peers/java/$name.java" "$@" 2>"$work/errors" || { cat "$work/errors" >&2; fail 74 "$name failed"; }
}

reading() {
  local rows=${1:-10000000} memory=2g
  awk -v rows="$rows" 'BEGIN {
    srand(1)
    print "a,b,c,d,e,f,g,h,i,j,label"
    for (row = 0; row < rows; row++) {
      line = ""
      for (i = 0; i < 10; i++) line = line sprintf("%.6f,", 4 * rand() - 2)
      print line (rand() < 0.5)
    }
  }' >"$work/rows.csv"
  echo 'ten numbers:'
  peer ReadPeer "$work/rows.csv" 3
  awk -v rows="$rows" 'BEGIN {
    srand(1)
    print "a,b,c,d,e,f,paid,plan,season,city,label"
    split("Athens Bergen Cork Dresden Evora Fez Ghent Hull", city)
    for (row = 0; row < rows; row++) {
      line = ""
      for (i = 0; i < 4; i++) line = line sprintf("%.6f,", 4 * rand() - 2)
      for (i = 0; i < 2; i++) line = line (rand() < 0.1 ? "," : sprintf("%.6f,", 4 * rand() - 2))
      line = line (rand() < 0.5 ? "yes," : "no,") "plan " int(4 * rand()) ",s" int(6 * rand()) "," city[1 + int(8 * rand())]
      print line "," (rand() < 0.5)
    }
  }' >"$work/rows.csv"
  echo 'six numbers, two with gaps, and four categories:'
  peer ReadPeer "$work/rows.csv" 3 paid plan season city
}

lbfgs() {
  local seed first iterations cost seconds
  [ $# -gt 0 ] || set -- 1 2 3 4 5
  printf '%4s  %-46s  %s\n' seed MLlib sparkprop
  for seed; do
    peer PerceptronPeer "$project/conf/data/digits-train.csv" 64-64-10 200 "$seed" "$work/start.json" >"$work/theirs"
    read -r iterations cost first < <(head -n 1 "$work/theirs")
    read -r iterations cost seconds < <(tail -n 1 "$work/theirs")
    cat >"$work/digits.conf" <<EOF
network { layers = [64, 64, 10], output = softmax, initial.file = start.json }
data { source = csv, path = "$project/conf/data/digits-train.csv", standardize = true }
optimizer.name = l-bfgs
training { iterations = 200, log-every = 1, stop.target-cost = $cost }
EOF
    taskset -c 0,1 "$project/scripts/sparkprop" --master 'local[2]' train "$work/digits.conf" --output "$work/run" --overwrite \
      >"$work/log" 2>&1 || { cat "$work/log" >&2; fail 74 "the run of seed $seed failed"; }
    printf '%4s  %-46s  %s\n' "$seed" "$iterations iterations in $first s ($seconds s): $cost" "$(ours)"
  done
}

mllib() {
  local point
  use_blas
  [ $# -gt 0 ] || set -- 2-2-2:2e6 2-10-10-10-2:1e6 10-64-64-2:5e5 784-10-10-10:65536 784-1024-1024-10:16384 \
    784-2500-2000-1500-1000-500-10:4096
  cat >"$work/mllib.conf" <<EOF
name = mllib
network { layers = [2, 2], output = softmax }
data { source = random, examples = 1 }
training.iterations = 1
EOF
  for point; do
    taskset -c 0,1 "$project/scripts/sparkprop" --master 'local[2]' --spark spark.driver.memory=12g \
      bench "$work/mllib.conf" --nets "${point%:*}" --examples "${point#*:}" --peer mllib --seconds 1 --repetitions 3 --output "$work/bench" \
      --history "$work/history.csv" 2>"$work/errors" | grep -A 2 "^${point%:*} " ||
      { cat "$work/errors" >&2; fail 74 "the run of $point failed"; }
  done
}

# Prints iterations, seconds and final cost of the sparkprop run.
ours() {
  sed 's/.*"cost":\([^,}]*\).*"elapsedSeconds":\([^,}]*\).*/\1 \2/' "$work/run/metrics.jsonl" | awk '
    { cost = $1; seconds[NR - 1] = $2 }
    END {
      last = NR - 1
      half = int(last / 2)
      pace = (seconds[last] - seconds[half]) / (last - half)
      printf "%d iterations in %.3f s (%.3f s): %.6g", last, seconds[last], pace * last, cost
    }'
}

use_spark
case ${1:-} in
  reading) reading "${@:2}" ;;
  l-bfgs) lbfgs "${@:2}" ;;
  mllib) mllib "${@:2}" ;;
  *) fail 2 "Invalid benchmark: ${1:-none} (must be reading, l-bfgs or mllib)" ;;
esac
