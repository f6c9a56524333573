#!/bin/sh
# Installs the registry and starts it. May run again.
# Usage: init-registry.sh REGISTRY_DATA REGISTRY_CONFIG
root=${HAWSER_ROOT:-}
data=${1:-/var/lib/registry}
config=${2:-/etc/registry}

[ -f ../etc/registry_htpasswd ] || {
  echo "ERROR: etc/registry_htpasswd is missing in the rootfs" >&2
  exit 1
}
# A link to the data has a target that only the host knows: it dangles for this shell.
[ -L "$root$data" ] || mkdir -p "$root$data" || exit 1
mkdir -p "$root$config" "$root/usr/local/bin" "$root/etc/systemd/system" || exit 1
cp ../cri/registry "$root/usr/local/bin/registry" || exit 1
cp ../etc/registry_htpasswd "$root$config/registry_htpasswd" || exit 1
if [ -f ../etc/registry_config.yml ]; then
  cp ../etc/registry_config.yml "$root$config/registry_config.yml" || exit 1
else # a tree that nobody rendered
  sed -e "s|{{ .registryData }}|$data|" -e "s|{{ .registryConfig }}|$config|" \
    -e "s|{{ .registryPort }}|${registryPort:-5000}|" \
    ../etc/registry_config.yml.tmpl >"$root$config/registry_config.yml" || exit 1
fi
sed "s|/etc/registry/|$config/|" ../etc/registry.service \
  >"$root/etc/systemd/system/registry.service" || exit 1
systemctl daemon-reload || exit 1
systemctl enable registry || exit 1
systemctl restart registry || exit 1
systemctl is-active registry >/dev/null || {
  echo "ERROR: the service registry did not start" >&2
  exit 1
}
echo "init registry success"
