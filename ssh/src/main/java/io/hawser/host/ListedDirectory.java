package io.hawser.host;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects a listing: files, directories and links. */
final class ListedDirectory implements ListingReader.Visitor {
  /** More than a million entries. */
  private static final long MOST = 512 << 20;

  private final Map<String, Listing.Entry> entries = new HashMap<>();
  private final AnswerMemory memory;

  ListedDirectory(AgentClient agent) {
    this.memory = new AnswerMemory(agent, "list", MOST);
  }

  @Override
  public void entry(String path, TreeFile.@Nullable Type type, int mode, long size, String target) {
    memory.take(path.length() + target.length());
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
