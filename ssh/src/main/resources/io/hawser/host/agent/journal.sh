# The journal and the state directory.
# From base.sh: S, J, nl, die.
# text: the journal as it is; act: its entries that are not undone, "SEQ OWNER KIND TARGET EXTRA...";
# finished: the sequence numbers of those that are done, blanks around; seq: the last one given.
# owner: who begins entries, set by the verb.
# shellcheck shell=sh
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails
# shellcheck disable=SC2034 # e_kind, e_target and x1 to x4 are for the parts after it
# shellcheck disable=SC2154 # S, J and nl are set by base.sh, owner by the verb

# Older versions of sync know no files, and sync everything.
flush() { sync -- "$@" 2>/dev/null || sync; }

flush_fs() { sync -f -- "$@" 2>/dev/null || sync; }

# All mount points, one a line; none on systems that do not tell. Blanks are octal there.
mounts() {
  [ -r /proc/self/mountinfo ] || return 0
  printf '%b\n' "$(sed 's/^\([^ ]* \)\{4\}\([^ ]*\) .*/\2/;s/\\\([0-7]\{3\}\)/\\0\1/g' /proc/self/mountinfo)"
}

# Whether something is mounted on a directory.
is_mount() {
  here=$(cd -P -- "$1" 2>/dev/null && pwd -P) && mounts | grep -Fxq -- "$here"
}

# The first mount point below a directory, in $val. Its device number would not tell: it may be a
# directory of the same file system.
mount_below() {
  here=$(cd -P -- "$1" 2>/dev/null && pwd -P) || return 1
  val=$(
    mounts | while IFS= read -r mount; do
      case $mount in
        "$here"/*)
          printf '%s\n' "$mount"
          break
          ;;
      esac
    done
  )
  [ -n "$val" ]
}

# Removes a directory of ours with all that is in it, but never what is mounted there.
drop_stage() {
  if [ -L "$1" ]; then rm -f -- "$1"; fi
  [ -d "$1" ] || return 0
  if is_mount "$1"; then die "$1 is a mount point and is not removed; unmount it"; fi
  if mount_below "$1"; then die "$1 is not removed, $val is mounted in it; unmount it"; fi
  rm -rf -- "$1" 2>/dev/null && return
  chmod -R u+rwx -- "$1"
  rm -rf -- "$1" || die "cannot remove $1"
}

# Whether the last line of $text ends with the right sum.
sound() {
  last=$(printf '%s\n' "$text" | tail -n 1)
  body=${text%"$last"}
  sum=$(printf '%s%s' "$body" "${last% *}" | cksum)
  [ "${last##* }" = "${sum%% *}" ]
}

cut_last() { text=$(printf '%s\n' "$text" | sed '$d'); }

load() {
  text='hawser-journal 1' torn='' act='' finished=' ' seq=0
  [ -f "$J" ] || return 0
  text=$(cat "$J" && echo .) || die "cannot read $J"
  case $text in
    'hawser-journal 1'"$nl"*) ;;
    'hawser-journal '*)
      read -r _ version <"$J"
      die "$J is of version $version, this Hawser knows version 1: use the Hawser that wrote it"
      ;;
    *) die "$J is not a journal of Hawser" ;;
  esac
  case $text in
    *"$nl.") text=${text%"$nl."} ;;
    *)
      text=${text%.}
      cut_last
      torn=1
      ;;
  esac
  [ "$text" != 'hawser-journal 1' ] || return 0
  if ! sound; then
    # Only a line that was being written when the host died may be wrong, and there is one at most.
    [ -z "$torn" ] || die "$J is damaged: its sums do not fit"
    torn=1
    cut_last
    [ "$text" = 'hawser-journal 1' ] || sound || die "$J is damaged: its sums do not fit"
  fi
  undone=" $(printf '%s\n' "$text" | sed -n 's/^U \([0-9]*\) .*/\1/p' | tr '\n' ' ')"
  finished=" $(printf '%s\n' "$text" | sed -n 's/^D \([0-9]*\) .*/\1/p' | tr '\n' ' ')"
  seq=$(printf '%s\n' "$text" | sed -n 's/^S \([0-9]*\) .*/\1/p' | tail -n 1)
  seq=${seq:-0}
  act=$(
    printf '%s\n' "$text" | sed -n 's/^S \(.*\) [0-9]*$/\1/p' | while read -r n rest; do
      case $undone in
        *" $n "*) ;;
        *) printf '%s %s\n' "$n" "$rest" ;;
      esac
    done
  )
}

is_done() {
  case $finished in
    *" $1 "*) ;;
    *) return 1 ;;
  esac
}

# Makes the directory of all clusters. Which of its parents we made stands in .made, for close.
make_home() {
  home=${S%/*}
  missing=
  up=${home%/*}
  while [ -n "$up" ] && [ ! -d "$up" ]; do
    missing="$up$nl$missing"
    up=${up%/*}
  done
  (umask 022 && mkdir -p "$home") || die "cannot make $home"
  if [ -n "$missing" ]; then printf '%s' "$missing" >"$home/.made"; fi
}

make_state() {
  make_home
  mkdir -p "$S/pre" "$S/undo" "$S/tree" || die "cannot make $S"
  printf '%s\n' "$text" >"$J.new" && flush "$J.new" && mv -f "$J.new" "$J" && flush "$S" ||
    die "cannot write $J$(full "$S")"
  torn=
}

prepare() {
  if [ -n "$torn" ] || [ ! -f "$J" ]; then make_state; fi
}

# Appends a line to the journal and waits until the disk has it.
note() {
  prepare
  sum=$(printf '%s\n%s' "$text" "$1" | cksum)
  line="$1 ${sum%% *}"
  printf '%s\n' "$line" >>"$J" || die "cannot write $J$(full "$S")"
  flush "$J"
  text=$text$nl$line
}

# The next sequence number; the place for its pre-image is there afterwards.
next() {
  prepare
  seq=$((seq + 1))
}

# begun KIND TARGET EXTRA...: entry $seq of $owner starts.
begun() {
  note "S $seq $owner $*"
  act="$act${act:+$nl}$seq $owner $*"
}

ended() {
  note "D $1"
  finished="$finished$1 "
}

# find_entry PATTERN: the last entry that is not undone whose line matches, split into
# e_seq e_kind e_target x1 x2 x3 x4.
find_entry() {
  found=
  # shellcheck disable=SC2254 # a pattern on purpose
  while read -r line; do
    case $line in
      $1) found=$line ;;
    esac
  done <<END
$act
END
  [ -n "$found" ] || return 1
  IFS=' ' read -r e_seq _ e_kind e_target x1 x2 x3 x4 <<END
$found
END
}

# A field as a pattern that means itself: of its characters only the backslash is special.
literal() { printf '%s' "$1" | sed 's/\\/\\\\/g'; }

find_change() { find_entry "* * $1 $(literal "$2") *"; }
