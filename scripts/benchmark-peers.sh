#!/usr/bin/env bash
# Compares the examples/s of sparkprop on local[2] with those of TensorFlow and PyTorch on two threads.
usage='usage: benchmark-peers.sh [NET…]

Trains each network with full-batch gradient descent in float32, on the same number of random examples in each program.
PyTorch also trains with batches of 4,096. All programs of a network stay in memory and run in turn, a few seconds each,
so that changes in the speed of the machine affect all of them. While one runs, the others are stopped.

For each program, prints the median, the ninth decile and the maximum of the rounds, and how many times as fast
sparkprop is: the median of the rounds'"'"' ratios, with their range.

NET               one of NETS (default: all of them)
ROUNDS (9)        environment variable: the number of rounds
SECONDS_EACH (4)  environment variable: the length of a turn in seconds

The first call downloads TensorFlow and PyTorch (260 MB) from Maven Central. They need Linux on x86-64.'
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/common.sh"

all=(2-2-1 2-7-3-1 2-10-10-10-1 10-64-64-1 33-100-50-2 784-10-10-10 784-256-128-10 784-1024-1024-10)
# Numbers of examples, chosen so that the data exceed all caches, and iterations between two lines of metrics, which are one to
# seven seconds apart.
sizes() {
  case $1 in
    2-2-1) echo 33554432 20 ;;
    2-7-3-1) echo 16777216 10 ;;
    2-10-10-10-1) echo 8388608 8 ;;
    10-64-64-1) echo 1048576 5 ;;
    33-100-50-2) echo 1048576 3 ;;
    784-10-10-10) echo 262144 10 ;;
    784-256-128-10) echo 131072 2 ;;
    784-1024-1024-10) echo 131072 1 ;;
    *) fail 2 "Invalid net: $1 (must be one of ${all[*]})" ;;
  esac
}

