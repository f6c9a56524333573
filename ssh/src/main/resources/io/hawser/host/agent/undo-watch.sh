# What scripts changed beside us is put back, after their own undo ran.
# From base.sh: S, root, cluster, val, why, try, exists, services. From journal.sh: act, e_seq,
# flush_fs. From parents.sh: judge. From watch.sh: w, tell_state, watched, is_known. From undo.sh: res,
# keep_settings.
# shellcheck shell=sh
# shellcheck disable=SC2034 # res is for undo.sh
# shellcheck disable=SC2154 # S and others are set by base.sh and journal.sh

undo_watch() {
  w=$S/pre/$e_seq.watch
  [ -f "$w/before" ] || return 0
  if scripts_stand; then
    res="waits the undo of scripts comes first"
    return
  fi
  restored='' left='' kept='' failed=''
  watched >"$w/now"
  : >"$w/made"
  while IFS=' ' read -r n group kind path was; do
    tell_state "$kind" "$path"
    if [ "$val" = "$was" ]; then continue; fi
    if [ "$group" = system ] && [ -n "$keep_settings" ]; then
      left="$left $path"
    elif [ ! -f "$w/open" ] && ! is_known "$path $val"; then
      kept="$kept $path"
    elif [ "$was" = - ] && [ "${val%% *}" = d ]; then
      # A script made it; it goes when what else it made there is gone.
      printf '%s\n' "$path" >>"$w/made"
    elif [ "$kind" = blocks ] && ! same_blocks "$w/$n" "$root$path"; then
      kept="$kept $path"
    elif put_as_before; then
      restored="$restored $path"
    else
      failed="$failed $path ($why)"
    fi
  done <"$w/now"
  sort -r "$w/made" | while IFS= read -r made; do rmdir -- "$root$made" 2>/dev/null; done
  rm -f -- "$w/now"
  say_watch
}

# Whether a script of after the list was made is not undone.
scripts_stand() {
  while read -r other _ kind _; do
    if [ "$kind" = command ] && [ "$other" -gt "$e_seq" ]; then return 0; fi
  done <<END
$act
END
  return 1
}

say_watch() {
  said="${restored:+; as before:$restored}${left:+; left as asked:$left}"
  kept=${kept:+ changed by somebody else:$kept}
  if [ -n "$failed" ]; then
    res="failed not put back:$failed$said"
  elif [ -n "$kept" ]; then
    res="kept$kept$said"
  elif [ -n "$said" ]; then
    res="undone${said#;}"
  fi
}

# Blocks of other clusters would be lost, or come back.
same_blocks() {
  [ "$(sed -n '/^# hawser begin /,/^# hawser end /p;/^# hawser aside /p' "$1" 2>/dev/null)" = \
    "$(sed -n '/^# hawser begin /,/^# hawser end /p;/^# hawser aside /p' "$2" 2>/dev/null)" ]
}

put_as_before() {
  case $kind in
    service)
      service_as_before
      return
      ;;
    swap)
      try swapon -a
      return
      ;;
  esac
  place=$root$path
  case $val in
    o) why="it is neither file nor directory" && return 1 ;;
    d*)
      case $was in
        d*) ;;
        *) try rmdir -- "$place" || return 1 ;;
      esac
      ;;
  esac
  up=${place%/*}
  if [ ! -d "$up" ]; then try mkdir -p -m 0755 -- "$up" || return 1; fi
  judge "$up" || return 1
  case $was in
    -) try rm -f -- "$place" ;;
    d*) directory_as_before ;;
    *)
      new=$up/.hawser-new-$cluster-$e_seq
      rm -f -- "$new"
      try cp -a -- "$w/$n" "$new" && flush_fs "$up" || return 1
      if [ -L "$place" ]; then rm -f -- "$place"; fi
      try mv -f -- "$new" "$place" && flush_fs "$up"
      ;;
  esac
}

directory_as_before() {
  IFS=' ' read -r _ mode uid gid <<END
$was
END
  if [ ! -d "$place" ]; then
    try rm -f -- "$place" && try mkdir -- "$place" || return 1
  fi
  try chown "$uid:$gid" -- "$place" && try chmod "00$mode" -- "$place"
}

service_as_before() {
  IFS=' ' read -r _ enabled active <<END
$was
END
  if [ "$enabled" = 1 ]; then try services enable "$path"; else try services disable "$path"; fi &&
    if [ "$active" = 1 ]; then try services start "$path"; else try services stop "$path"; fi
}
