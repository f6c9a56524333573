# Undo of a tree.
# From base.sh: S, nl, val, die, dec, exists, has_mode. From journal.sh: e_seq, e_target, x1, is_mount,
# mount_below, drop_stage. From digests.sh: digest_all. From before.sh: alike. From undo-guard.sh:
# place, still_mounted, may_purge. From stated.sh: stated, put_before. From undo.sh: res, purge,
# others_below.
# shellcheck shell=sh
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails
# shellcheck disable=SC2034 # earlier is for stated.sh
# shellcheck disable=SC2154 # S and others are set by base.sh and journal.sh

# written SED-EXPRESSION: decoded lines of the list.
written() {
  lines=$(sed -n "$1" "$list")
  [ -z "$lines" ] || printf '%b\n' "$lines"
}

# The lines that are in both files, and those that are only in the second. Not every host has comm.
both() { { sort -u "$1" && sort -u "$2"; } | sort | uniq -d; }

only_second() { { sort -u "$1" "$1" && sort -u "$1" "$2"; } | sort | uniq -u; }

each0() { tr '\n' '\0' | xargs -0 -r "$@"; }

undo_tree() {
  [ -d "$place" ] && cd -- "$place" || return
  if mount_below "$place"; then
    still_mounted
    return
  fi
  drop_stage "./.hawser-stage-$x1"
  rm -rf -- "$S/mark"
  list=$S/tree/$e_seq
  pre=$list.pre
  [ -f "$list" ] || return
  if written 's|^[nirm] . [^ ]* [0-9]/|./|p' | grep -Eq '/\.\.?(/|$)|^[^.]|^\.[^/]'; then
    die "the list of entry $e_seq names what is not below $place: nothing is undone there"
  fi
  w=$list.undo
  earlier=$w/earlier
  rm -rf -- "$w" && mkdir "$w" || die "cannot write $w"
  # find follows no link, so nothing is touched through one that somebody put in our tree.
  for type in f l d; do
    find . -xdev -name "*$nl*" -prune -o -type "$type" -print | sort >"$w/there.$type"
  done
  written 's|^[nir] f \([^ ]*\) [0-9]/|\1 ./|p' | sort >"$w/files"
  # Without the digests everything would seem to be changed by somebody else.
  cut -c 66- "$w/files" | sort | both - "$w/there.f" | tr '\n' '\0' | digest_all '' 0 >"$w/digests" || exit 1
  sed 's|^ \([^ ]*\) |\1 ./|' "$w/digests" | sort >"$w/now"
  both "$w/files" "$w/now" | cut -c 66- | sort >"$w/mine"
  written 's|^r . [^ ]* [0-9]/|./|p' | sort >"$w/replaced"
  # A file that was not replaced yet is its own pre-image.
  only_second "$w/files" "$w/now" | cut -c 66- | while IFS= read -r path; do
    if cmp -s "$path" "$pre/$path"; then
      continue
    elif is_damage "$path"; then
      printf '%s\n' "$path" >>"$w/mine"
    else
      printf '%s\n' "$path"
    fi
  done >"$w/kept"
  if is_hidden; then
    val=$place
    still_mounted
    return
  fi
  find_turned
  undo_modes
  each0 rm -f -- <"$w/mine"
  undo_links
  written 's|^[nir] d [^ ]* [0-9]/|./|p' | sort | both - "$w/there.d" | sort -r >"$w/dirs"
  each0 rmdir -- <"$w/dirs" 2>/dev/null
  while IFS= read -r path; do
    if [ -d "$path" ]; then printf '%s\n' "$path" >>"$w/full"; fi
  done <"$w/dirs"
  find_added
  undo_replaced
  if [ -s "$w/cut-off" ]; then
    res="failed behind a link now, so that what was there before cannot be put back: $(first_of "$w/cut-off")"
  elif [ -s "$w/kept" ]; then
    res="kept changed by somebody else: $(first_of "$w/kept")"
    if [ -s "$w/added" ]; then res="$res; added by somebody else: $(first_of "$w/added")"; fi
  elif [ -s "$w/full" ]; then
    res=kept
    if others_below "$e_target"; then res=waits; fi
    res="$res $(wc -l <"$w/full") directories are not empty, $(tail -n 1 "$w/full") among them"
    if [ -s "$w/added" ]; then res="$res; added by somebody else: $(first_of "$w/added")"; fi
  fi
  rm -rf -- "$w"
}