[ "${1:-}" != --help ] || { echo "${usage/NETS/${all[*]}}" && exit; }
[ $# -gt 0 ] || set -- "${all[@]}"
for net; do sizes "$net" >/dev/null; done
rounds=${ROUNDS:-9}
seconds=${SECONDS_EACH:-4}
[[ $rounds =~ ^[1-9][0-9]*$ ]] || fail 2 "Invalid ROUNDS: $rounds (must be an integer from 1)"
[[ $seconds =~ ^[1-9][0-9]*$ ]] || fail 2 "Invalid SECONDS_EACH: $seconds (must be an integer from 1)"
[ "$(uname -sm)" = "Linux x86_64" ] || fail 74 "TensorFlow and PyTorch are not available for this platform"

use_spark
work=$(mktemp -d)
pids=()
stop_all() {
  [ ${#pids[@]} -eq 0 ] || { kill -KILL "${pids[@]}" && wait "${pids[@]}"; } 2>/dev/null || true
  pids=()
}
trap 'stop_all; rm -rf "$work"' EXIT
# a peer that has ended is reported with its last messages
trap '' PIPE
maven -Ppeers dependency:build-classpath -Dmdep.outputFile="$work/class-path" -Dmdep.includeScope=test \
  || fail 74 "Maven cannot download TensorFlow and PyTorch"

# Starts a peer, which waits for a number of seconds on its standard input.
start_peer() {
  local name=$1 class=$2
  mkfifo "$work/$name.in" "$work/$name.out"
  taskset -c 0,1 "$java" -Xmx6g -cp "$(cat "$work/class-path")" "$project/src/peers/java/$class.java" "$net" "$examples" \
    <"$work/$name.in" >"$work/$name.out" 2>"$work/$name.log" &
  pids+=($!)
  exec {in[$name]}>"$work/$name.in" {out[$name]}<"$work/$name.out"
}

# Lets a peer train for some seconds, and appends its rates to the given files.
turn_of_peer() {
  local name=$1 rates file
  { echo "$2" >&"${in[$name]}" && read -r -a rates <&"${out[$name]}"; } 2>/dev/null \
    || { tail -n 5 "$work/$name.log" >&2 && fail 74 "$name failed with $net"; }
  for file in "${@:3}"; do
    echo "${rates[0]}" >>"$file"
    rates=("${rates[@]:1}")
  done
}

lines() {
  wc -l <"$work/run/metrics.jsonl"
}

# Starts sparkprop, lets it warm up, and stops it.
start_sparkprop() {
  local output=softmax
  [[ $net == *-1 ]] && output=sigmoid
  cat >"$work/net.conf" <<EOF
network { layers = [${net//-/, }], output = $output, initial.scheme = xavier }
data { source = random, examples = $examples }
training { iterations = 1000000, log-every = $every }
EOF
  taskset -c 0,1 "$project/scripts/sparkprop" --master 'local[2]' train "$work/net.conf" --output "$work/run" --overwrite \
    >"$work/sparkprop.log" 2>&1 &
  sparkprop=$!
  pids+=("$sparkprop")
  until [ -f "$work/run/metrics.jsonl" ] && [ "$(lines)" -ge 3 ]; do
    kill -0 "$sparkprop" 2>/dev/null || { cat "$work/sparkprop.log" >&2 && fail 74 "the run of $net failed"; }
    sleep 0.2
  done
  # the JIT compiles what a wide network runs once per tile after 800 tiles
  sleep "$((5 * seconds))"
  kill -STOP "$sparkprop"
}

# Lets sparkprop train for some seconds, and appends its rate to a file. The first line of metrics spans the time in which the
# process was stopped, so the rate is measured from there.
turn_of_sparkprop() {
  local before
  before=$(lines)
  kill -CONT "$sparkprop"
  sleep "$seconds"
  until [ "$(lines)" -ge $((before + 2)) ]; do sleep 0.2; done
  kill -STOP "$sparkprop"
  tail -n +$((before + 1)) "$work/run/metrics.jsonl" | sed -n 's/.*"elapsedSeconds":\([^,}]*\).*/\1/p' \
    | awk -v examples="$examples" -v every="$every" \
      'NR == 1 { first = $1 } END { printf "%.6g\n", examples * every * (NR - 1) / ($1 - first) }' >>"$1"
}

# Prints median, ninth decile and maximum of a file.
summary() {
  sort -g "$1" | awk '{ v[NR] = $1 } END { printf "%.3g %.3g %.3g\n", v[int((NR + 1) / 2)], v[int(0.9 * NR + 0.5)], v[NR] }'
}

# Prints the median of the ratios of two files, with the range.
ratios() {
  paste "$1" "$2" | awk '{ printf "%.6g\n", $1 / $2 }' | sort -g \
    | awk '{ v[NR] = $1 } END { printf "%.2f (%.2f to %.2f)\n", v[int((NR + 1) / 2)], v[1], v[NR] }'
}

model=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
family=$(sed -n 's/^\(cpu family\|model\)\t[^:]*: //p' /proc/cpuinfo | head -n 2 | paste -sd /)
echo "two cores of ${model:-an unknown processor} (family/model $family), $("$java" -version 2>&1 | head -n 1)"
row='%-18s %10s  %-15s %10s %10s %10s  %s\n'
printf "$row" net examples program median '9th decile' maximum 'sparkprop is times as fast'
declare -A in out
for net; do
  read -r examples every <<<"$(sizes "$net")"
  rm -rf "$work"/*.in "$work"/*.out "$work"/rates-* "$work/run"
  start_peer tensorflow TensorFlowPeer
  start_peer pytorch PyTorchPeer
  turn_of_peer tensorflow "$seconds"
  turn_of_peer pytorch "$((2 * seconds))"
  start_sparkprop
  for ((round = 0; round < rounds; round++)); do
    turn_of_sparkprop "$work/rates-sparkprop"
    turn_of_peer tensorflow "$seconds" "$work/rates-tensorflow"
    turn_of_peer pytorch "$((2 * seconds))" "$work/rates-pytorch" "$work/rates-pytorch-batches"
  done
  for program in tensorflow pytorch pytorch-batches sparkprop; do
    read -r median ninth maximum <<<"$(summary "$work/rates-$program")"
    ratio=
    [ $program = sparkprop ] || ratio=$(ratios "$work/rates-sparkprop" "$work/rates-$program")
    printf "$row" "$net" "$examples" "$program" "$median" "$ninth" "$maximum" "$ratio"
  done
  stop_all
  exec {in[tensorflow]}>&- {in[pytorch]}>&- {out[tensorflow]}<&- {out[pytorch]}<&-
done
