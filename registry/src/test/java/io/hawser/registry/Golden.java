package io.hawser.registry;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files that the tests compare byte for byte. */
final class Golden {
  private Golden() {}

  static String text(String name) {
    try {
      return Resources.toString(Resources.getResource(Golden.class, name), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
