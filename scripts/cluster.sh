#!/usr/bin/env bash
# A real Spark standalone cluster on this machine: one Master and N Workers, each a process of its own, on 127.0.0.1 only.
# usage: cluster.sh start N | status | stop
# From the environment: SPARK_MASTER_PORT (7077), WORKER_CORES (the machine's, shared out), WORKER_MEMORY (2g),
# CLUSTER_DIR for pid and log files (target/cluster).
set -euo pipefail
source "$(dirname "$(readlink -f "$0")")/common.sh"

port=${SPARK_MASTER_PORT:-7077}
url=spark://127.0.0.1:$port
directory=${CLUSTER_DIR:-$project/target/cluster}

usage() {
  fail 2 "usage: cluster.sh start N | status | stop"
}

alive() {
  [ -f "$directory/$1.pid" ] && kill -0 "$(cat "$directory/$1.pid")" 2>/dev/null
}

processes() {
  [ -d "$directory" ] && find "$directory" -maxdepth 1 -name '*.pid' -printf '%f\n' | sed 's/\.pid$//' | sort
}

launch() {
  local name=$1
  shift
  (exec_spark "$@") </dev/null >"$directory/$name.log" 2>&1 &
  echo $! >"$directory/$name.pid"
}

# Waits until a line appears in a log, at most 60 s.
await() {
  local name=$1 line=$2
  for _ in $(seq 600); do
    grep -q "$line" "$directory/$name.log" && return
    alive "$name" || break
    sleep 0.1
  done
  tail -n 20 "$directory/$name.log" >&2
  stop
  fail 75 "$name did not start (its log is above)"
}

start() {
  local count=$1
  for name in $(processes); do
    alive "$name" && fail 73 "a cluster is running already (cluster.sh stop ends it)"
  done
  use_spark
  rm -rf "$directory"
  mkdir -p "$directory"
  local cores=$(($(nproc) / count))
  cores=${WORKER_CORES:-$((cores > 0 ? cores : 1))}
  export SPARK_LOCAL_IP=127.0.0.1 SPARK_DAEMON_MEMORY=${SPARK_DAEMON_MEMORY:-512m}
  # how the lines that tell a daemon is up come into its log
  export LOG4J_CONFIGURATION_FILE=$project/conf/log4j2-cluster.properties
  export SPARK_MASTER_OPTS="${SPARK_MASTER_OPTS:-} -Dspark.master.rest.enabled=false"
  launch master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port "${SPARK_MASTER_WEBUI_PORT:-0}"
  await master 'I have been elected leader'
  for worker in $(seq "$count"); do
    launch "worker-$worker" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores "$cores" \
      --memory "${WORKER_MEMORY:-2g}" --work-dir "$directory/work-$worker" "$url"
  done
  for worker in $(seq "$count"); do
    await "worker-$worker" 'Successfully registered with master'
  done
  echo "$url with $count workers of $cores cores and ${WORKER_MEMORY:-2g} each; logs in $directory"
}

status() {
  local dead=0 name
  [ -n "$(processes)" ] || { echo "not running"; exit 3; }
  for name in $(processes); do
    if alive "$name"; then
      echo "$name running, process $(cat "$directory/$name.pid")"
    else
      echo "$name dead, see $directory/$name.log"
      dead=1
    fi
  done
  [ "$dead" = 0 ] || exit 1
}

stop() {
  local name
  for name in $(processes); do
    if alive "$name"; then
      kill "$(cat "$directory/$name.pid")"
      for _ in $(seq 100); do
        alive "$name" || break
        sleep 0.1
      done
      alive "$name" && kill -9 "$(cat "$directory/$name.pid")"
    fi
    rm -f "$directory/$name.pid"
  done
}

case ${1:-} in
  start)
    [[ ${2:-} =~ ^[1-9][0-9]?$ ]] || usage
    start "$2"
    ;;
  status) status ;;
  stop) stop ;;
  *) usage ;;
esac
