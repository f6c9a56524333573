# shellcheck shell=bash
# The audit of a replica, beside programs that only digest its files, on the host itself.

for part in trees lab; do
  # shellcheck source=/dev/null
  . "$PARTS/$part.sh"
done

# Where the replica of the cluster "bench" lies on its host.
STORAGE=/var/lib/sealos/data/bench/registry
TIMES=3 # in a round, client after client

needs_audit() {
  need ssh openssh-client ssh-keygen openssh-client openssl openssl nsenter util-linux debootstrap debootstrap
}

bench_audit() {
  ROUNDS=7
  local mib=1024 i
  if [[ -n $QUICK ]]; then ROUNDS=1 mib=128; fi
  say 'making a registry ...'
  make_blobs rootfs/registry/docker/registry/v2 "$mib"
  BYTES=$(find rootfs/registry -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
  start_lab 1
  start_java -Xmx256m io.hawser.lab.bench.StorageAudit "$STATE" "$STATE/rootfs"
  ask fill
  cmp -s <(names rootfs/registry) <("$LAB/hosts" on 1 find "$STORAGE" -type f -printf '%P %s\n' | sort) ||
    die 'the replica is not whole'
  say 'warming up ...'
  for i in 1 2 3 4 5; do ask audit; done
  client_openssl
  client_sha256sum
  for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do
    say "round $ROUND of $ROUNDS ..."
    compare
  done
  report
  if [[ -z $QUICK ]]; then judge_all; fi
}

names() { (cd "$1" && find . -type f -printf '%P %s\n' | sort); }

compare() {
  local i client
  for ((i = 1; i <= TIMES; i++)); do
    for client in openssl hawser sha256sum; do
      "client_$client"
      sample audit "$client"
      # Bytes in a microsecond, which is megabytes in a second.
      TOOK=$((BYTES * 1000 / TOOK))
      sample speed "$client"
    done
  done
}

client_hawser() { ask audit; }
client_openssl() { on_host openssl dgst -sha256 -r; }
client_sha256sum() { on_host sha256sum; }

# on_host PROGRAM...: digests the same files on all processors. The host takes the time by itself, so nothing is added
# for the way there. Of 1 to 128 files a process, 128 was fastest for both.
on_host() {
  # shellcheck disable=SC2016 # for the host
  TOOK=$("$LAB/hosts" on 1 bash -c 'cd "$1" && shift && from=${EPOCHREALTIME/./} &&
    find . -type f -print0 | xargs -0 -n 128 -P "$(nproc)" "$@" >/dev/null &&
    echo "$((${EPOCHREALTIME/./} - from))"' bash "$STORAGE" "$@") || die "$* failed on the host"
  [[ $TOOK =~ ^[0-9]+$ ]] || die "$* took '$TOOK'"
}

report() {
  local client
  say ''
  table_head
  row audit hawser
  for client in openssl sha256sum; do row audit "$client" hawser; done
  for client in hawser openssl sha256sum; do
    say "$client: $(means speed "$client" | spread %.0f | awk '{ print $1 }') MB/s"
  done
  say ''
}

# Beside each of the two at least 0.9, so beside the faster one.
judge_all() {
  local short=0 peer
  : >verdicts
  for peer in openssl sha256sum; do judge again speed hawser "$peer" +0.9 || short=1; done
  say "$(<verdicts)"
  return "$short"
}
again() {
  for ((ROUND = 1; ROUND <= ROUNDS; ROUND++)); do compare; done
}
