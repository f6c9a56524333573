package io.hawser.filesystem.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes tars by hand, byte by byte, also such as no program would. */
final class TarMaker {
  private static final int RECORD = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  TarMaker directory(String path, int mode) {
    return entry('5', path + "/", "", mode, new byte[0]);
  }

  TarMaker directory(String path) {
    return directory(path, 0755);
  }

  TarMaker file(String path, int mode, String text) {
    return entry('0', path, "", mode, text.getBytes(StandardCharsets.UTF_8));
  }

  TarMaker file(String path, String text) {
    return file(path, 0644, text);
  }

  TarMaker link(String path, String target) {
    return entry('2', path, target, 0777, new byte[0]);
  }

  TarMaker hardLink(String path, String target) {
    return entry('1', path, target, 0644, new byte[0]);
  }

  TarMaker entry(char type, String path, String link, int mode, byte[] content) {
    out.writeBytes(header(type, path, link, mode, content.length));
    return content(content);
  }

  /** Content without a header of its own, filled up to whole records. */
  TarMaker content(byte[] content) {
    out.writeBytes(content);
    out.writeBytes(new byte[(RECORD - content.length % RECORD) % RECORD]);
    return this;
  }

  TarMaker raw(byte[] header) {
    out.writeBytes(header);
    return this;
  }

  /** An extended header for the next entry, of keys and values in turn. */
  TarMaker extended(String... keysAndValues) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      String line = " " + keysAndValues[i] + "=" + keysAndValues[i + 1] + "\n";
      byte[] rest = line.getBytes(StandardCharsets.UTF_8);
      int length = rest.length + 1;
      while (length != rest.length + String.valueOf(length).length()) {
        length = rest.length + String.valueOf(length).length();
      }
      lines.writeBytes(String.valueOf(length).getBytes(StandardCharsets.US_ASCII));
      lines.writeBytes(rest);
    }
    return entry('x', "PaxHeaders/x", "", 0644, lines.toByteArray());
  }

  static byte[] header(char type, String path, String link, int mode, long size) {
    byte[] header = new byte[RECORD];
    text(header, 0, 100, path);
    octal(header, 100, 8, mode);
    octal(header, 108, 8, 0);
    octal(header, 116, 8, 0);
    if (size < 1L << 33) {
      octal(header, 124, 12, size);
    } else {
      header[124] = (byte) 0x80;
      for (int i = 0; i < 8; i++) {
        header[135 - i] = (byte) (size >>> (8 * i));
      }
    }
    octal(header, 136, 12, 1_700_000_000L);
    header[156] = (byte) type;
    text(header, 157, 100, link);
    text(header, 257, 8, "ustar\00000");
    return checked(header);
  }

  /** The header with its checksum right. */
  static byte[] checked(byte[] header) {
    java.util.Arrays.fill(header, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    text(header, 148, 8, String.format("%06o\0 ", sum));
    return header;
  }

  private static void octal(byte[] header, int at, int length, long value) {
    text(header, at, length, String.format("%0" + (length - 1) + "o", value));
  }

  private static void text(byte[] header, int at, int length, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, header, at, Math.min(length, bytes.length));
  }

  byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(out.toByteArray());
    whole.writeBytes(new byte[2 * RECORD]);
    return whole.toByteArray();
  }
}
