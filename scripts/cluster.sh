#!/usr/bin/env bash
# A real Spark standalone cluster on this machine: one Master and N Workers, each a process of its own, on 127.0.0.1 only.
# usage: cluster.sh start N | status | stop
# From the environment: SPARK_MASTER_PORT (7077), WORKER_CORES (the machine's, shared out), WORKER_MEMORY (2g),
# CLUSTER_DIR for pid and log files (target/cluster).
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/common.sh"

port=${SPARK_MASTER_PORT:-7077}
url=spark://127.0.0.1:$port
memory=${WORKER_MEMORY:-2g}
directory=${CLUSTER_DIR:-$project/target/cluster}
[[ $directory == /* ]] || directory=$PWD/$directory
# in each directory that this script made, or found empty: only there it removes files
mark=.sparkprop-cluster

usage() {
  fail 2 "usage: cluster.sh start N | status | stop (N must be 1 to 99)"
}

# 1 worker, 2 workers
count_of() {
  [ "$1" = 1 ] && echo "1 $2" || echo "$1 $2s"
}

# The names of all that have a pid file of this script's.
processes() {
  local file name
  [ -f "$directory/$mark" ] || return 0
  for file in "$directory"/master.pid "$directory"/worker-{[0-9],[0-9][0-9]}.pid; do
    name=$(basename "$file" .pid)
    [ ! -f "$file" ] || echo "$name"
  done
}

pid_of() {
  local pid
  read -r pid 2>/dev/null <"$directory/$1.pid" && [[ $pid =~ ^[1-9][0-9]*$ ]] && echo "$pid"
}

# A pid file may outlive its process, and the number may by now be a stranger's.
alive() {
  local pid class=org.apache.spark.deploy.worker.Worker
  [ "$1" = master ] && class=org.apache.spark.deploy.master.Master
  pid=$(pid_of "$1") || return
  if [ -d /proc/self ]; then
    grep -aqF "$class" "/proc/$pid/cmdline" 2>/dev/null
  else
    [[ $(ps -ww -o args= -p "$pid") == *"$class"* ]]
  fi
}

# Empties the directory for a new cluster, of nothing but what a former one left.
prepare() {
  if [ ! -f "$directory/$mark" ] && [ "$directory" != "$project/target/cluster" ] \
    && [ -n "$(ls -A "$directory" 2>/dev/null)" ]; then
    fail 73 "Invalid CLUSTER_DIR: $directory holds files of others (must be new, empty, or of a former cluster)"
  fi
  { mkdir -p "$directory" && : >>"$directory/$mark"; } 2>/dev/null || fail 74 "$directory cannot be written"
  # two starts at once would take each other's files away
  exec 8>"$directory/$mark"
  ! command -v flock >/dev/null || flock -n 8 || fail 75 "another start is at work in $directory"
  rm -rf "$directory"/master.{pid,log} "$directory"/worker-{[0-9],[0-9][0-9]}.{pid,log} "$directory"/work-{[0-9],[0-9][0-9]}
}

launch() {
  local name=$1
  shift
  spark_command "$@"
  "${command[@]}" </dev/null >"$directory/$name.log" 2>&1 8>&- &
  echo $! >"$directory/$name.pid"
}

# Waits until a line appears in a log, at most 60 s.
await() {
  local name=$1 line=$2 log=$directory/$1.log
  for _ in $(seq 600); do
    grep -q "$line" "$log" 2>/dev/null && return
    # a child of this script is no stranger, and for an instant not yet Spark
    kill -0 "$(pid_of "$name")" 2>/dev/null || break
    sleep 0.1
  done
  if grep -q "Service 'sparkMaster' failed" "$log"; then
    fail 75 "port $port is in use, by another program or by a cluster whose pid files are gone (end it, or set SPARK_MASTER_PORT)"
  fi
  tail -n 20 "$log" >&2
  fail 74 "$name did not start (the end of its log is above, all of it in $log)"
}

check_settings() {
  [[ $port =~ ^[1-9][0-9]{3,4}$ ]] && [ "$port" -ge 1024 ] && [ "$port" -le 65535 ] \
    || fail 2 "Invalid SPARK_MASTER_PORT: $port (must be 1024 to 65535)"
  [[ ${WORKER_CORES:-1} =~ ^[1-9][0-9]*$ ]] || fail 2 "Invalid WORKER_CORES: $WORKER_CORES (must be a number of 1 or more)"
  [[ $memory =~ ^[1-9][0-9]*[mMgGtT]$ ]] || fail 2 "Invalid WORKER_MEMORY: $memory (must be a number with m, g or t, such as 2g)"
}

start() {
  local count=$1 worker name cores each
  check_settings
  for name in $(processes); do
    ! alive "$name" || fail 73 "a cluster is running already in $directory (cluster.sh stop ends it)"
  done
  use_spark
  prepare
  # half a cluster is none, whether a daemon failed or the user lost patience
  trap 'stop >/dev/null' EXIT
  cores=$(($(nproc) / count))
  cores=${WORKER_CORES:-$((cores > 0 ? cores : 1))}
  export SPARK_LOCAL_IP=127.0.0.1 SPARK_DAEMON_MEMORY=${SPARK_DAEMON_MEMORY:-512m}
  # how the lines that tell a daemon is up come into its log
  export LOG4J_CONFIGURATION_FILE=$project/conf/log4j2-cluster.properties
  # on a busy port Spark would take the next, and the Workers join whatever Master has this one
  export SPARK_MASTER_OPTS="${SPARK_MASTER_OPTS:-} -Dspark.master.rest.enabled=false -Dspark.port.maxRetries=0"
  launch master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port "${SPARK_MASTER_WEBUI_PORT:-0}"
  await master 'I have been elected leader'
  for worker in $(seq "$count"); do
    launch "worker-$worker" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores "$cores" \
      --memory "$memory" --work-dir "$directory/work-$worker" "$url"
  done
  for worker in $(seq "$count"); do
    await "worker-$worker" 'Successfully registered with master'
  done
  trap - EXIT
  [ "$count" = 1 ] || each=" each"
  echo "$url with $(count_of "$count" worker) of $(count_of "$cores" core) and $memory${each:-}; logs in $directory"
}

status() {
  local dead=0 name
  [ -n "$(processes)" ] || { echo "not running"; exit 3; }
  for name in $(processes); do
    if alive "$name"; then
      echo "$name running, process $(pid_of "$name")"
    else
      echo "$name dead, see $directory/$name.log"
      dead=1
    fi
  done
  [ "$dead" = 0 ] || exit 1
}

# Ends all at once, and leaves the logs.
stop() {
  local name stopped=
  for name in $(processes); do
    if alive "$name"; then
      kill "$(pid_of "$name")" 2>/dev/null || true
      stopped+=", $name"
    fi
  done
  for name in $(processes); do
    for _ in $(seq 100); do
      alive "$name" || break
      sleep 0.1
    done
    ! alive "$name" || kill -9 "$(pid_of "$name")" 2>/dev/null || true
    rm -f "$directory/$name.pid"
  done
  if [ -n "$stopped" ]; then echo "stopped ${stopped#, }"; else echo "not running"; fi
}

case ${1:-} in
  start)
    [[ $# == 2 && $2 =~ ^[1-9][0-9]?$ ]] || usage
    start "$2"
    ;;
  status) status ;;
  stop) stop ;;
  *) usage ;;
esac
