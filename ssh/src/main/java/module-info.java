import org.jspecify.annotations.NullMarked;

/** Reaches hosts: commands, moving trees, the journal of changes, and the mock. */
@NullMarked
module io.hawser.ssh {
  requires transitive io.hawser.core;
  requires com.google.common;
  requires com.jcraft.jsch;
  requires org.apache.commons.compress;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.hawser.ssh;
  exports io.hawser.ssh.jsch;
  exports io.hawser.ssh.mock;
  exports io.hawser.host;
}
