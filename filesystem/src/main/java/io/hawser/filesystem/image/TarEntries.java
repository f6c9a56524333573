package io.hawser.filesystem.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A tar whose names are UTF-8. The library puts a question mark, or U+FFFD, in the place of what is
 * not, so that a file would get another name; here it is refused.
 */
final class TarEntries extends TarArchiveInputStream {
  static final int RECORD = 512;

  /** Where a header has the parts of a name and a link's target, and how long they are. */
  private static final List<int[]> NAMES =
      List.of(new int[] {0, 100}, new int[] {345, 155}, new int[] {157, 100});

  private byte @Nullable [] header;

  TarEntries(InputStream in) {
    super(in, RECORD, RECORD, StandardCharsets.UTF_8.name(), false);
  }

  /** The next entry; null at the end. */
  @Nullable TarArchiveEntry next() throws IOException {
    TarArchiveEntry entry;
    try {
      entry = getNextEntry();
    } catch (RuntimeException e) {
      // Numbers out of range and the like: the library checks some of them late.
      throw new MalformedImage("a header makes no sense: " + e.getMessage(), e);
    }
    if (entry != null) {
      String names = entry.getName() + entry.getLinkName();
      // An extended header may give the name, and then the field may be cut within a character.
      if (names.indexOf('\uFFFD') >= 0 || (names.indexOf('?') >= 0 && !isHeaderUtf8())) {
        throw notUtf8(entry.getName());
      }
    }
    return entry;
  }

  private static MalformedImage notUtf8(String name) {
    return new MalformedImage(
        "entry " + MalformedImage.quoted(name) + " has a name that is not UTF-8: rename it");
  }

  private boolean isHeaderUtf8() {
    byte[] record = header;
    return record == null
        || NAMES.stream()
            .map(field -> Arrays.copyOfRange(record, field[0], field[0] + field[1]))
            .allMatch(TarEntries::isUtf8);
  }

  /** Whether a text is UTF-8 up to its first NUL. */
  private static boolean isUtf8(byte[] text) {
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, 0, end));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Override
  protected byte[] readRecord() throws IOException {
    byte[] record = super.readRecord();
    header = record == null ? null : record.clone();
    return record;
  }

  @Override
  protected byte[] getLongNameData() throws IOException {
    byte[] name = super.getLongNameData();
    if (name != null && !isUtf8(name)) {
      throw notUtf8(new String(name, StandardCharsets.UTF_8));
    }
    return name;
  }
}
