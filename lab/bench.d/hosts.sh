# shellcheck shell=bash
# Hosts for measuring connections: one sshd per address of the loopback network, within the namespaces of the
# benchmark. They share the machine's files, processors and memory; only what is connected to differs.

host_address() { printf '127.77.0.%s' "$1"; }
hosts_range() { printf '127.77.0.[1-%s]' "$1"; }

# The machine's accounts, but root's home is an empty one: what somebody's own shell start-up files do would
# be measured otherwise, and what ~/.ssh says would count for some clients.
own_home() {
  mkdir -m 700 home home/.ssh
  sed "s|^root:.*|root:*:0:0:root:$STATE/home:/bin/bash|" /etc/passwd >passwd
  sed 's|^root:[^:]*:|root:*:|' /etc/shadow >shadow
  chmod 600 shadow
  mount --bind passwd /etc/passwd
  mount --bind shadow /etc/shadow
  export HOME=$STATE/home
  unset SSH_AUTH_SOCK SSH_ASKPASS
}

# start_hosts COUNT: sets HOST_PIDS; writes hosts, known_hosts and the key id.
start_hosts() {
  local i key
  ip link set lo up
  mount -t tmpfs -o mode=755 run /run
  mkdir -m 755 /run/sshd
  own_home
  ssh-keygen -q -t ed25519 -N '' -C hawser-bench -f id
  ssh-keygen -q -t ed25519 -N '' -C '' -f hostkey
  cp id.pub home/.ssh/authorized_keys
  key=$(cut -d' ' -f1,2 hostkey.pub)
  cat >sshd.conf <<END
HostKey $STATE/hostkey
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
PrintMotd no
PidFile none
Subsystem sftp /usr/lib/openssh/sftp-server
END
  for ((i = 1; i <= $1; i++)); do
    host_address "$i"
    echo
  done >hosts
  sed "s|\$| $key|" hosts >known_hosts
  while read -r i; do "$(command -v sshd)" -f sshd.conf -o "ListenAddress=$i"; done <hosts
}

# What OpenSSH and what starts it (pdsh, clush) are told; ciphers and the like are as they come.
write_ssh_conf() {
  cat >"$1.conf" <<END
Host *
  User root
  IdentityFile $STATE/id
  IdentitiesOnly yes
  UserKnownHostsFile $STATE/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  BatchMode yes
END
  (($# == 1)) || printf '  %s\n' "${@:2}" >>"$1.conf"
}

# What a client leaves to its end (sshd closes after the client has gone) must not slow down the next one: settle
# waits, at most 10 s, until no more processes are there than when all was quiet.
count_processes() {
  local entries=(/proc/[0-9]*)
  PROCESSES=${#entries[@]}
}
remember_quiet() {
  local same=0 last=0
  while ((same < 10)); do
    sleep 0.1
    count_processes
    if ((PROCESSES == last)); then same=$((same + 1)); else same=0; fi
    last=$PROCESSES
  done
  QUIET=$PROCESSES
}
settle() {
  local tries
  for ((tries = 0; tries < 500; tries++)); do
    count_processes
    ((PROCESSES > QUIET)) || return 0
    sleep 0.02
  done
  die "$((PROCESSES - QUIET)) processes are left of the client before"
}
