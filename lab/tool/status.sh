# shellcheck shell=bash disable=SC2153 # STATE is set by common.sh
# What there is, for people and for programs.

verb_status() {
  [[ $# -eq 0 || $* == --env ]] || misuse 'status takes --env or nothing'
  require_lab
  if (($#)); then write_env; else table; fi
}

# Key and value as they are, one pair per line: no quotes, no escapes.
write_env() {
  local i addresses='' addresses6='' pids=''
  for ((i = 1; i <= HOSTS; i++)); do
    addresses+=" $(address "$i")"
    addresses6+=" $(address6 "$i")"
    pids+=" $(host_pid "$i" || printf 0)"
  done
  cat <<END
HAWSER_LAB_STATE=$STATE
HAWSER_LAB_HOSTS=$HOSTS
HAWSER_LAB_CONTROLLER=$NET.1
HAWSER_LAB_CONTROLLER6=${NET6}1
HAWSER_LAB_CONTROLLER_PID=$CONTROLLER
HAWSER_LAB_ADDRESSES=${addresses# }
HAWSER_LAB_ADDRESSES6=${addresses6# }
HAWSER_LAB_PIDS=${pids# }
HAWSER_LAB_PORT=22
HAWSER_LAB_USER=root
HAWSER_LAB_SUDO_USER=ops
HAWSER_LAB_SUDO_USER_NOPASSWD=opsnp
HAWSER_LAB_KEY=$STATE/id
HAWSER_LAB_PASSWORD_FILE=$STATE/password
HAWSER_LAB_KNOWN_HOSTS=$STATE/known_hosts
END
}

table() {
  local i fault state dir
  printf 'controller\t%s.1\t%s\n' "$NET" "$([[ -e $STATE/shape ]] && printf 'shape %s' "$(<"$STATE/shape")" || printf ok)"
  for ((i = 1; i <= HOSTS; i++)); do
    state='' dir=$(host_dir "$i")
    host_pid "$i" >/dev/null || state=', no power'
    for fault in "$dir"/fault.*; do
      [[ -e $fault ]] && state+=", ${fault##*.} $(<"$fault")"
    done
    state=${state#, }
    printf 'host%s\t\t%s\t%s\n' "$i" "$(address "$i")" "${state:-ok}"
  done
}
