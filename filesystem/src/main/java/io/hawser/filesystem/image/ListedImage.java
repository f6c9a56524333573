package io.hawser.filesystem.image;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * An image of an archive.
 *
 * @param names its references, as the archive says them; may be none
 * @param platforms what there is of it for each architecture, of Linux only
 */
record ListedImage(Set<String> names, Map<String, ImageParts> platforms) {
  ListedImage {
    names = ImmutableSet.copyOf(names);
    platforms = ImmutableMap.copyOf(platforms);
  }

  /** Whether somebody who says this name means this image. */
  boolean isCalled(String name) {
    return names.stream().anyMatch(own -> plain(own).equals(plain(name)));
  }

  /** Builders put the name of a registry in front that nobody wrote. */
  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceFirst("^(docker\\.io|index\\.docker\\.io|localhost)/", "")
        .replaceFirst("^library/", "")
        .replaceFirst(":latest$", "");
  }
}
