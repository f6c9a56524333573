# shellcheck shell=bash
# Trees to be sent, of random bytes; sizes do not change from run to run.

# random FILE BYTES
random() { head -c "$2" /dev/urandom >"$1"; }

# A registry's storage: 300 blobs, named by their digests, in about 400 files, a few long ones and many short.
make_blobs() { # DIRECTORY MIB
  local i size unit name
  mkdir -p "$1"
  unit=$(($2 * 1024 * 1024 / 1000))
  for ((i = 0; i < 300; i++)); do
    case $((i % 30)) in
      0) size=$((unit * 36)) ;;
      [1-5]) size=$((unit * 9)) ;;
      [6-9] | 1[0-5]) size=$((unit * 17 / 10)) ;;
      *) size=$((700 + i * 41)) ;;
    esac
    random "$1/blob" "$size"
    name=$(openssl dgst -sha256 -r "$1/blob")
    name=${name:0:2}/${name:0:64}
    mkdir -p "$1/blobs/sha256/$name"
    mv "$1/blob" "$1/blobs/sha256/$name/data"
    if ((i % 3 == 0)); then
      mkdir -p "$1/repositories/r$((i % 30))/_layers/sha256/${name#*/}"
      printf 'sha256:%s' "${name#*/}" >"$1/repositories/r$((i % 30))/_layers/sha256/${name#*/}/link"
    fi
  done
}

# A rootfs: many small files and ten large programs.
make_rootfs() { # DIRECTORY SMALL MIB-OF-EACH-PROGRAM
  local i
  for ((i = 0; i < $2; i++)); do
    mkdir -p "$1/etc/d$((i % 60))"
    random "$1/etc/d$((i % 60))/file$i" $((1000 + i * 7919 % 22000))
  done
  mkdir -p "$1/bin"
  for ((i = 0; i < 10 && $3 > 0; i++)); do
    random "$1/bin/program$i" $(($3 * 1024 * 1024))
    chmod 755 "$1/bin/program$i"
  done
}

# Many blobs of 4 KB.
make_many() { # DIRECTORY COUNT
  local i
  for ((i = 0; i < 256; i++)); do mkdir -p "$1/$(printf %02x "$i")"; done
  random many.bytes $(($2 * 4096))
  (cd "$1" && split -b 4096 -a 5 -d ../many.bytes blob-)
  (cd "$1" && for i in blob-*; do mv -- "$i" "$(printf %02x $((10#${i#blob-} % 256)))/"; done)
  rm many.bytes
}
