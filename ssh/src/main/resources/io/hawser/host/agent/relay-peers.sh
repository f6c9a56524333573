# The channel between two hosts: TLS in both directions of trust, each side trusting exactly the
# certificate that the controller told it, not what an authority signed. The key lives as long as
# the call. Openssl's own programs are the ends, since every host with sshd can have them.
# From base.sh: die.
# shellcheck shell=sh
# shellcheck disable=SC2034 # life is for relay.sh
# shellcheck disable=SC2154 # place is set by relay.sh

source='' next='' life='' copy='' ticker=''

certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=hawser \
    -keyout key -out own >said 2>&1 || die "openssl makes no certificate: $(tail -n 1 said)"
  # What the machine trusts otherwise does not count.
  SSL_CERT_DIR=$place/none SSL_CERT_FILE=$place/none
  export SSL_CERT_DIR SSL_CERT_FILE
  printf 'c %s\nw\n' "$(sed '/-----/d' own | tr '\n' ,)"
}

# The certificate of a peer, as the controller tells it: its lines, a comma behind each.
trusted() {
  echo '-----BEGIN CERTIFICATE-----'
  printf '%s' "$1" | tr , '\n'
  echo '-----END CERTIFICATE-----'
}

# listen ADDRESS CERTIFICATE: for one connection of the peer, whose bytes are on descriptor 8;
# prints the port. The pipe for them is open before, so that nobody waits for the other end, also
# when the program has ended at once. Its stdin is one that is never written to, since it would take
# the end of another for a reason to spin.
listen() {
  trusted "$2" >before
  exec 7<>in
  exec 8<in
  tries=0
  port=
  until [ -n "$port" ]; do
    tries=$((tries + 1))
    [ "$tries" -le 10 ] || die "cannot listen on $1 for what another host passes on: $(tail -n 1 said)"
    port=$((49152 + ($$ * 7919 + tries * 1013) % 16000))
    openssl s_server -quiet -accept "$1:$port" -naccept 1 -cert own -key key -CAfile before \
      -Verify 1 -verify_return_error <>quiet >&7 2>said &
    source=$!
    listens || port=
  done
  # Now that program alone can write to it, so that its end is the end of what came.
  exec 7>&-
  printf 'l %s\nw\n' "$port"
}

# When the controller is gone nobody listens any longer. It says nothing more, and stays.
until_it_goes() {
  { cat <&3 && kill "$source"; } >/dev/null 2>&1 &
  life=$!
}

# Waits until the port is open; false when the program has ended instead.
listens() {
  wanted=$(printf ':%04X [0-9A-F]*:0000 0A ' "$port")
  looks=0
  while [ "$looks" -lt 200 ] && kill -0 "$source" 2>/dev/null; do
    if cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -q "$wanted"; then return 0; fi
    looks=$((looks + 1))
    sleep 0.02 2>/dev/null || sleep 1
  done
  kill -0 "$source" 2>/dev/null
}

# onward ADDRESS PORT CERTIFICATE: what is written to descriptor 5 goes to the peer.
onward() {
  trusted "$3" >after
  openssl s_client -quiet -no_ign_eof -nocommands -connect "$1:$2" -cert own -key key -CAfile after \
    -verify 1 -verify_return_error <out >/dev/null 2>said-next &
  next=$!
  # Waits until the other end is open; from then on a write fails once the peer's program has ended.
  exec 5>out
}