# Whether a file that is not as we wrote it is damage of ours. What replaced something and has no
# pre-image any more need not be: an undo that was killed has put that back.
is_damage() {
  stated "$1" && grep -Fxq -- "$val $1" "$w/files" || return 1
  ! grep -Fxq -- "$1" "$w/replaced" || exists "$pre/$1" || put_before "$val" "${1#./}"
}

first_of() { echo "$(head -n 3 "$1" | tr '\n' ' ')($(wc -l <"$1") in all)"; }

# Whether a mount on the tree's directory hides all that was put there.
is_hidden() {
  is_mount . || return 1
  written 's|^[nir] . [^ ]* [0-9]/|./|p' | sort >"$w/put"
  [ -s "$w/put" ] && [ -z "$(sort "$w"/there.? | both - "$w/put")" ]
}

# What is left in directories that we made is somebody else's: listed, or removed when that was asked.
find_added() {
  : >"$w/added"
  [ -s "$w/full" ] || return 0
  if [ -n "$purge" ] && ! others_below "$e_target" && may_purge; then
    each0 rm -rf -- <"$w/full"
    : >"$w/full"
    mv -- "$w/kept" "$w/changed"
    while IFS= read -r path; do
      if exists "$path"; then printf '%s\n' "$path"; fi
    done <"$w/changed" >"$w/kept"
    return
  fi
  each0 sh -c 'find "$@" -xdev ! -type d' sh <"$w/full" >"$w/left"
  only_second "$w/kept" "$w/left" >"$w/added"
}

# Whether a path lies behind a link that somebody put in the tree. Of what is in the list nothing does.
behind_link() {
  above=${1%/*}
  while [ "$above" != . ]; do
    if [ -L "$above" ]; then return; fi
    above=${above%/*}
  done
  return 1
}

# What we added and somebody turned into something of another kind is theirs. What we replaced is
# compared with its pre-image instead: it may be there still.
find_turned() {
  for type in f l d; do
    written "s#^[ni] $type [^ ]* [0-9]/#./#p" | sort >"$w/was"
    for other in f l d; do
      [ "$other" = "$type" ] || both "$w/was" "$w/there.$other" >>"$w/kept"
    done
  done
}

undo_modes() {
  grep '^m ' "$list" | while IFS=' ' read -r _ _ value path; do
    dec "$path"
    path=./${val#?/}
    if [ ! -L "$path" ] && ! behind_link "$path" && has_mode "$path" "${value%,*}"; then chmod "00${value#*,}" "$path"; fi
  done
}

undo_links() {
  grep '^[nir] l ' "$list" | while IFS=' ' read -r how _ value path; do
    dec "$path"
    path=./${val#?/}
    grep -Fxq -- "$path" "$w/there.l" || continue
    dec "$value"
    if [ "$(readlink "$path")" = "$val" ]; then
      rm -f -- "$path"
    elif [ "$how" != r ]; then
      printf '%s\n' "$path" >>"$w/kept"
    fi
  done
}

put_back() {
  [ $# -eq 0 ] || { mkdir -p "$up" && mv -- "$@" "$up/"; } || die "cannot put back $PWD/$up"
}

undo_replaced() {
  up=
  set --
  while IFS= read -r path; do
    exists "$pre/$path" || continue
    if behind_link "$path"; then
      printf '%s\n' "$path" >>"$w/cut-off"
    elif ! exists "$path"; then
      if [ "${path%/*}" != "$up" ] || [ $# -ge 200 ]; then
        put_back "$@"
        set --
        up=${path%/*}
      fi
      set -- "$@" "$pre/$path"
    elif ! alike "$path" "$pre/$path"; then
      grep -Fxq -- "$path" "$w/kept" || printf '%s\n' "$path" >>"$w/kept"
      mv -- "$pre/$path" "$path.hawser-$e_seq" || die "cannot put back what $PWD/$path replaced"
    fi
  done <"$w/replaced"
  put_back "$@"
}
