package io.hawser.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives JUnit tests hosts of their own: parameters of the types {@link EmbeddedHosts}, {@link
 * io.hawser.cluster.Cluster} and {@link io.hawser.ssh.SshClient} are the hosts, the cluster of
 * them, and a client that trusts their keys.
 *
 * <pre>{@code
 * @EmbeddedCluster
 * class MyInstallerTest {
 *   @Test
 *   void everyNodePulls(Cluster cluster, SshClient ssh, EmbeddedHosts hosts) {
 *     new MyInstaller(cluster, ssh).install();
 *     assertThat(hosts.pullClient(2).pull("sealos.hub:5000/app:v1").failures()).isEmpty();
 *   }
 * }
 * }</pre>
 *
 * <p>Each test has new hosts, which start when it asks for one of the three and end with it. Who
 * asks in a constructor of a class with one instance, or in {@code @BeforeAll}, has them for the
 * whole class. An annotation of a method comes before that of its class. For JUnit 5.13 and later,
 * 6 included.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EmbeddedClusterExtension.class)
public @interface EmbeddedCluster {
  /**
   * For each host the words of its roles with commas between; unless said three hosts, of which the
   * first two have a registry.
   */
  String[] value() default {"master,registry", "registry", "node"};

  /** The name of the cluster. */
  String name() default "test";
}
