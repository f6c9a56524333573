import org.jspecify.annotations.NullMarked;

/** Puts a rootfs, patch or application tree on hosts and takes it off again. */
@NullMarked
module io.hawser.filesystem {
  requires transitive io.hawser.core;
  requires transitive io.hawser.ssh;
  requires com.google.common;
  requires org.apache.commons.compress;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.hawser.filesystem;
  exports io.hawser.filesystem.image;
}
