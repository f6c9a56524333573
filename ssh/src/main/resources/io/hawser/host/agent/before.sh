# What entries found before them: whether it is there still, and entries of dead runs.
# From base.sh: S, root, cluster, val, die, at, follow, exists, has_mode, is_ours.
# From journal.sh: act, flush, load, is_done, note. From stand-in.sh: stands_in.
# shellcheck shell=sh
# shellcheck disable=SC2154 # S and others are set by base.sh and journal.sh

wants_dirs() {
  for wants in "$root"/etc/systemd/system/*.wants; do
    if [ -d "$wants" ]; then printf '%s\n' "$wants"; fi
  done
}

# Whether two paths are the same link, or files with the same content.
alike() {
  if [ -L "$1" ] || [ -L "$2" ]; then
    [ -L "$1" ] && [ -L "$2" ] && [ "$(readlink "$1")" = "$(readlink "$2")" ]
  else
    cmp -s "$1" "$2"
  fi
}

# Whether a path is as its pre-image was: then the change did not happen.
is_before() {
  case $x2 in
    -) ! exists "$1" ;;
    r) ! exists "$1.hawser-$e_seq" ;;
    *) alike "$1" "$S/pre/$e_seq" ;;
  esac
}

# wrote_before PATH KIND FIELD: whether an entry before $e_seq wrote the file that stands there, so that
# $e_seq, which kept what that one kept, did not come to replace it.
wrote_before() {
  while read -r o_seq _ o_kind o_target o_sha _; do
    if [ "$o_kind $o_target" = "$2 $3" ] && [ "$o_seq" -lt "$e_seq" ]; then
      if is_ours "$1" "$o_sha" || stands_in "$1" "$o_sha"; then return; fi
    fi
  done <<END
$act
END
  return 1
}

# Clears up after dead runs: what they staged goes; a change that they began and that is made is
# done, one that did not happen is undone.
settle() {
  changed=
  while read -r e_seq _ kind e_target x1 x2 _; do
    settled=
    case $kind in
      block)
        at "$e_target"
        follow "$val"
        rm -f -- "${val%/*}/.hawser-new-$cluster-$e_seq" "$S/pre/$e_seq.new"
        # Written in place, and not to the end.
        if [ -f "$S/pre/$e_seq" ]; then
          cat -- "$S/pre/$e_seq" >"$val" || die "cannot put back $val"
          flush "$val"
          rm -f -- "$S/pre/$e_seq"
        fi
        continue
        ;;
      dir | file | unit | link) if is_done "$e_seq"; then continue; fi ;;
      *) continue ;;
    esac
    field=$e_target
    if [ "$kind" = unit ]; then e_target=/etc/systemd/system/$e_target.service; fi
    at "$e_target"
    place=$val
    rm -f -- "${place%/*}/.hawser-new-$cluster-$e_seq"
    if [ "$kind" = dir ]; then
      if [ -d "$place" ] && { [ "$x2" = - ] || has_mode "$place" "$x1"; }; then settled=D; else settled=U; fi
    elif is_before "$place" && ! is_ours "$place" "$x1"; then
      settled=U
    else
      case $kind in
        file | unit)
          if ! is_ours "$place" "$x1" && wrote_before "$place" "$kind" "$field"; then settled=U; fi
          ;;
      esac
    fi
    if [ -n "$settled" ]; then
      note "$settled $e_seq"
      changed=1
    fi
  done <<END
$act
END
  if [ -n "$changed" ]; then load; fi
}
