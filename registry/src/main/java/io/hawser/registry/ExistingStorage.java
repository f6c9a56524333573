package io.hawser.registry;

/** What becomes of a replica whose storage holds files before Hawser has brought it any. */
public enum ExistingStorage {
  /**
   * They stay, and artifacts come beside them. An audit lists them; neither repair nor reset
   * removes them.
   */
  MERGE,

  /** Nothing is brought to such a host, nor changed in its storage; its row says what is there. */
  REFUSE
}
