# shellcheck shell=bash disable=SC2153 # TOOL is set by lab/hosts
# The base: a minimal Debian all hosts share read-only, built once with debootstrap.

# What a host offers beyond Debian's minimal system.
BASE_PACKAGES=(
  openssh-server docker-registry containerd runc systemctl python3
  ca-certificates curl wget openssl sudo util-linux busybox iproute2 iptables iputils-ping
  lsof procps rsync haproxy dash bash zsh fish csh ksh locales
)
# A changed recipe makes a new base beside the old one, on which a lab may still stand.
base() { printf '%s/base-%s' "$CACHE" "$(cat "$TOOL"/{base.sh,host-recorded.sh,host-sshd.conf} | sha256sum | cut -c1-12)"; }

# "MIRROR SUITE COMPONENTS" of this machine: where apt itself would fetch the release from.
own_source() {
  local suite
  # shellcheck source=/dev/null
  suite=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  apt-get indextargets --format "\$(REPO_URI) \$(RELEASE) \$(COMPONENT)" 'Created-By: Packages' |
    awk -v suite="${HAWSER_LAB_SUITE:-$suite}" -v mirror="${HAWSER_LAB_MIRROR:-}" '
      $2 == suite { if (mirror == "") mirror = $1
                    if (!seen[$3]++) parts = parts (parts == "" ? "" : ",") $3 }
      END { if (mirror != "" && suite != "") print mirror, suite, (parts == "" ? "main" : parts) }'
}

# debootstrap fetches with wget, which knows nothing of a proxy set for apt only.
use_apt_proxies() {
  local http https
  eval "$(apt-config shell http Acquire::http::Proxy https Acquire::https::Proxy)"
  [[ -z ${http:-} ]] || export http_proxy=$http
  [[ -z ${https:-} ]] || export https_proxy=$https
}

# Builds beside the final place and renames, so a base is whole or absent.
build_base() {
  [[ ! -e $BASE ]] || return 0
  local mirror suite parts work=$CACHE/building
  read -r mirror suite parts < <(own_source) ||
    die "apt of this machine names no source of its release; set HAWSER_LAB_MIRROR and HAWSER_LAB_SUITE"
  use_apt_proxies
  say "lab/hosts: building the base ($suite from $mirror); once, a few minutes"
  rm -rf --one-file-system "$work"
  mkdir -p "$work"
  # Own mounts and processes, so that nothing debootstrap mounts or starts outlives it.
  unshare --mount --propagation private --pid --fork --kill-child \
    debootstrap --variant=minbase --components="$parts" \
    --include="$(IFS=,; printf '%s' "${BASE_PACKAGES[*]}")" "$suite" "$work" "$mirror" \
    >"$CACHE/build.log" 2>&1 9>&- || {
    tail -n 5 "$CACHE/build.log" >&2
    die "debootstrap failed; all it said: $CACHE/build.log"
  }
  finish_base "$work" >>"$CACHE/build.log" 2>&1 || die "the base is not whole; see $CACHE/build.log"
  mv "$work" "$BASE"
}

finish_base() {
  local root=$1 tool
  rm -f "$root"/etc/ssh/ssh_host_* "$root"/var/cache/apt/archives/*.deb "$root"/etc/machine-id
  rm -rf "$root"/var/lib/apt/lists/*
  : >"$root/etc/resolv.conf"
  cp "$TOOL/host-sshd.conf" "$root/etc/ssh/sshd_config.d/lab.conf"
  # Enabled as on a fresh install: sshd and containerd; docker-registry is only there.
  # The replacement also starts the old boot scripts, which systemd leaves alone beside a unit.
  rm -f "$root"/etc/rc[S0-6].d/*
  chroot "$root" systemctl enable ssh containerd
  # The reaper of left-over scrubs would look for them on the machine's disks.
  chroot "$root" systemctl disable docker-registry e2scrub_reap
  # What would reach the machine's kernel is written down instead.
  for tool in modprobe insmod rmmod depmod swapon swapoff; do
    install -m 755 "$TOOL/host-recorded.sh" "$root/sbin/$tool"
  done
  # Languages that programs on a host may be set to: with UTF-8 and without.
  chroot "$root" localedef -i de_DE -f UTF-8 de_DE.UTF-8
  chroot "$root" localedef -i fr_FR -f ISO-8859-1 fr_FR
  chroot "$root" useradd --create-home --shell /bin/bash ops
  chroot "$root" useradd --create-home --shell /bin/bash opsnp
  printf 'ops ALL=(ALL:ALL) ALL\nopsnp ALL=(ALL:ALL) NOPASSWD: ALL\n' >"$root/etc/sudoers.d/lab"
  chmod 440 "$root/etc/sudoers.d/lab"
}

verb_base() {
  require_root
  need debootstrap debootstrap wget wget
  BASE=$(base)
  shared base build_base
}
