# The journal as it is told.
# From base.sh: S, val, dec. From journal.sh: act, load, is_done.
# shellcheck shell=sh
# shellcheck disable=SC2154 # S, val and act are set by base.sh and journal.sh

do_journal() {
  load
  [ -n "$act" ] || return 0
  while read -r n owner kind target x _; do
    fingerprint=% undoable=1 finish=0
    if is_done "$n"; then finish=1; fi
    case $kind in
      block) fingerprint=$x ;;
      unit) target=$target.service ;;
      command)
        fingerprint=$x
        [ -s "$S/undo/$n" ] || undoable=0
        ;;
    esac
    dec "$target"
    printf 'e %s %s %s %s %s %s %s\n' "$n" "$owner" "$kind" "$finish" "$fingerprint" "$undoable" "$val"
  done <<END
$act
END
}
