# Whether a host can take part in a relay.
# From base.sh: nothing.
# shellcheck shell=sh

# relays: whether this host can pass on
do_relays() {
  can=yes
  for tool in openssl mkfifo tee; do
    command -v $tool >/dev/null || can=no
  done
  echo "can $can"
}
