#!/usr/bin/env bash
# Trains a configuration again and again, for cron, systemd timers and workflow schedulers.
# usage: schedule.sh CONF [train options…]      such as schedule.sh conf/iris.conf --set 'training.stop.max-time=8 hours'
#
# Each start begins a run, or goes on with the last one if that was interrupted. One start of a CONF is at work at a time;
# another exits 75. Runs are in runs/NAME/UTC-TIME, where NAME is CONF's file name, each with all its output in UTC-TIME.log
# beside it. An attempt that exits 74 or 75 is made again. SIGTERM and SIGINT are passed on to the training, which then writes a
# checkpoint and exits 3. The exit code is that of the last attempt, and the last line on standard output is one of
#   schedule: OK run=DIR attempts=N seconds=S cost=C sha256=H
#   schedule: STOPPED exit=3 run=DIR attempts=N seconds=S
#   schedule: FAILED exit=CODE [run=DIR] attempts=N seconds=S
#
# From the environment:
#   SPARKPROP_RUNS (runs)    directory of the runs, on a file system of this machine's
#   SPARKPROP_KEEP (7)       newest finished runs that stay, and as many others; older ones of this script's are deleted
#   SPARKPROP_RETRIES (3)    attempts after the first
#   SPARKPROP_PAUSE (60)     seconds before the second attempt; doubled before each further one, up to an hour
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"

keep=${SPARKPROP_KEEP:-7}
retries=${SPARKPROP_RETRIES:-3}
pause=${SPARKPROP_PAUSE:-60}
longest_pause=3600

conf=
directory=
# of the runs in the directory, by their time
logs=()
# the run that is at work, whose log is open as 7
run=
attempts=0
child=
stopping=
# what a start that is killed leaves behind gets SIGTERM, where the system can do that
tied=()
! setpriv --pdeathsig TERM true 2>/dev/null || tied=(setpriv --pdeathsig TERM)

say() {
  echo "$(basename "$0"): $*" >&2
}

# The first field of this name in the result of a run's record, however the JSON is laid out.
result() {
  tr -d '\n' <"$run/run.json" | grep -o '"result" *: *{.*' | grep -o "\"$1\" *: *[^,}]*" | head -n 1 \
    | sed -E 's/^[^:]*: *"?([^" ]*)"? *$/\1/' || true
}

verdict() {
  local line
  case $1 in
    0) line=OK ;;
    3) line='STOPPED exit=3' ;;
    *) line="FAILED exit=$1" ;;
  esac
  # a blank in it is no end of it
  [ -z "$run" ] || line+=" run=$(printf %q "$run")"
  line+=" attempts=$attempts seconds=$SECONDS"
  [ "$1" != 0 ] || line+=" cost=$(result cost) sha256=$(result parametersSha256)"
  echo "schedule: $line"
}

finish() {
  local line
  line=$(verdict "$1")
  # a full disk may be what went wrong
  [ -z "$run" ] || echo "$line" >&7 || true
  echo "$line"
}

# Passes a signal on.
stop() {
  stopping=$1
  signalled=yes
  [ -z "$child" ] || kill -s "$1" "$child" 2>/dev/null || true
}

# Waits for a command and has its exit code. It is in a process group of its own, so that it gets a signal that goes to the group of
# this script only once, passed on: the second one would end a training without a checkpoint.
await() {
  local code signalled
  child=
  set -m
  "${tied[@]}" "$@" </dev/null &
  child=$!
  set +m
  # one that came before the child was known
  [ -z "$stopping" ] || stop "$stopping"
  while :; do
    signalled=
    code=0
    # tells of a child that was killed
    wait "$child" 2>/dev/null || code=$?
    [ -n "$signalled" ] || break
  done
  child=
  return "$code"
}

# Opens a run's log, and waits for what an earlier start that was killed left behind: who can write to a log has its lock.
open_log() {
  { : >>"$1.log"; } 2>/dev/null || fail 74 "$1.log cannot be written"
  exec 7>>"$1.log"
  flock -n 7 && return
  say "waiting for the training that is still at work in $1"
  await flock 7 8>&-
}

# Runs of others have no log.
find_logs() {
  shopt -s nullglob
  logs=("$directory"/????????T??????.???Z.log)
}

# Whether there is something to go on with. What sparkprop itself found wrong would be so again.
interrupted() {
  [ -d "$1" ] && [ ! -e "$1/_SUCCESS" ] \
    && ! tail -n 1 "$1.log" | grep -qE '^schedule: (OK|FAILED exit=(2|4|65|66|70|73|78)) '
}

