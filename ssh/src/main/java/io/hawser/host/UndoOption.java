package io.hawser.host;

/** What undoing may do beyond its default. */
public enum UndoOption {
  /**
   * Directories that Hawser made are removed with what others put there since. Mounts are never
   * crossed, links never followed, and what belongs to another cluster stays.
   */
  PURGE("purge"),
  /**
   * What scripts changed in settings of the system itself (hosts file, sysctl, limits, SELinux,
   * swap, firewall) stays as it is.
   */
  KEEP_SYSTEM_SETTINGS("settings-stay");

  private final String word;

  UndoOption(String word) {
    this.word = word;
  }

  /** How the agent calls it. */
  String word() {
    return word;
  }
}
