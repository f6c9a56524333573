# The watch list: what scripts change beside us. Pre-images of it are taken before the first script
# runs; and around every script it is noted which of what it then looks like is the scripts' doing.
# From base.sh: S, root, nl, val, die, dec, exists, pick_digest, services, sha, try. From journal.sh:
# act, e_seq, seq, load, next, begun, ended, flush_fs, is_done, find_change.
# STATE/pre/SEQ.watch holds: wanted (lines as they came), before (N GROUP KIND PATH STATE), copies
# named N, known (PATH STATE, made by scripts), foreign (paths that somebody else changed), and open
# while a script runs.
# shellcheck shell=sh
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails
# shellcheck disable=SC2034 # owner is for journal.sh
# shellcheck disable=SC2154 # S and others are set by base.sh and journal.sh

do_watch() {
  owner=$1
  load
  if find_change watch "$2"; then
    cat >/dev/null
    is_done "$e_seq" || ended "$e_seq"
    echo same
    return
  fi
  next
  w=$S/pre/$seq.watch
  rm -rf -- "$w"
  mkdir "$w" && cat >"$w/wanted" || die "cannot write $w"
  if grep -q '[^A-Za-z0-9/._:=,@+ -]' "$w/wanted"; then die "watch: a name is not plain"; fi
  expand <"$w/wanted" | keep_watched || die "cannot keep what is watched in $w"
  : >"$w/known"
  : >"$w/foreign"
  flush_fs "$w"
  begun watch "$2" -
  ended "$seq"
  echo changed
}

# Adds to each directory all that is in it; odd names are none that scripts make.
expand() {
  while IFS=' ' read -r group kind path; do
    printf '%s %s %s\n' "$group" "$kind" "$path"
    if [ "$kind" = directory ] && [ -d "$root$path" ] && [ ! -L "$root$path" ]; then
      (cd -- "$root$path" && find . -xdev ! -name .) | grep -v '[^A-Za-z0-9/._:=,@+-]' | sort |
        sed "s|^\.|$group file $path|"
    fi
  done
}

keep_watched() {
  n=0
  while IFS=' ' read -r group kind path; do
    n=$((n + 1))
    tell_state "$kind" "$path"
    case $val in
      'f '* | 'l '*) cp -a -- "$root$path" "$w/$n" || return 1 ;;
    esac
    printf '%s\n' "$n $group $kind $path $val" >>"$w/before"
  done
}

# tell_state KIND PATH: what stands there, in $val. Of a file with blocks those are left out, because they
# are ours and come and go by themselves; a line that one of them set aside counts as the line.
tell_state() {
  place=$root$2
  case $1 in
    service)
      enabled=0 active=0
      if try services is-enabled "$2"; then enabled=1; fi
      if try services is-active "$2"; then active=1; fi
      val="u $enabled $active"
      return
      ;;
    swap)
      val='s ,'
      [ -n "$root" ] || val="s ,$(sed 1d /proc/swaps 2>/dev/null | cut -d ' ' -f 1 | sort | tr '\n' ,)"
      return
      ;;
  esac
  if [ -L "$place" ]; then
    # Something at the end, since read would drop a blank there.
    val="l $(readlink "$place" | tr '\n' ' ')|"
  elif [ -f "$place" ]; then
    if [ "$1" = blocks ]; then
      # shellcheck disable=SC2086 # program and options
      val=$({ cat -- "$place" && echo; } | sed '/^# hawser begin /,/^# hawser end /d;/^$/d;s/^# hawser aside [^ ]*: //' | $one)
      val=${val%% *}
    else
      sha "$place"
    fi
    val="f $(stat -c '%a %u %g' -- "$place") $val"
  elif [ -d "$place" ]; then
    val="d $(stat -c '%a %u %g' -- "$place")"
  elif exists "$place"; then
    val=o
  else
    val=-
  fi
}

# All that is watched, and what came since into a directory, as lines of "before".
watched() {
  cat "$w/before"
  {
    sed 's/^[0-9]* \([^ ]* [^ ]* [^ ]*\) .*/\1\n\1/' "$w/before"
    expand <"$w/wanted"
  } | sort | uniq -u | sed 's/^/0 /;s/$/ -/'
}

is_known() { grep -Fxq -- "$1" "$w/known"; }

# Before a script runs: what is neither as before nor as a script left it is somebody else's. If the
# last script never came to its end, nobody can tell, and it is taken for the script's.
look_before() {
  [ ! -f "$w/open" ] || return 0
  watched | while IFS=' ' read -r _ _ kind path was; do
    tell_state "$kind" "$path"
    [ "$val" = "$was" ] || is_known "$path $val" || printf '%s\n' "$path" >>"$w/foreign"
  done
  : >"$w/open"
  flush_fs "$w"
}

# After a script: what it changed is known.
look_after() {
  [ -f "$w/open" ] || return 0
  watched | while IFS=' ' read -r _ _ kind path was; do
    tell_state "$kind" "$path"
    [ "$val" = "$was" ] || grep -Fxq -- "$path" "$w/foreign" || printf '%s\n' "$path $val" >>"$w/known"
  done
  flush_fs "$w"
  rm -f -- "$w/open"
}

# each_watch ACTION: for every list that is not undone.
each_watch() {
  for n in $(printf '%s\n' "$act" | sed -n 's/^\([0-9]*\) [^ ]* watch .*/\1/p'); do
    w=$S/pre/$n.watch
    if [ -f "$w/before" ]; then
      pick_digest
      "$1"
    fi
  done
}
