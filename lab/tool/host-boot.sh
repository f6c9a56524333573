#!/bin/bash
# Runs as the first process of a host in its new namespaces: makes its root, then becomes its init.
set -euo pipefail
STATE=$1 i=$2 base=$3 address=$4 address6=$5 gateway=$6 gateway6=$7
# shellcheck source=/dev/null
. "$(dirname "$0")/common.sh"
dir=$STATE/hosts/$i disk=$STATE/hosts/$i/disk root=$STATE/hosts/$i/root
read -r self _ </proc/self/stat
remember "$dir/pid" "$self"
hostname "host$i"

# What makes this host itself, at its first start.
install_host() {
  local type key bits
  printf 'host%s\n' "$i" >"$root/etc/hostname"
  printf '127.0.0.1\tlocalhost\n127.0.1.1\thost%s\n::1\tlocalhost ip6-localhost ip6-loopback\n' "$i" \
    >"$root/etc/hosts"
  tr -d - </proc/sys/kernel/random/uuid >"$root/etc/machine-id"
  for type in ed25519 ecdsa rsa; do
    bits=()
    [[ $type != rsa ]] || bits=(-b 2048)
    key=$root/etc/ssh/ssh_host_${type}_key
    ssh-keygen -q -t "$type" "${bits[@]}" -N '' -C "root@host$i" -f "$key"
    cp "$key.pub" "$dir/"
  done
  install -d -m 700 "$root/root/.ssh"
  install -m 600 "$STATE/id.pub" "$root/root/.ssh/authorized_keys"
  sed -i -E "s|^(root\|ops\|opsnp):[^:]*|\1:$(<"$STATE/password.hash")|" "$root/etc/shadow"
}

install_devices() {
  local name
  mount -t tmpfs -o mode=755,nosuid,size=64k dev "$root/dev"
  mknod -m 666 "$root/dev/null" c 1 3
  mknod -m 666 "$root/dev/zero" c 1 5
  mknod -m 666 "$root/dev/full" c 1 7
  mknod -m 666 "$root/dev/random" c 1 8
  mknod -m 666 "$root/dev/urandom" c 1 9
  mknod -m 666 "$root/dev/tty" c 5 0
  mkdir "$root/dev/pts" "$root/dev/shm"
  mount -t devpts -o newinstance,ptmxmode=666,mode=620,gid=5 devpts "$root/dev/pts"
  mount -t tmpfs -o mode=1777,nosuid,nodev shm "$root/dev/shm"
  ln -s pts/ptmx "$root/dev/ptmx"
  ln -s /proc/self/fd "$root/dev/fd"
  for name in stdin:0 stdout:1 stderr:2; do
    ln -s "/proc/self/fd/${name#*:}" "$root/dev/${name%:*}"
  done
}

# The kernel's switches belong to the machine; only those of the network are the host's own.
install_kernel_views() {
  local path
  mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
  mount --bind "$root/proc/sys" "$root/proc/sys"
  mount --bind "$root/proc/sys/net" "$root/proc/sys/net"
  mount -o remount,bind,ro "$root/proc/sys"
  for path in bus fs irq sysrq-trigger; do
    [[ -e $root/proc/$path ]] || continue
    mount --bind "$root/proc/$path" "$root/proc/$path"
    mount -o remount,bind,ro "$root/proc/$path"
  done
  for path in kcore keys timer_list sched_debug; do
    [[ ! -e $root/proc/$path ]] || mount --bind "$root/dev/null" "$root/proc/$path"
  done
  mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$root/sys"
}

mkdir -p "$disk/upper" "$disk/work" "$disk/containerd"
mount -t overlay -o "nodev,redirect_dir=on,lowerdir=$base,upperdir=$disk/upper,workdir=$disk/work" \
  "host$i" "$root"
[[ -e $dir/installed ]] || install_host
: >"$dir/installed"
install_devices
install_kernel_views
mount -t tmpfs -o mode=755,nosuid,nodev run "$root/run"
install -m 755 "$(dirname "$0")/host-init.sh" "$root/run/lab-init"
mkdir -p "$root/run/lock" "$root/run/old" "$root/var/lib/containerd"
# Overlay on overlay fails, so containerd's own overlays need a plain directory.
mount --bind "$disk/containerd" "$root/var/lib/containerd"

until [[ -e $root/sys/class/net/eth0 ]]; do sleep 0.02; done
ip -batch - <<END
link set lo up
addr add $address/24 dev eth0
addr add $address6/64 dev eth0 nodad
link set eth0 up
route add default via $gateway
route add ::/0 via $gateway6
END

cd "$root"
pivot_root . run/old
umount -l /run/old
rmdir /run/old
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/ /run/lab-init
