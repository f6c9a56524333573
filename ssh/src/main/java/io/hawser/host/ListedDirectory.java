package io.hawser.host;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects a listing: files, directories and links. */
final class ListedDirectory implements ListingReader.Visitor {
  private final Map<String, Listing.Entry> entries = new HashMap<>();

  @Override
  public void entry(String path, TreeFile.@Nullable Type type, int mode, long size, String target) {
    if (type != null) {
      entries.put(path, new Listing.Entry(type, mode, size, "", target));
    }
  }

  @Override
  public void digest(String path, String sha256) {
    entries.computeIfPresent(
        path,
        (same, found) -> new Listing.Entry(found.type(), found.mode(), found.size(), sha256, ""));
  }

  Listing listing() {
    return new Listing(entries);
  }
}
