# What the host is and has.
# From base.sh: root, val, at. From digests.sh: all, pick_fast_digest, cores.
# shellcheck shell=sh
# shellcheck disable=SC2154 # root, val and all are set by base.sh and digests.sh

do_facts() {
  os=$(sed -n 's/^PRETTY_NAME="\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$root/etc/os-release" 2>/dev/null)
  echo "os=${os:-$(uname -s)}"
  echo "arch=$(uname -m)"
  echo "hostname=$(uname -n)"
  echo "user=$(id -un)"
  tools=
  for tool in base64 bash busybox cksum conntrack containerd crictl crio ctr curl docker docker-registry find flock \
    haproxy image-cri-shim ip iptables ipvsadm k3s kubeadm kubelet nc nerdctl nft openssl podman registry rke2 setsid \
    sha256sum shasum skopeo ss sudo sync systemctl tar timeout wget xargs; do
    if command -v "$tool" >/dev/null; then tools="$tools${tools:+ }$tool"; fi
  done
  echo "tools=$tools"
  pick_fast_digest
  echo "sha256=${all%% *}"
  echo "containerd=$(containerd --version 2>/dev/null | sed -n 's/.* v\{0,1\}\([0-9][^ ]*\).*/\1/p' | head -n 1)"
  echo "cpus=$(cores)"
  at /var
  while [ ! -d "$val" ]; do val=${val%/*}; done
  free=$(df -P -k -- "${val:-/}" 2>/dev/null | sed -n '2s/.* \([0-9][0-9]*\)  *[0-9]*% .*/\1/p')
  echo "free./var=$((${free:-0} * 1024))"
  path=$(sed -n 's/^ *config_path *= *["'\'']\([^"'\'']*\)["'\''].*/\1/p' \
    "$root/etc/containerd/config.toml" 2>/dev/null | head -n 1)
  if [ -n "$path" ]; then echo "etc.containerd.config_path=$path"; fi
}
