import org.jspecify.annotations.NullMarked;

/** Embedded hosts, a JUnit extension and conformance suites for tests. */
@NullMarked
module io.hawser.testkit {
  requires transitive io.hawser.bootstrap;
  requires transitive io.hawser.core;
  requires transitive io.hawser.filesystem;
  requires transitive io.hawser.registry;
  requires transitive io.hawser.ssh;
  requires com.google.common;
  requires java.net.http;
  requires jdk.httpserver;
  requires org.apache.sshd.osgi;
  requires org.apache.sshd.sftp;
  requires static transitive org.junit.jupiter.api;
  requires org.bouncycastle.provider;
  requires org.slf4j;
  requires static transitive org.jspecify;

  exports io.hawser.testkit;
}
