package io.hawser.host;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Pre-images are taken, once, of what commands will change beside Hawser. On undo, when the undo of
 * all commands ran, what still differs is put back as it was, unless somebody else than those
 * commands changed it: the agent looks before and after each.
 *
 * @param name what people call it
 * @param items what is watched, directories before what lies in them
 */
public record WatchChange(String name, List<Watched> items) implements HostChange {
  /** Copies the items. */
  public WatchChange {
    items = ImmutableList.copyOf(items);
    if (!name.matches("[a-z0-9.-]+")) {
      throw new IllegalArgumentException("\"" + name + "\" is not of a-z, 0-9, . and -");
    }
  }

  @Override
  public String target() {
    return name;
  }

  @Override
  public String summary() {
    return "watch what " + name + " change, " + items.size() + " places";
  }
}
