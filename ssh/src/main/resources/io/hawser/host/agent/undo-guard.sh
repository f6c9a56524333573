# What undo must not touch: places that no journal of ours can name, what lies behind a mount or a
# link that came after us, and what others put beside.
# From base.sh: S, root, nl, val, why, die, at. From journal.sh: J, act, e_kind, e_target, x2, mounts,
# is_mount. From parents.sh: judge.
# shellcheck shell=sh
# shellcheck disable=SC2034 # res is for undo.sh
# shellcheck disable=SC2154 # S and others are set by base.sh and journal.sh

# The place of the entry as a field in $field, and as a path in $place.
own_place() {
  field=$e_target
  if [ "$e_kind" = unit ]; then
    case $e_target in
      '' | -* | *[!A-Za-z0-9_.@-]*) die "the journal names the unit \"$e_target\", which is none" ;;
    esac
    field=/etc/systemd/system/$e_target.service
  fi
  at "$field"
  place=$val
  while :; do
    case $place in
      */) place=${place%/} ;;
      *) break ;;
    esac
  done
  case $place in
    "$root" | *"$nl"*) die "the journal names \"$val\", which Hawser never changes as a whole" ;;
  esac
}

# Whether we made the directory of a field, and it is not undone.
made() {
  case $nl$act$nl in
    *" dir $1 "????" -$nl"*) ;;
    *) return 1 ;;
  esac
}

still_mounted() { res="failed $val is mounted there; unmount it and undo again"; }

# Whether the entry's place is where it was; else $res says why nothing is touched. A directory that
# we made was neither a mount point nor a link.
guarded() {
  under=$field
  # What is said of the last name of a path depends on the kind.
  case $e_kind in
    dir) under=${field%/*} ;;
  esac
  while [ -n "$under" ]; do
    at "$under"
    if made "$under" && [ -L "$val" ]; then
      replaced_by_link
      return 1
    fi
    if made_at_or_above "$under" && is_mount "$val"; then
      still_mounted
      return 1
    fi
    under=${under%/*}
  done
  up=${place%/*}
  while [ -n "$up" ] && [ ! -d "$up" ]; do
    up=${up%/*}
  done
  if [ -n "$up" ] && ! judge "$up"; then
    res="failed $why"
    return 1
  fi
}

made_at_or_above() {
  above=$1
  while [ -n "$above" ]; do
    if made "$above"; then return; fi
    above=${above%/*}
  done
  return 1
}

# What we had replaced cannot be put back behind a link.
replaced_by_link() {
  lost=
  case $e_kind in
    tree) lost=$(find "$S/tree/$e_seq.pre" ! -type d 2>/dev/null | head -n 1) ;;
    file | link | unit) [ "$x2" = - ] || lost=1 ;;
  esac
  res="$val was made by Hawser and is a link now; what it leads to is not touched"
  if [ -n "$lost" ]; then
    res="failed $res; remove the link, or move the directory back, and undo again"
  else
    res="kept $res"
  fi
}

# Whether a directory that we made may go with what others put there: not when this or another
# cluster's state is in it, or another cluster's changes.
may_purge() {
  case $S/ in
    "$place"/*) return 1 ;;
  esac
  for other in "${S%/*}"/*/journal; do
    if [ "$other" != "$J" ] && grep -Fq -- " $e_target" "$other" 2>/dev/null; then return 1; fi
  done
}
