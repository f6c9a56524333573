package io.hawser.host;

/** What a tree may bring to a host beyond its default. */
public enum TreeOption {
  /**
   * Links that lead out of the tree are sent as they are: with a target that is absolute and not
   * below the directory where the tree lies, or that climbs above it. By default such a tree is
   * refused, and the link is named.
   */
  LINKS_LEAVING_TREE,
  /**
   * Files and directories keep the set-user-ID and set-group-ID bits of their source. By default
   * these are left out: a program that runs with its owner's rights, root's, does not get on a host
   * by the way.
   */
  SET_ID_BITS
}
