package io.hawser.host;

/**
 * A symbolic link exists. Whatever else stands at the path is set aside beside it and comes back on
 * undo.
 *
 * @param path absolute path of the link
 * @param to what it points at: an absolute path of the host's system
 */
public record LinkChange(String path, String to) implements HostChange {
  @Override
  public String target() {
    return path;
  }

  @Override
  public String summary() {
    return "link " + path + " -> " + to;
  }
}
