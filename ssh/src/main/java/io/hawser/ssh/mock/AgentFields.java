package io.hawser.ssh.mock;

import com.google.common.base.Splitter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The fields in which the agent's input and journal are written. */
final class AgentFields {
  private static final String EMPTY = "%";
  private static final String PLAIN = "/._:=,@+-";

  private AgentFields() {}

  /** The fields of a line, still encoded. */
  static List<String> split(String line) {
    return Splitter.on(' ').splitToList(line);
  }

  static String text(String field) {
    return new String(bytes(field), StandardCharsets.UTF_8);
  }

  /** What a field stands for: {@code \0ooo} is a byte, {@code %} alone is nothing. */
  static byte[] bytes(String field) {
    if (field.equals(EMPTY)) {
      return new byte[0];
    }
    byte[] raw = field.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
    for (int index = 0; index < raw.length; index++) {
      if (raw[index] != '\\') {
        decoded.write(raw[index]);
        continue;
      }
      if (index + 4 >= raw.length || raw[index + 1] != '0') {
        throw new AgentFailure("bad field: " + field);
      }
      decoded.write(Integer.parseInt(field.substring(index + 2, index + 5), 8));
      index += 4;
    }
    return decoded.toByteArray();
  }

  static String encode(String text) {
    StringBuilder field = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (each >= '0' && each <= '9')
              || (each >= 'A' && each <= 'Z')
              || (each >= 'a' && each <= 'z')
              || (each > 0 && PLAIN.indexOf(each) >= 0);
      field.append(plain ? String.valueOf((char) each) : String.format("\\0%03o", each & 0xff));
    }
    return field.isEmpty() ? EMPTY : field.toString();
  }
}
