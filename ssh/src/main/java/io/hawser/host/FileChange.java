package io.hawser.host;

import io.hawser.Secret;

/**
 * A small text file exists with a content and a mode. Replaced atomically; what it replaces is kept
 * for undo. Missing parents are made with mode 0755 and undone too.
 *
 * @param path absolute path on the host
 * @param content the text, UTF-8; never shown when {@code secret}
 * @param mode permission bits
 * @param secret whether the content must not be shown to people
 */
public record FileChange(String path, Secret content, int mode, boolean secret)
    implements HostChange {
  /** A file that anyone may see, mode 0644. */
  public static FileChange plain(String path, String content) {
    return new FileChange(path, Secret.of(content), 0644, false);
  }

  /** A file whose content nobody else may see, mode 0600. */
  public static FileChange secret(String path, String content) {
    return new FileChange(path, Secret.of(content), 0600, true);
  }

  @Override
  public String target() {
    return path;
  }

  @Override
  public String summary() {
    return String.format(
        "file %s mode %04o, %d characters%s",
        path, mode, content.reveal().length(), secret ? ", secret" : "");
  }
}
