# The operations on directories, files, blocks and links.
# From base.sh: S, root, cluster, val, why, try, at, dec, link_target, exists, sha, is_ours.
# From journal.sh: seq, e_seq, flush, prepare, next, begun, ended, is_done, find_entry, find_change,
# literal, load, x1, x2. From parents.sh: parents, make_dir, reach. From check.sh: same. From
# stand-in.sh: stands_in. From before.sh: settle. From units.sh: apply_unit. From watch.sh: apply_watch.
# shellcheck shell=sh
# shellcheck disable=SC2034 # owner is for journal.sh
# shellcheck disable=SC2154 # S, cluster, val and seq are set by base.sh and journal.sh

# Stores what stands at a path as the pre-image of entry $seq; $pre says how.
keep() {
  pre=-
  if [ -L "$1" ]; then
    try cp -a -- "$1" "$S/pre/$seq" || return 1
    pre=p
  elif [ -f "$1" ]; then
    try cp -a -- "$1" "$S/pre/$seq" || return 1
    flush "$S/pre/$seq"
    pre=p
  elif [ -e "$1" ]; then
    pre=r
  fi
}

# take_over KIND FIELD PATH: when an earlier run for the same owner wrote the file that stands there, it is
# nobody's to be put back, and may hold a password: entry $seq keeps what the earlier entry kept.
take_over() {
  find_entry "* $(literal "$owner") $1 $(literal "$2") *" && is_done "$e_seq" || return 1
  case $x2 in
    - | p) pre=$x2 ;;
    *) return 1 ;;
  esac
  is_ours "$3" "$x1" || stands_in "$3" "$x1" || return 1
  if [ "$pre" = p ]; then
    try cp -a -- "$S/pre/$e_seq" "$S/pre/$seq" || return 1
    if [ ! -L "$S/pre/$seq" ]; then flush "$S/pre/$seq"; fi
  fi
}

# Renames what stands at a path, so that the place is free.
set_aside() {
  if exists "$1.hawser-$seq"; then
    why="$1.hawser-$seq is in the way"
    return 1
  fi
  try mv -- "$1" "$1.hawser-$seq"
}

