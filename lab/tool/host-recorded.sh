#!/bin/sh
# Stands in for a command that would act on the machine's kernel: only written down.
printf '%s %s' "$(date +%FT%T)" "${0##*/}" >>/var/log/lab-recorded.log
[ $# -eq 0 ] || printf ' %s' "$@" >>/var/log/lab-recorded.log
echo >>/var/log/lab-recorded.log