# A name after that of the newest run also where the clock was set back, so that names are in the order of the starts.
begin() {
  local now before milliseconds
  now=$(date -u +%Y%m%dT%H%M%S.%3NZ)
  before=${newest##*/}
  if [[ ! $now > $before ]]; then
    milliseconds=$(($(date -u -d "${before:0:8} ${before:9:2}:${before:11:2}:${before:13:2}" +%s) * 1000 + 10#${before:16:3} + 1))
    now=$(date -u -d "@$((milliseconds / 1000))" +%Y%m%dT%H%M%S).$(printf %03d $((milliseconds % 1000)))Z
  fi
  run=$directory/$now
  open_log "$run"
}

# Trains until an attempt ends as the next one would; sets code.
train() {
  local left=$retries seconds=$pause resume before
  while :; do
    resume=()
    [ ! -e "$run" ] || resume=(--resume)
    attempts=$((attempts + 1))
    echo "schedule: attempt $attempts, at $(date -u +%FT%TZ)" >&7 || true
    before=$(cat "$run/run.json" 2>/dev/null || true)
    code=0
    await "$project/scripts/sparkprop" train "$conf" "$@" --output "$run" "${resume[@]}" >&7 2>&1 7>&- 8>&- || code=$?
    # on a standalone cluster that runs the driver too, its record alone tells what became of it
    if [ "$code" = 0 ] && [ ! -e "$run/_SUCCESS" ]; then
      code=74
      [ "$before" = "$(cat "$run/run.json" 2>/dev/null)" ] || ! grep -q '"status" : "stopped"' "$run/run.json" || code=3
    fi
    [[ $code == 7[45] && $left -gt 0 && -z $stopping ]] || break
    say "attempt $attempts of $run exited $code, the next is in $seconds s"
    await sleep "$seconds" 7>&- 8>&- || true
    [ -z "$stopping" ] || break
    left=$((left - 1))
    seconds=$((2 * seconds < longest_pause ? 2 * seconds : longest_pause))
  done
}

# Deletes the oldest runs of this script's, which are those with a log, but none that a process has locked.
prune() {
  local i old finished=0 others=0
  find_logs
  for ((i = ${#logs[@]} - 1; i >= 0; i--)); do
    old=${logs[i]%.log}
    if [ -e "$old/_SUCCESS" ]; then
      finished=$((finished + 1))
      [ "$finished" -gt "$keep" ] || continue
    else
      others=$((others + 1))
      [ "$others" -gt "$keep" ] || continue
    fi
    [ ! -s "$old/.lock" ] || continue
    # at once, so that nobody finds a half of it
    [ ! -e "$old" ] || mv "$old" "$old.deleted" || return
    rm -f "$old.log"
  done
  rm -rf "$directory"/????????T??????.???Z.deleted
}

check_settings() {
  [[ $keep =~ ^[1-9][0-9]{0,5}$ ]] || fail 2 "Invalid SPARKPROP_KEEP: $keep (must be a number of 1 or more)"
  [[ $retries =~ ^(0|[1-9][0-9]{0,5})$ ]] || fail 2 "Invalid SPARKPROP_RETRIES: $retries (must be a number of 0 or more)"
  [[ $pause =~ ^(0|[1-9][0-9]{0,5})$ ]] || fail 2 "Invalid SPARKPROP_PAUSE: $pause (must be seconds, 0 or more)"
  [[ ${SPARKPROP_RUNS:-} != *:/* ]] \
    || fail 2 "Invalid SPARKPROP_RUNS: $SPARKPROP_RUNS (must be a directory on a file system of this machine's)"
}

# One start of CONF at a time, and none of another CONF with runs in the same directory, which would delete or go on with ours.
lock() {
  local owner
  command -v flock >/dev/null || fail 74 "No flock (it comes with util-linux)"
  { mkdir -p "$directory" && : >>"$directory/.schedule"; } 2>/dev/null || fail 74 "$directory cannot be written"
  exec 8>>"$directory/.schedule"
  flock -n 8 || fail 75 "another start of $conf is at work in $directory"
  owner=$(cat "$directory/.schedule")
  [ -n "$owner" ] || echo "$conf" >&8
  [ "${owner:-$conf}" = "$conf" ] || fail 73 "$directory has the runs of $owner (set SPARKPROP_RUNS to another directory for $conf)"
}

if [[ ${1:-} == --help || ${1:-} == -h ]]; then
  sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"
  exit
fi
trap 'finish $?' EXIT
trap 'stop TERM' TERM
trap 'stop INT' INT
[[ $# -gt 0 && $1 != -* ]] || fail 2 "usage: schedule.sh CONF [train options…] (--help tells more)"
check_settings
[ -f "$1" ] || fail 66 "$1: no such configuration"
# whole paths, for a driver that a cluster starts elsewhere; with the links that a new release may set anew
conf=$(realpath -s "$1")
shift
for option; do
  [[ $option != --output && $option != --output=* && $option != --resume && $option != --overwrite ]] \
    || fail 2 "Invalid option: $option (the output is named by the time; SPARKPROP_RUNS says where)"
done
directory=$(basename "$conf")
[[ ${directory%.*} =~ ^[^.] ]] || fail 2 "Invalid CONF: $conf (must have a name before its ending that does not begin with a dot)"
directory=$(realpath -ms "${SPARKPROP_RUNS:-runs}/${directory%.*}")
lock

find_logs
newest=
[ "${#logs[@]}" = 0 ] || newest=${logs[-1]%.log}
[ -z "$newest" ] || open_log "$newest"
if [ -n "$newest" ] && interrupted "$newest"; then
  run=$newest
  say "going on with $run"
  train "$@"
  if [[ $code == 65 || $code == 78 ]]; then
    say "$run was trained on other data or with another configuration (exit $code): beginning anew"
    finish "$code" >/dev/null
    run=
  fi
fi
if [ -z "$run" ]; then
  begin
  train "$@"
fi
if [[ $code != [03] ]]; then
  tail -n 5 "$run.log" >&2
  say "attempt $attempts exited $code (the end of its log is above, all of it in $run.log)"
fi
prune || say "old runs in $directory could not be deleted"
exit "$code"
