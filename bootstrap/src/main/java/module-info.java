import org.jspecify.annotations.NullMarked;

/** Plans and runs the steps that turn hosts into a cluster, and undoes them. */
@NullMarked
module io.hawser.bootstrap {
  requires transitive io.hawser.core;
  requires transitive io.hawser.filesystem;
  requires transitive io.hawser.registry;
  requires transitive io.hawser.ssh;
  requires com.google.common;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.hawser.bootstrap;
  exports io.hawser.bootstrap.preflight;
}
