package io.hawser.host;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** One field of a line that the agent reads or writes, encoded so that a shell can decode it. */
final class WireField {
  private static final String EMPTY = "%";
  private static final String PLAIN = "/._:=,@+-";

  private WireField() {}

  static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  static String encode(byte[] bytes) {
    if (bytes.length == 0) {
      return EMPTY;
    }
    StringBuilder field = new StringBuilder(bytes.length + 16);
    for (byte value : bytes) {
      int code = value & 0xff;
      if (isPlain((char) code)) {
        field.append((char) code);
      } else {
        field.append("\\0");
        field.append((char) ('0' + (code >> 6)));
        field.append((char) ('0' + ((code >> 3) & 7)));
        field.append((char) ('0' + (code & 7)));
      }
    }
    return field.toString();
  }

  private static boolean isPlain(char c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || PLAIN.indexOf(c) >= 0;
  }

  static String decode(String field) {
    if (field.equals(EMPTY)) {
      return "";
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int at = 0; at < field.length(); at++) {
      char c = field.charAt(at);
      if (c == '\\' && at + 4 < field.length()) {
        bytes.write(Integer.parseInt(field.substring(at + 2, at + 5), 8));
        at += 4;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
