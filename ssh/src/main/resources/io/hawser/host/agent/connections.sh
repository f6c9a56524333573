# Who is connected to a port.
# From base.sh: nothing but what all parts take.
# shellcheck shell=sh

# do_connections PORT: four hexadecimal digits, as the kernel writes them; 01 is its word for a
# connection that both sides hold.
do_connections() {
  if [ ! -r /proc/net/tcp ]; then
    echo "unchecked /proc/net/tcp cannot be read"
    return
  fi
  sed -n "s/^ *[0-9]*: \([0-9A-F]*\):$1 \([0-9A-F]*:[0-9A-F]*\) 01 .*/c \1 \2/p" \
    /proc/net/tcp /proc/net/tcp6 2>/dev/null || :
}
