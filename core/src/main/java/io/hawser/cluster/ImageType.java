package io.hawser.cluster;

/** What an image is for, after the sealos label {@code sealos.io.type}. */
public enum ImageType {
  /** The base of the cluster: it goes to every host. */
  ROOTFS,
  /** Goes to every host, over the rootfs. */
  PATCH,
  /** Goes to the first master only. */
  APPLICATION
}
