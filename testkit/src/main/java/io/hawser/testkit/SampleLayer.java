package io.hawser.testkit;

import com.google.common.hash.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** A gzip-compressed tar archive of one file with pseudo-random bytes. */
final class SampleLayer {
  private static final int BLOCK = 512;

  private final byte[] compressed;
  private final String diffId;

  private SampleLayer(byte[] compressed, String diffId) {
    this.compressed = compressed;
    this.diffId = diffId;
  }

  /** The compressed archive; not to be changed. */
  byte[] bytes() {
    return compressed;
  }

  /** The digest of the archive before it was compressed. */
  String diffId() {
    return diffId;
  }

  /** The layer of a name; the same name, size and seed give the same layer. */
  static SampleLayer of(String name, int size, long seed) {
    byte[] content = new byte[size];
    new Random(seed * 31 + name.hashCode()).nextBytes(content);
    byte[] archive = archive("sample/" + name, content);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(archive);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SampleLayer(
        compressed.toByteArray(), "sha256:" + Hashing.sha256().hashBytes(archive));
  }

  /** A ustar archive: header, content in whole blocks, two empty blocks. */
  private static byte[] archive(String path, byte[] content) {
    int blocks = (content.length + BLOCK - 1) / BLOCK;
    byte[] archive = new byte[(1 + blocks + 2) * BLOCK];
    put(archive, 0, path);
    put(archive, 100, "0000644");
    put(archive, 108, "0000000");
    put(archive, 116, "0000000");
    put(archive, 124, String.format("%011o", content.length));
    put(archive, 136, String.format("%011o", 0));
    put(archive, 148, "        ");
    put(archive, 156, "0");
    put(archive, 257, "ustar\00000");
    int sum = 0;
    for (int i = 0; i < BLOCK; i++) {
      sum += archive[i];
    }
    put(archive, 148, String.format("%06o\0 ", sum));
    System.arraycopy(content, 0, archive, BLOCK, content.length);
    return archive;
  }

  private static void put(byte[] archive, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, archive, at, bytes.length);
  }
}
