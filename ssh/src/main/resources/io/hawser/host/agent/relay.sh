# What arrives at one host travels on to the next while it arrives.
# From base.sh: S, die, full. From receive.sh: do_receive. From relay-peers.sh: certificate, listen, onward,
# until_it_goes, source, next, life, copy, ticker.
# From give.sh: give_out. From arrive.sh and pieces.sh: do_more, do_append.
# shellcheck shell=sh
# shellcheck disable=SC2154 # S and others are set by base.sh and relay-peers.sh
# shellcheck disable=SC2015 # "a && b || die" is meant: die runs when either fails

# relay ADDRESS VERB FIELD...: a verb whose input comes from another host, or goes on to one, or
# both. The controller says on stdin "in WHENCE" and "out WHITHER". Whence: "-" for stdin itself,
# "own DIR" for what lies there, which is only passed on; else the certificate of the peer to wait
# for at ADDRESS. Whither: "-" for nowhere, else the peer's address, port and certificate.
do_relay() {
  address=$1
  what=$2
  shift 2
  exec 3<&0
  place=$S/relay/$$
  mkdir -p "$place" && cd -- "$place" || die "cannot make $place$(full "$S")"
  trap leave EXIT
  trap 'exit 1' HUP INT TERM
  mkfifo in up out quiet || die "cannot make named pipes in $place$(full "$S")"
  certificate
  told in
  case $from in
    -) whence=stdin ;;
    own) whence=own owned=$more ;;
    *)
      whence=peer
      listen "$address" "$from"
      ;;
  esac
  told out
  [ -z "$source" ] || until_it_goes
  if [ "$from" != - ]; then
    # shellcheck disable=SC2086 # its port and its certificate
    onward "$from" $more
  fi
  case $whence in
    stdin) take_in "$@" <&3 ;;
    own) give_out "$owned" "$what" "$@" >&5 ;;
    peer)
      counted "$source" wchar
      take_in "$@" <&8
      ;;
  esac || exit 1
  exec 5>&-
  # What is on its way to the next host arrives there before this call ends.
  [ -z "$next" ] || wait "$next"
  echo e
}

# told WORD: the next line from the controller, which begins with it; its fields in $from and $more.
told() {
  IFS=' ' read -r word from more <&3 && [ "$word" = "$1" ] ||
    die "relay: the controller said no \"$1\""
}

# Hands stdin to the verb and, when there is one, to the next host. One that takes no more must not
# end what arrives here.
take_in() {
  if [ -z "$next" ]; then
    ("do_$what" "$@")
    return
  fi
  # What runs beside has no stdin of its own unless it is said.
  exec 6<&0
  (
    trap '' PIPE
    exec tee up >&5 5>&-
  ) <&6 &
  copy=$!
  exec 5>&-
  counted "$copy" rchar
  ("do_$what" "$@") <up
}

counted() {
  [ -z "$ticker" ] || return 0
  # Whoever holds the pipe to the next host open lets that wait for more.
  (
    exec 5>&-
    tick "$@"
  ) &
  ticker=$!
}

leave() {
  for process in $source $next $life $copy $ticker; do kill "$process" 2>/dev/null; done
  rm -rf -- "$place"
}

# tick PROCESS FIELD: says on stderr every second that this host is there, and how many bytes have
# come in. On stdout it would get into the lines of the verb.
tick() {
  # A sleep that outlives the call must not hold its streams open.
  while sleep 1 >/dev/null 2>&1; do
    count=$(sed -n "s/^$2: //p" "/proc/$1/io" 2>/dev/null)
    echo "b ${count:-0}" >&2
  done
}
