package io.hawser.host;

/**
 * A directory exists with a mode. Missing parents are made with mode 0755 and undone too.
 *
 * @param path absolute path on the host
 * @param mode permission bits, for example {@code 0755}
 */
public record DirectoryChange(String path, int mode) implements HostChange {
  @Override
  public String target() {
    return path;
  }

  @Override
  public String summary() {
    return String.format("directory %s mode %04o", path, mode);
  }
}
