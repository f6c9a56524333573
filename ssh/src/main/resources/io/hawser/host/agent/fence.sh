# Lets a call change the host only while nobody else has its lock. Runs before the verb.
# From base.sh: S, val, die. From owner.sh: held, newest, alive, whose.
# HAWSER_LOCK, in the environment: the generation that this run got with the lock; not set in a run
# without one.
# shellcheck shell=sh
# shellcheck disable=SC2154 # S and others are set by base.sh and owner.sh

run=${HAWSER_LOCK:-}
unset HAWSER_LOCK

# It first writes down who it is and then looks, and a taker first takes and then looks who is
# written down: so either it sees the new lock, or the taker sees it and ends it.
fence() {
  if [ -n "$run" ]; then
    { printf '%s %s %s\n' "$run" "$$" "${HAWSER_COMMAND:-}" >>"$S/lock/runs"; } 2>/dev/null
  fi
  if newest; then
    [ "$held" != "$run" ] || return 0
    whose
    [ -z "$run" ] ||
      die "this run has lost the host to $val and may not change it any more; see to it that only one of them runs, then start this one again"
    if alive; then
      die "the host is locked by $val; wait until that run has ended"
    fi
  elif [ -n "$run" ]; then
    die "the lock of this run is not on the host any more, another run has taken it away; start this one again"
  fi
}

fence
