# Takes the lock of the host and holds it as long as the controller says that it lives.
# From base.sh: S, val, why, die. From owner.sh: number, held, since, owner, rec, clock, newest,
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

# Whether no other record came since we looked: ours may have taken a number that was free again.
is_alone() {
  for rec in "$S"/lock/g.*; do
    case $rec in
      "$seen" | "$S/lock/g.$next") ;;
      *) return 1 ;;
    esac
  done
  newest && [ "$held" = "$generation" ]
}

# Tries to become the next generation after $number. Of those who try at once one links its record
# to the next number; who finds another one after that was too late.
take() {
  make_home
  mkdir -p "$S/lock" || die "cannot make $S/lock"
  next=$((number + 1)) seen=$S/lock/g.$number
  generation=$((next - 1000000000)).$token
  mine=$S/lock/.g.$token
  clock
  printf 'hawser-lock 1\n%s\n%s\n%s\n%s\n' "$generation" "$term" \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$name" 2>/dev/null >"$mine" &&
    pulse "$now" && ln -- "$mine" "$S/lock/g.$next" 2>/dev/null
  linked=$?
  rm -f -- "$mine"
  if [ "$linked" = 0 ]; then
    if is_alone; then return; fi
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
      "$rec" | "$S/lock/b.$generation" | "$S/lock/.b.$token") ;;
      *) rm -f -- "$old" ;;
    esac
  done
}

# Gives the lock back, and leaves nothing of it; when nothing is left to undo the state directory
# goes too.
release() {
  newest && [ "$held" = "$generation" ] || return 0
  load
  if [ -z "$act" ]; then
    for part in "$S"/* "$S"/.[!.]*; do
      if [ "$part" != "$S/lock" ]; then
        drop_stage "$part"
        rm -f -- "$part"
      fi
    done
  fi
  rm -f -- "$rec" "$S/lock/b.$generation" "$S/lock/runs"
  # Another run may be taking it right now.
  rmdir -- "$S/lock" 2>/dev/null && [ -z "$act" ] && rmdir -- "$S" 2>/dev/null && drop_home
  return 0
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
