package io.hawser.ssh.runner;

import java.util.Random;

/** Texts that shells like to change. */
final class RandomText {
  private static final String[] NASTY = {
    "'",
    "\"",
    "\\",
    "$",
    "`",
    "$(id)",
    "${IFS}",
    "!",
    "!!",
    "*",
    "?",
    "[a]",
    "~",
    "#",
    "&",
    "|",
    ";",
    "<",
    ">",
    "(",
    ")",
    "{",
    "}",
    "\n",
    "\r",
    "\t",
    " ",
    "  ",
    "-n",
    "--",
    "%s",
    "%%",
    "\\n",
    "\\0",
    "=",
    ":",
    "^",
    "a",
    "Z",
    "0",
    "\u00e4",
    "\u20ac",
    "\ud83d\ude00",
    "\u0001",
    "\u007f",
    "\u001b[31m",
    "'\\''",
    "\"'\"",
    "$'x'",
    "\\\n",
    "_n",
    "$_n",
    "'\"$_n\"'",
    "\u0085",
    "\u2028"
  };

  private RandomText() {}

  static String of(Random random) {
    StringBuilder text = new StringBuilder();
    int kind = random.nextInt(20);
    int pieces = kind == 0 ? 0 : kind == 1 ? 200 : random.nextInt(12);
    for (int i = 0; i < pieces; i++) {
      if (random.nextInt(4) == 0) {
        text.appendCodePoint(codePoint(random));
      } else {
        text.append(NASTY[random.nextInt(NASTY.length)]);
      }
    }
    return text.toString();
  }

  /** Any character but NUL, which no program can be given. */
  private static int codePoint(Random random) {
    int any = random.nextInt(3) == 0 ? random.nextInt(0x10ffff) : random.nextInt(0x100);
    boolean usable = any > 0 && Character.isDefined(any) && (any < 0xd800 || any > 0xdfff);
    return usable ? any : 'x';
  }
}
