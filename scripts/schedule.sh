#!/usr/bin/env bash
# Train a network on a schedule: for cron, systemd timers and workflow schedulers.
# usage: schedule.sh CONF [train options…]      such as schedule.sh conf/iris.conf --set 'training.stop.max-time=8 hours'
#
# Each call starts a new run, or resumes the last one if it was interrupted. Only one call per CONF runs at a time; another one
# exits 75. Runs are stored in runs/NAME/UTC-TIME, where NAME is CONF's file name; UTC-TIME.log next to it contains the output. An
# attempt that exits 74 or 75 is retried. SIGTERM and SIGINT are forwarded to the trainer process, which then writes a checkpoint and
# exits 3. The exit code is that of the last attempt. The last line on standard output is one of
#   schedule: OK run=DIR attempts=N seconds=S cost=C sha256=H
#   schedule: STOPPED exit=3 run=DIR attempts=N seconds=S
#   schedule: FAILED exit=CODE [run=DIR] attempts=N seconds=S
#
# Environment variables and their defaults:
#   SPARKPROP_RUNS (runs)    directory of the runs, on a local file system
#   SPARKPROP_KEEP (7)       number of finished runs to keep, and as many unfinished ones; older ones are deleted
#   SPARKPROP_RETRIES (3)    number of retries
#   SPARKPROP_PAUSE (60)     seconds before the first retry; doubled before each further one, up to an hour
set -euo pipefail
# shellcheck source=scripts/common.sh
source "$(dirname "$(readlink -f "$0")")/common.sh"

keep=${SPARKPROP_KEEP:-7}
retries=${SPARKPROP_RETRIES:-3}
pause=${SPARKPROP_PAUSE:-60}
longest_pause=3600

conf=
directory=
# logs of the runs in the directory, in the order of their times
logs=()
# the current run, whose log is open as file descriptor 7
run=
attempts=0
child=
stopping=
# if this script is killed, its children get SIGTERM, where the system supports that
tied=()
! setpriv --pdeathsig TERM true 2>/dev/null || tied=(setpriv --pdeathsig TERM)

say() {
  echo "$(basename "$0"): $*" >&2
}

# Prints a field of the result in run.json, for any layout of the JSON.
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
  # quoted, because it may contain blanks
  [ -z "$run" ] || line+=" run=$(printf %q "$run")"
  line+=" attempts=$attempts seconds=$SECONDS"
  [ "$1" != 0 ] || line+=" cost=$(result cost) sha256=$(result parametersSha256)"
  echo "schedule: $line"
}

finish() {
  local line
  line=$(verdict "$1")
  # the disk may be full
  [ -z "$run" ] || echo "$line" >&7 || true
  echo "$line"
}

# Forwards a signal to the child.
stop() {
  stopping=$1
  signalled=yes
  [ -z "$child" ] || kill -s "$1" "$child" 2>/dev/null || true
}

# Runs a command and returns its exit code. The command gets its own process group. Otherwise it would receive a signal to this
# script's group twice, and a second signal ends a training run without a checkpoint.
await() {
  local code signalled
  child=
  set -m
  "${tied[@]}" "$@" </dev/null &
  child=$!
  set +m
  # forward a signal that arrived before the child started
  [ -z "$stopping" ] || stop "$stopping"
  while :; do
    signalled=
    code=0
    # hide bash's message about a killed child
    wait "$child" 2>/dev/null || code=$?
    [ -n "$signalled" ] || break
  done
  child=
  return "$code"
}

# Opens a run's log and locks it. Waits for a training run that a killed call of this script left running.
open_log() {
  { : >>"$1.log"; } 2>/dev/null || fail 74 "$1.log is not writable"
  exec 7>>"$1.log"
  flock -n 7 && return
  say "waiting for the training that is still running in $1"
  await flock 7 8>&-
}

# Finds the runs of this script: other runs have no log.
find_logs() {
  shopt -s nullglob
  logs=("$directory"/????????T??????.???Z.log)
}

# Whether a run can be resumed. A run that failed because of its input would fail again.
interrupted() {
  [ -d "$1" ] && [ ! -e "$1/_SUCCESS" ] \
    && ! tail -n 1 "$1.log" | grep -qE '^schedule: (OK|FAILED exit=(2|4|65|66|70|73|78)) '
}

