# Takes the lock of the host and holds it as long as the controller says that it lives.
# From base.sh: S, val, why, die. From owner.sh: number, held, since, owner, record, clock, newest,
# alive. From journal.sh: act, load, make_home, drop_stage. From close.sh: drop_home.
# From end-runs.sh: end_runs.
# shellcheck shell=sh
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails
# shellcheck disable=SC2154 # S and others are set by base.sh, owner.sh and journal.sh

# pulse TEXT: what the owner last told; renamed into place, so that nobody reads half of it.
pulse() {
  printf '%s %s\n' "$1" "$$" >"$S/lock/.b.$token" &&
    mv -f -- "$S/lock/.b.$token" "$S/lock/b.$generation"
} 2>/dev/null

# Tries to become the next generation after $number. Of those who try at once one links its record
# to the next number; who finds a higher one after that was too late.
take() {
  make_home
  mkdir -p "$S/lock" || die "cannot make $S/lock"
  next=$((number + 1))
  generation=$((next - 1000000000)).$token
  mine=$S/lock/.g.$token
  clock
  printf 'hawser-lock 1\n%s\n%s\n%s\n%s\n' "$generation" "$term" \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$name" 2>/dev/null >"$mine" &&
    pulse "$now" && ln -- "$mine" "$S/lock/g.$next" 2>/dev/null
  linked=$?
  rm -f -- "$mine"
  if [ "$linked" = 0 ]; then
    if newest && [ "$held" = "$generation" ]; then return; fi
    rm -f -- "$S/lock/g.$next"
  fi
  rm -f -- "$S/lock/b.$generation"
  return 1
}

# What runs of before us left: their processes are ended, then their records go.
inherit() {
  printf '%s %s %s\n' "$generation" "$$" "${HAWSER_COMMAND:-}" >>"$S/lock/runs" ||
    die "cannot write $S/lock/runs"
  end_runs
  newest && [ "$held" = "$generation" ] || die "another run has taken the lock"
  for old in "$S"/lock/g.* "$S"/lock/b.* "$S"/lock/.[gb].*; do
    case $old in
      "$record" | "$S/lock/b.$generation" | "$S/lock/.b.$token") ;;
      *) rm -f -- "$old" ;;
    esac
  done
}

# Gives the lock back; when nothing is left to undo the state directory goes with it.
release() {
  newest && [ "$held" = "$generation" ] || return 0
  load
  if [ -n "$act" ]; then
    pulse free
    rm -f -- "$S/lock/runs"
    return
  fi
  for part in "$S"/* "$S"/.[!.]*; do
    if [ "$part" != "$S/lock" ]; then
      drop_stage "$part"
      rm -f -- "$part"
    fi
  done
  rm -f -- "$record" "$S/lock/b.$generation" "$S/lock/runs"
  # Another run may be taking it right now.
  if rmdir -- "$S/lock" "$S" 2>/dev/null; then drop_home; fi
}

# do_lock TOKEN LEASE NAME
do_lock() {
  token=$1 term=$2 name=$3
  attempts=0
  while :; do
    if newest && alive; then
      echo "held $since $owner"
      return
    fi
    if take; then break; fi
    attempts=$((attempts + 1))
    [ "$attempts" -lt 10 ] || die "cannot take the lock in $S/lock: is the disk full, or without hard links?"
  done
  inherit
  # A reader takes the last line for the end of the answer, and hears of the one before.
  echo "locked $generation"
  echo holding
  while read -r told; do
    if [ "$told" = 'done' ]; then
      release
      return
    fi
    newest && [ "$held" = "$generation" ] || die "another run has taken the lock"
    clock
    pulse "$now" || die "cannot write $S/lock"
  done
  # The link ended and with it perhaps the owner: the next one need not wait for the lease.
  pulse free
}
