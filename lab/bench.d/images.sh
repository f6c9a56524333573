# shellcheck shell=bash
# Images of random bytes, in the storage that a real registry wrote.

blob() { # FILE: moves it to its name below oci, and prints digest and size
  local digest size
  digest=$(openssl dgst -sha256 -r "$1")
  digest=${digest:0:64}
  size=$(stat -c %s "$1")
  mv "$1" "oci/blobs/sha256/$digest"
  printf '"digest":"sha256:%s","size":%s' "$digest" "$size"
}

# make_image: an OCI layout of one image with three layers of 100 KiB
make_image() {
  local layer layers='' ids='' config manifest type=application/vnd.oci.image
  rm -rf oci
  mkdir -p oci/blobs/sha256
  for layer in 1 2 3; do
    head -c 100K /dev/urandom >"part$layer"
    tar -cf layer.tar "part$layer"
    ids="$ids${ids:+,}\"sha256:$(openssl dgst -sha256 -r layer.tar | cut -c -64)\""
    gzip -f layer.tar
    layers="$layers${layers:+,}{\"mediaType\":\"$type.layer.v1.tar+gzip\",$(blob layer.tar.gz)}"
  done
  printf '{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[%s]}}' "$ids" >config
  config=$(blob config)
  printf '{"schemaVersion":2,"mediaType":"%s.manifest.v1+json","config":{"mediaType":"%s.config.v1+json",%s},"layers":[%s]}' \
    "$type" "$type" "$config" "$layers" >manifest
  manifest=$(blob manifest)
  printf '{"schemaVersion":2,"manifests":[{"mediaType":"%s.manifest.v1+json",%s}]}' "$type" "$manifest" >oci/index.json
  printf '{"imageLayoutVersion":"1.0.0"}' >oci/oci-layout
}

# make_registry DIRECTORY COUNT: bench/app0 to bench/appCOUNT-1, each with the tag v1
make_registry() {
  local i pid
  mkdir -p "$1"
  printf 'version: 0.1\nstorage: {filesystem: {rootdirectory: %s}}\nhttp: {addr: "127.0.0.1:5999"}\n' "$PWD/$1" >seed.yml
  docker-registry serve seed.yml >seed.log 2>&1 &
  pid=$!
  curl -sS -o seed.out --retry 20 --retry-delay 1 --retry-connrefused http://127.0.0.1:5999/v2/ || die "$(<seed.log)"
  for ((i = 0; i < $2; i++)); do
    make_image
    skopeo --insecure-policy copy --quiet --dest-tls-verify=false oci:oci \
      "docker://127.0.0.1:5999/bench/app$i:v1" >skopeo.log 2>&1 || die "$(<skopeo.log)"
  done
  kill "$pid"
  wait "$pid" || true
  rm -rf oci
}
