# Runs the verb; the last part of every script.
# From base.sh: verb, die, pick_digest. From the verb's own part: do_VERB.
# shellcheck shell=sh
# shellcheck disable=SC2154 # verb is set by base.sh

case $verb in
  facts | read | list | journal | check | apply | watch | begin | done | receive | more | append | \
    pieces | seed | commit | mark | abandon | undo | close | probe | connections | lock | relay | \
    putback | survey)
    pick_digest
    "do_$verb" "$@"
    ;;
  undo-script) do_undo_script "$@" ;;
  *) die "unknown verb $verb" ;;
esac
echo end
