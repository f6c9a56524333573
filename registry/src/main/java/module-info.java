import org.jspecify.annotations.NullMarked;

/** Installs container registries on hosts, fills and audits them, and points nodes at them. */
@NullMarked
module io.hawser.registry {
  requires transitive io.hawser.core;
  requires transitive io.hawser.ssh;
  requires com.google.common;
  requires org.bouncycastle.provider;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.hawser.registry;
}