# put PATH SHA CONTENT MODE [in-place]: stages the content beside the path and renames it into place; with the
# mode "keep" the file there gives mode and owner. The name is free, and nobody can have put a link
# there that is followed.
put() {
  new=${1%/*}/.hawser-new-$cluster-${e_seq:-$seq}
  rm -f -- "$new"
  if [ "$4" = keep ]; then
    try cp -a -- "$1" "$new" || return 1
  else
    why=$( (set -C && : >"$new") 2>&1) || return 1
  fi
  content=$3
  [ "$content" != % ] || content=
  if ! why=$( (printf '%b' "$content" >"$new") 2>&1) || ! is_ours "$new" "$2"; then
    why=$why$(full "$new")
    rm -f -- "$new"
    why="${why:-$1: the content did not arrive whole, is the disk full?}"
    return 1
  fi
  if [ "$4" != keep ]; then try chmod "$4" -- "$new" || return 1; fi
  flush "$new"
  # A link to a directory would lead the new file into it.
  [ ! -L "$1" ] || rm -f -- "$1"
  if ! try mv -f -- "$new" "$1"; then
    case $why in
      *busy*) write_in_place "$1" "$2" "${5:-}" && return ;;
    esac
    rm -f -- "$new"
    return 1
  fi
  flush "${1%/*}"
}

# A file that is a mount point cannot be replaced, as the hosts file of a container: where that was
# allowed its bytes are written over. What was there before is kept meanwhile, for settle.
write_in_place() {
  if [ "$3" != in-place ]; then
    why="$1 is a mount point, so it cannot be replaced in one step (Device or resource busy); unmount it,"
    why="$why or allow it to be written in place"
    return 1
  fi
  held=$S/pre/$e_seq
  try cp -a -- "$1" "$held.new" && flush "$held.new" && try mv -f -- "$held.new" "$held" || return 1
  if ! why=$(cat -- "$new" 2>&1 >"$1") || ! is_ours "$1" "$2"; then
    cat -- "$held" >"$1"
    why="${why:-$1: the content did not arrive whole, is the disk full?}"
    return 1
  fi
  flush "$1"
  rm -f -- "$new" "$held"
}

apply_dir() {
  prepare
  at "$1"
  if [ -d "$val" ]; then
    parents "$1" && at "$1" && reach || return 1
    if [ ! -d "$val" ]; then
      at "$1"
      why="$val leads too far or out of ${root:-/}"
      return 1
    fi
    old=$(stat -L -c %a -- "$val")
    next
    begun dir "$1" "$2" "$old"
    try chmod "00$2" -- "$val" && ended "$seq"
  elif exists "$val"; then
    why="$val is not a directory"
    return 1
  else
    parents "$1" && make_dir "$1" "$2"
  fi
}

apply_file() {
  parents "$1" || return 1
  at "$1"
  place=$val
  next
  take_over file "$1" "$place" || keep "$place" || return 1
  e_seq=
  begun file "$1" "$3" "$pre"
  if [ "$pre" = r ]; then set_aside "$place" || return 1; fi
  put "$place" "$3" "$4" "$2" && ended "$seq"
}

apply_swap() {
  parents "$1" || return 1
  at "$1"
  reach || return 1
  place=$val
  now=% how=k
  if [ -f "$place" ]; then
    sha "$place"
    now=$val
  elif exists "$place"; then
    why="$place is not a file"
    return 1
  fi
  if [ "$now" != "$2" ]; then
    why="$place was changed by somebody else meanwhile"
    return 1
  fi
  # Whoever takes out the last block of a file that we made removes the file.
  if [ "$now" = % ] || find_entry "* * block $(literal "$1") * -"; then how=-; fi
  in_place=$6
  if find_change block "$1 $4"; then
    # Undo may do what was allowed when the block was put there, or since.
    case $x2$in_place in
      b*) in_place=in-place ;;
      kin-place)
        old=$e_seq
        next
        begun block "$1" "$4" b
        note "U $old"
        e_seq=$seq
        ;;
    esac
  else
    next
    if [ "$how$in_place" = kin-place ]; then how=b; fi
    begun block "$1" "$4" "$how"
    e_seq=$seq
  fi
  if [ "$now" = % ]; then mode=0644; else mode=keep; fi
  put "$place" "$3" "$5" "$mode" "$in_place" || return 1
  is_done "$e_seq" || ended "$e_seq"
}

apply_link() {
  parents "$1" || return 1
  at "$1"
  place=$val
  next
  pre=-
  if exists "$place"; then pre=r; fi
  begun link "$1" "$2" "$pre"
  if [ "$pre" = r ]; then set_aside "$place" || return 1; fi
  link_target "$2"
  try ln -s -- "$val" "$place" && flush "${place%/*}" && ended "$seq"
}

# An operation that finds its change made, but begun only in the journal, was killed in between.
record() {
  case $1 in
    swap) find_change block "$2 $5" || return 0 ;;
    *) find_change "$1" "$2" || return 0 ;;
  esac
  is_done "$e_seq" || ended "$e_seq"
}

# Says in $why what it is about, and what the system does not say by itself.
explain() {
  if [ "$1" = unit ]; then return; fi
  at "$2"
  place=$val
  case $why in
    *"$place"*) ;;
    *) why="$place: $why" ;;
  esac
  case $why in
    *'not permitted'*)
      for fixed in "$place" "${place%/*}"; do
        flags=$(lsattr -d -- "$fixed" 2>/dev/null)
        case ${flags%% *} in
          *[ia]*)
            why="$why; $fixed is immutable or append-only (chattr): take that attribute off"
            return
            ;;
        esac
      done
      ;;
  esac
}

do_apply() {
  owner=$1
  load
  settle
  n=0
  while IFS=' ' read -r op a b c d e f; do
    n=$((n + 1))
    e_seq=
    if same "$op" "$a" "$b" "$c" "$d" "$e" </dev/null; then
      record "$op" "$a" "$b" "$c" "$d"
      echo "$n same"
    elif why='' e_seq='' && "apply_$op" "$a" "$b" "$c" "$d" "$e" "$f" </dev/null; then
      echo "$n changed"
    else
      explain "$op" "$a" </dev/null
      echo "$n failed $(printf '%s' "$why" | tr '\n' ' ')"
      cat >/dev/null
      return
    fi
  done
}
