package org.example

import com.cloudbees.groovy.cps.NonCPS
import io.hawser.bootstrap.BackgroundRun
import io.hawser.bootstrap.BackgroundRuns
import io.hawser.bootstrap.Bootstrap
import io.hawser.bootstrap.BootstrapException
import io.hawser.bootstrap.Bootstraps
import io.hawser.cluster.Cluster
import io.hawser.clusterfile.Clusterfiles
import io.hawser.filesystem.FilesystemException
import io.hawser.filesystem.Filesystems
import io.hawser.registry.ClusterSecretStores
import io.hawser.registry.RegistryMode
import io.hawser.report.Report
import io.hawser.ssh.SshClient
import io.hawser.ssh.jsch.SshClients

/**
 * What a pipeline may keep between two steps: text, and reports. Whatever talks to hosts lives within one method,
 * and each method is @NonCPS, since Jenkins's interpreter cannot stop within Java.
 */
class HawserInstall implements Serializable {
  private static final long serialVersionUID = 1L

  private final String clusterfile
  private final String name
  private final String mode
  private final String secrets
  private final ArrayList<String> hosts

  HawserInstall(String clusterfile, String name, Map options) {
    this.clusterfile = clusterfile
    this.name = name
    this.mode = (options.mode ?: 'SAFE').toString()
    this.secrets = options.secrets?.toString()
    this.hosts = options.hosts == null ? null : new ArrayList<String>(options.hosts*.toString())
  }

  @NonCPS
  Report preflight() {
    SshClient ssh = HawserInstall.connect()
    try {
      Cluster cluster = Clusterfiles.parse(clusterfile, name)
      return bootstrap(cluster, ssh).preflight(wanted(cluster))
    } finally {
      ssh.close()
    }
  }

  /** A host that fails is a row of the report, so that a pipeline can show them all. */
  @NonCPS
  Report install() {
    SshClient ssh = HawserInstall.connect()
    try {
      Cluster cluster = Clusterfiles.parse(clusterfile, name)
      Bootstrap bootstrap = bootstrap(cluster, ssh)
      Report mounted = Filesystems.of(cluster, ssh).mountRootfs(wanted(cluster))
      return mounted.then(bootstrap.init(wanted(cluster)))
    } catch (BootstrapException e) {
      return e.report()
    } catch (FilesystemException e) {
      return e.report()
    } finally {
      ssh.close()
    }
  }

  /** Starts the phase "mount" or "init" and returns at once; the caller closes the client when that has ended. */
  @NonCPS
  BackgroundRun start(String phase, SshClient ssh) {
    Cluster cluster = Clusterfiles.parse(clusterfile, name)
    return phase == 'mount'
        ? BackgroundRuns.mountRootfs(Filesystems.of(cluster, ssh), wanted(cluster))
        : BackgroundRuns.init(bootstrap(cluster, ssh), wanted(cluster))
  }

  @NonCPS
  private Bootstrap bootstrap(Cluster cluster, SshClient ssh) {
    def store = secrets == null
        ? ClusterSecretStores.standard()
        : ClusterSecretStores.directory(new File(secrets).toPath())
    return Bootstraps.builder(cluster, ssh).mode(RegistryMode.valueOf(mode)).secrets(store).build()
  }

  @NonCPS
  private List<String> wanted(Cluster cluster) {
    return hosts == null ? cluster.hosts().collect { it.address() } : hosts
  }

  @NonCPS
  static SshClient connect() {
    return SshClients.jsch().build()
  }
}
