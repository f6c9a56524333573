package io.hawser.testkit;

import io.hawser.cluster.Cluster;
import io.hawser.ssh.HostKeyPolicy;
import io.hawser.ssh.SshClient;
import io.hawser.ssh.jsch.SshClients;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link EmbeddedCluster} brings about; public for JUnit, which makes it. */
public final class EmbeddedClusterExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(EmbeddedClusterExtension.class);
  private static final Set<Class<?>> TYPES =
      Set.of(EmbeddedHosts.class, Cluster.class, SshClient.class);

  /** Running hosts; JUnit closes them with the test, or class, that asked first. */
  private record Running(EmbeddedHosts hosts, Cluster cluster, SshClient ssh)
      implements AutoCloseable {
    static Running of(EmbeddedCluster wanted) {
      EmbeddedHosts hosts = EmbeddedHosts.start(wanted.value().length);
      try {
        Cluster cluster = hosts.cluster(wanted.name(), wanted.value());
        HostKeyPolicy keys = HostKeyPolicy.strict(hosts.hostKeys());
        return new Running(hosts, cluster, SshClients.jsch().hostKeys(keys).build());
      } catch (RuntimeException e) {
        hosts.close();
        throw e;
      }
    }

    @Override
    public void close() {
      ssh.close();
      hosts.close();
    }
  }

  /** Made by JUnit. */
  public EmbeddedClusterExtension() {}

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return TYPES.contains(parameter.getParameter().getType()) && wanted(context).isPresent();
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Running running =
        context
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                Running.class, key -> Running.of(wanted(context).orElseThrow()), Running.class);
    Class<?> type = parameter.getParameter().getType();
    if (type == EmbeddedHosts.class) {
      return running.hosts();
    }
    return type == Cluster.class ? running.cluster() : running.ssh();
  }

  /** The annotation of the test, or of the nearest class around it. */
  private static Optional<EmbeddedCluster> wanted(ExtensionContext context) {
    Optional<ExtensionContext> at = Optional.of(context);
    while (at.isPresent()) {
      Optional<EmbeddedCluster> found =
          AnnotationSupport.findAnnotation(at.get().getElement(), EmbeddedCluster.class);
      if (found.isPresent()) {
        return found;
      }
      at = at.get().getParent();
    }
    return Optional.empty();
  }
}
