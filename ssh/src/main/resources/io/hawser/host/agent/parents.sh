# The directories on the way to a place: whether they are safe, and those that are made.
# From base.sh: root, nl, val, why, at, hop, exists, try. From journal.sh: seq, prepare, next, begun, ended.
# shellcheck shell=sh
# shellcheck disable=SC2154 # root and others are set by base.sh and journal.sh

judged=$nl me=

# judge DIR: whether nobody but root and we can put something into an existing directory, or lead it
# elsewhere: they could do so in the middle of a write. Else $why says what is wrong and what to do.
judge() {
  case $judged in
    *"$nl$1$nl"*) return 0 ;;
  esac
  if [ -z "$me" ]; then me=$(id -u) group=$(id -g); fi
  whole=$1 here=$root rest=${1#"$root"} sticky=
  shift
  [ -n "$root" ] || set -- /
  while [ -n "$rest" ]; do
    next_name
    here=$here/$name
    set -- "$@" "$here"
  done
  while [ $# -gt 0 ]; do
    if ! read -r uid gid mode type; then
      why="cannot look at $1"
      return 1
    fi
    case $type in
      symbolic*)
        walk "$whole" || return 1
        break
        ;;
    esac
    trust "$1" || return 1
    shift
  done <<END
$(stat -c '%u %g %a %F' -- "$@" 2>/dev/null)
END
  if [ -n "$sticky" ]; then
    unsafe "$sticky"
    return 1
  fi
  judged=$judged$whole$nl
}

# Takes the first name off $rest.
next_name() {
  rest=${rest#/}
  name=${rest%%/*}
  case $rest in
    */*) rest=/${rest#*/} ;;
    *) rest= ;;
  esac
}

# The same name by name, when links are on the way: each must be root's or ours, and so must all be
# that it leads through.
walk() {
  here=$root rest=${1#"$root"} sticky='' hops=0
  while [ -n "$rest" ]; do
    next_name
    case $name in
      '' | .) continue ;;
      ..)
        here=${here%/*}
        case $here/ in
          "$root"/*) continue ;;
        esac
        [ -n "$root" ] || continue
        why="$1 leads out of $root"
        return 1
        ;;
    esac
    look "$here/$name"
    trust "$here/$name" || return 1
    if [ ! -L "$here/$name" ]; then
      here=$here/$name
      continue
    fi
    hops=$((hops + 1))
    to=$(readlink "$here/$name")
    case $to in
      "$root"/*) here=$root rest=${to#"$root"}$rest ;;
      /*) hops=99 ;;
      *) rest=/$to$rest ;;
    esac
    if [ "$hops" -gt 40 ]; then
      why="$1 leads through the link $here/$name to $to, too far or out of ${root:-/}"
      return 1
    fi
  done
}

look() {
  read -r uid gid mode type <<END
$(stat -c '%u %g %a %F' -- "$1" 2>/dev/null)
END
}

# trust PATH: judges one name by $uid, $gid, $mode and $type. In a directory like /tmp everybody may
# write, but nobody may touch what is ours or root's there: only as the last one it is refused.
trust() {
  sticky=
  if [ "$uid" != 0 ] && [ "$uid" != "$me" ]; then
    unsafe "$1"
    return 1
  fi
  case $type in
    symbolic*) return 0 ;;
  esac
  bits=$((0$mode))
  if [ $((bits & 2)) -eq 0 ] && { [ $((bits & 16)) -eq 0 ] || [ "$gid" = "$group" ]; }; then
    return 0
  fi
  if [ $((bits & 512)) -eq 0 ]; then
    unsafe "$1"
    return 1
  fi
  sticky=$1
}

unsafe() {
  # Not "owner": that is who begins entries.
  whom=$(stat -c '%U, uid %u, group %G, mode %a' -- "$1" 2>/dev/null)
  why="$1 (owner $whom) can be changed by others than root, who could lead a write below it elsewhere;"
  why="$why give it to root and take the write bits of group and others away, or use another place"
}

# Makes the missing parents of a path (a field) one by one, each an entry of its own.
parents() {
  [ -n "${1%/*}" ] || return 0
  at "${1%/*}"
  if [ ! -d "$val" ]; then
    # The state directory may bring some of them.
    prepare
  fi
  if [ -d "$val" ]; then
    judge "$val"
    return
  fi
  parents "${1%/*}" || return 1
  make_dir "${1%/*}" 0755
}

make_dir() {
  at "$1"
  if exists "$val"; then
    why="$val is not a directory"
    return 1
  fi
  next
  begun dir "$1" "$2" -
  try mkdir -m "00$2" -- "$val" || return 1
  ended "$seq"
}

# Follows the links at path $val, as follow does; each must be root's or ours and lie in a safe place.
reach() {
  hops=0
  while [ -L "$val" ] && [ "$hops" -lt 40 ]; do
    hops=$((hops + 1))
    look "$val"
    trust "$val" || return 1
    hop
    [ ! -d "${val%/*}" ] || judge "${val%/*}" || return 1
  done
}
