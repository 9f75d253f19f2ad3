#!/usr/bin/env bash
# Starts a Spark standalone cluster on this machine: a master and N workers as separate processes, on 127.0.0.1 only.
# usage: cluster.sh start N | status | stop
# Environment variables and their defaults: SPARK_MASTER_PORT (7077), WORKER_CORES (the machine's cores / N), WORKER_MEMORY (2g),
# CLUSTER_DIR for pid and log files (target/cluster).
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/common.sh"

port=${SPARK_MASTER_PORT:-7077}
url=spark://127.0.0.1:$port
memory=${WORKER_MEMORY:-2g}
directory=${CLUSTER_DIR:-$project/target/cluster}
[[ $directory == /* ]] || directory=$PWD/$directory
# marks directories that this script created or found empty; it deletes files only there
mark=.sparkprop-cluster

usage() {
  fail 2 "usage: cluster.sh start N | status | stop (N must be 1 to 99)"
}

# 1 worker, 2 workers
count_of() {
  [ "$1" = 1 ] && echo "1 $2" || echo "$1 $2s"
}

# Prints the names of all processes with a pid file.
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

# Whether a process is running: the pid in an old pid file may belong to another program by now.
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

# Deletes the files of an earlier cluster from the directory, and nothing else.
prepare() {
  if [ ! -f "$directory/$mark" ] && [ "$directory" != "$project/target/cluster" ] \
    && [ -n "$(ls -A "$directory" 2>/dev/null)" ]; then
    fail 73 "Invalid CLUSTER_DIR: $directory contains other files (must be new, empty, or the directory of an earlier cluster)"
  fi
  { mkdir -p "$directory" && : >>"$directory/$mark"; } 2>/dev/null || fail 74 "$directory is not writable"
  # two calls at the same time would delete each other's files
  exec 8>"$directory/$mark"
  ! command -v flock >/dev/null || flock -n 8 || fail 75 "another cluster.sh is starting a cluster in $directory"
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
    # not alive(): for a moment the child is not yet Spark
    kill -0 "$(pid_of "$name")" 2>/dev/null || break
    sleep 0.1
  done
  if grep -q "Service 'sparkMaster' failed" "$log"; then
    fail 75 "port $port is in use by another program or another cluster (stop it, or set SPARK_MASTER_PORT)"
  fi
  tail -n 20 "$log" >&2
  fail 74 "$name did not start (see the end of its log above, or $log)"
}

check_settings() {
  [[ $port =~ ^[1-9][0-9]{3,4}$ ]] && [ "$port" -ge 1024 ] && [ "$port" -le 65535 ] \
    || fail 2 "Invalid SPARK_MASTER_PORT: $port (must be 1024 to 65535)"
  [[ ${WORKER_CORES:-1} =~ ^[1-9][0-9]*$ ]] || fail 2 "Invalid WORKER_CORES: $WORKER_CORES (must be a number >= 1)"
  [[ $memory =~ ^[1-9][0-9]*[mMgGtT]$ ]] || fail 2 "Invalid WORKER_MEMORY: $memory (must be a number with the unit m, g or t, such as 2g)"
}

start() {
  local count=$1 worker name cores each
  check_settings
  for name in $(processes); do
    ! alive "$name" || fail 73 "a cluster is already running in $directory (stop it with cluster.sh stop)"
  done
  use_spark
  prepare
  # stop all processes if one fails to start, or on Ctrl-C
  trap 'stop >/dev/null' EXIT
  cores=$(($(nproc) / count))
  cores=${WORKER_CORES:-$((cores > 0 ? cores : 1))}
  export SPARK_LOCAL_IP=127.0.0.1 SPARK_DAEMON_MEMORY=${SPARK_DAEMON_MEMORY:-512m}
  export SPARK_DAEMON_JAVA_OPTS="$(archive_options) ${SPARK_DAEMON_JAVA_OPTS:-}"
  # writes the lines that await looks for
  export LOG4J_CONFIGURATION_FILE=$project/conf/log4j2-cluster.properties
  # if the port is in use, Spark would try the next one, and the workers would join the master of another cluster
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

# Stops all processes and keeps the logs.
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
  --help | -h) sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0" ;;
  *) usage ;;
esac