# Starts a new run. Its name sorts after the newest run, even if the clock was set back.
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

# Trains, and retries while that can help; sets code.
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
    # if the driver runs on a standalone cluster, only its record has the result
    if [ "$code" = 0 ] && [ ! -e "$run/_SUCCESS" ]; then
      code=74
      [ "$before" = "$(cat "$run/run.json" 2>/dev/null)" ] || ! grep -qE '"status" *: *"stopped"' "$run/run.json" || code=3
    fi
    [[ $code == 7[45] && $left -gt 0 && -z $stopping ]] || break
    say "attempt $attempts of $run exited $code; retrying in $seconds s"
    await sleep "$seconds" 7>&- 8>&- || true
    [ -z "$stopping" ] || break
    left=$((left - 1))
    seconds=$((2 * seconds < longest_pause ? 2 * seconds : longest_pause))
  done
}

# Deletes the oldest runs of this script, except those that a process has locked.
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
    # rename first, so that no process sees a partly deleted run
    [ ! -e "$old" ] || mv "$old" "$old.deleted" || return
    rm -f "$old.log"
  done
  rm -rf "$directory"/????????T??????.???Z.deleted
}

check_settings() {
  [[ $keep =~ ^[1-9][0-9]{0,5}$ ]] || fail 2 "Invalid SPARKPROP_KEEP: $keep (must be a number >= 1)"
  [[ $retries =~ ^(0|[1-9][0-9]{0,5})$ ]] || fail 2 "Invalid SPARKPROP_RETRIES: $retries (must be a number >= 0)"
  [[ $pause =~ ^(0|[1-9][0-9]{0,5})$ ]] || fail 2 "Invalid SPARKPROP_PAUSE: $pause (must be seconds >= 0)"
  [[ ${SPARKPROP_RUNS:-} != *:/* ]] \
    || fail 2 "Invalid SPARKPROP_RUNS: $SPARKPROP_RUNS (must be a directory on a local file system)"
}

# Allows one call per CONF at a time. Rejects a different CONF with the same directory, which would delete or resume our runs.
lock() {
  local owner
  command -v flock >/dev/null || fail 74 "flock not found (install util-linux)"
  { mkdir -p "$directory" && : >>"$directory/.schedule"; } 2>/dev/null || fail 74 "$directory is not writable"
  exec 8>>"$directory/.schedule"
  flock -n 8 || fail 75 "another schedule.sh is running $conf in $directory"
  owner=$(cat "$directory/.schedule")
  [ -n "$owner" ] || echo "$conf" >&8
  [ "${owner:-$conf}" = "$conf" ] || fail 73 "$directory contains the runs of $owner (set SPARKPROP_RUNS to a different directory for $conf)"
}

if [[ ${1:-} == --help || ${1:-} == -h ]]; then
  sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$0"
  exit
fi
trap 'finish $?' EXIT
trap 'stop TERM' TERM
trap 'stop INT' INT
[[ $# -gt 0 && $1 != -* ]] || fail 2 "usage: schedule.sh CONF [train options…] (--help prints details)"
check_settings
[ -f "$1" ] || fail 66 "$1: configuration not found"
# absolute, for a driver that runs on the cluster; symbolic links are kept, because a release may change them
conf=$(realpath -s "$1")
shift
for option; do
  [[ $option != --output && $option != --output=* && $option != --resume && $option != --overwrite ]] \
    || fail 2 "Invalid option: $option (schedule.sh names the output; set its parent directory with SPARKPROP_RUNS)"
done
directory=$(basename "$conf")
[[ ${directory%.*} =~ ^[^.] ]] || fail 2 "Invalid CONF: $conf (must have a name before its extension that does not start with a dot)"
directory=$(realpath -ms "${SPARKPROP_RUNS:-runs}/${directory%.*}")
lock

find_logs
newest=
[ "${#logs[@]}" = 0 ] || newest=${logs[-1]%.log}
[ -z "$newest" ] || open_log "$newest"
if [ -n "$newest" ] && interrupted "$newest"; then
  run=$newest
  say "resuming $run"
  train "$@"
  if [[ $code == 65 || $code == 78 ]]; then
    say "$run was started with different data or a different configuration (exit $code): starting a new run"
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
  say "attempt $attempts exited $code (see the end of its log above, or $run.log)"
fi
prune || say "cannot delete old runs in $directory"
exit "$code"
