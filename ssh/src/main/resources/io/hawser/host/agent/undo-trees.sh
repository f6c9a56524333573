# Undo of a tree.
# From base.sh: S, nl, val, die, dec, at, exists, has_mode. From journal.sh: e_seq, e_target, x1,
# drop_stage. From digests.sh: digest_all. From before.sh: alike. From undo.sh: res, others_below.
# shellcheck shell=sh
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails
# shellcheck disable=SC2154 # S and others are set by base.sh and journal.sh

# written SED-EXPRESSION: decoded lines of the list.
written() {
  lines=$(sed -n "$1" "$list")
  [ -z "$lines" ] || printf '%b\n' "$lines"
}

each0() { tr '\n' '\0' | xargs -0 -r "$@"; }

undo_tree() {
  at "$e_target"
  dir=$val
  [ -d "$dir" ] && cd -- "$dir" || return
  drop_stage "./.hawser-stage-$x1"
  rm -rf -- "$S/mark"
  list=$S/tree/$e_seq
  pre=$list.pre
  [ -f "$list" ] || return
  w=$list.undo
  rm -rf -- "$w" && mkdir "$w" || die "cannot write $w"
  # find follows no link, so nothing is touched through one that somebody put in our tree.
  for type in f l d; do
    find . -name "*$nl*" -prune -o -type "$type" -print | sort >"$w/there.$type"
  done
  written 's|^[nir] f \([^ ]*\) [0-9]/|\1 ./|p' | sort >"$w/files"
  cut -c 66- "$w/files" | sort | comm -12 - "$w/there.f" | tr '\n' '\0' | digest_all '' 0 |
    sed 's|^ \([^ ]*\) |\1 ./|' | sort >"$w/now"
  comm -12 "$w/files" "$w/now" | cut -c 66- | sort >"$w/mine"
  written 's|^r . [^ ]* [0-9]/|./|p' | sort >"$w/replaced"
  # A file that was not replaced yet is its own pre-image.
  comm -13 "$w/files" "$w/now" | cut -c 66- | while IFS= read -r path; do
    cmp -s "$path" "$pre/$path" || printf '%s\n' "$path"
  done >"$w/kept"
  find_turned
  undo_modes
  each0 rm -f -- <"$w/mine"
  undo_links
  written 's|^[nir] d [^ ]* [0-9]/|./|p' | sort | comm -12 - "$w/there.d" | sort -r >"$w/dirs"
  each0 rmdir -- <"$w/dirs" 2>/dev/null
  while IFS= read -r path; do
    if [ -d "$path" ]; then printf '%s\n' "$path" >>"$w/full"; fi
  done <"$w/dirs"
  undo_replaced
  if [ -s "$w/kept" ]; then
    res="kept changed by somebody else: $(head -n 3 "$w/kept" | tr '\n' ' ')($(wc -l <"$w/kept") in all)"
  elif [ -s "$w/full" ]; then
    res=kept
    if others_below "$e_target"; then res=waits; fi
    res="$res $(wc -l <"$w/full") directories are not empty, $(tail -n 1 "$w/full") among them"
  fi
  rm -rf -- "$w"
}

# What we added and somebody turned into something of another kind is theirs. What we replaced is
# compared with its pre-image instead: it may be there still.
find_turned() {
  for type in f l d; do
    written "s#^[ni] $type [^ ]* [0-9]/#./#p" | sort >"$w/was"
    for other in f l d; do
      [ "$other" = "$type" ] || comm -12 "$w/was" "$w/there.$other" >>"$w/kept"
    done
  done
}

undo_modes() {
  grep '^m ' "$list" | while IFS=' ' read -r _ _ value path; do
    dec "$path"
    path=./${val#?/}
    if [ ! -L "$path" ] && has_mode "$path" "${value%,*}"; then chmod "${value#*,}" "$path"; fi
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
    if ! exists "$path"; then
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
