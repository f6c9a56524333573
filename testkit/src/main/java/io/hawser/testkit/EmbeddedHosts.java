package io.hawser.testkit;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.SshAccess;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Hosts inside this JVM, for tests and demonstrations: each has an SSH server on a loopback address
 * of its own, a directory that stands for {@code /}, and services.
 *
 * <pre>{@code
 * try (EmbeddedHosts hosts = EmbeddedHosts.start(3)) {
 *   Cluster cluster = hosts.cluster("demo", "master,registry", "registry", "node");
 *   SshClient ssh = ...; // trusting HostKeyPolicy.strict(hosts.hostKeys())
 * }
 * }</pre>
 *
 * <p>Commands run in the machine's shell as the user of this JVM, with {@code HAWSER_ROOT} set to
 * the host's root. That is no prison: only scripts that honour it may be run. {@code systemctl}
 * acts on the host's own units; {@code sysctl}, {@code mount}, {@code modprobe} and their like
 * refuse. A unit whose program is {@code registry serve CONFIG} is served by a {@link
 * StorageRegistry}; other units run as processes, with paths below the root, and log to {@code
 * /var/log}.
 *
 * <p>Hosts are numbered from 0. Several runs on one machine take different addresses. {@link
 * #close()} ends every process and thread and deletes every file. Thread-safe.
 */
public final class EmbeddedHosts implements Closeable {
  private final Path home;
  private final Mailbox mailbox;
  private final SshAccess access;
  private final ImmutableList<EmbeddedHost> hosts;
  private boolean closed;

  private EmbeddedHosts(Path home, Mailbox mailbox, SshAccess access, List<EmbeddedHost> hosts) {
    this.home = home;
    this.mailbox = mailbox;
    this.access = access;
    this.hosts = ImmutableList.copyOf(hosts);
  }

  /**
   * Starts so many hosts with the defaults of {@link Builder}.
   *
   * @throws IllegalStateException if there are not enough free loopback addresses
   */
  public static EmbeddedHosts start(int count) {
    return builder().count(count).start();
  }

  /** Starts with one host, SSH port 2222, registry port 5000, user root, a random password. */
  public static Builder builder() {
    return new Builder();
  }

  /** How many hosts there are. */
  public int count() {
    return hosts.size();
  }

  /** The addresses of all hosts. */
  public List<String> addresses() {
    return hosts.stream().map(EmbeddedHost::address).toList();
  }

  /** The address of a host, for example {@code 127.0.0.11}. */
  public String address(int host) {
    return hosts.get(host).address();
  }

  /** The directory that stands for {@code /} on a host. */
  public Path root(int host) {
    return hosts.get(host).root();
  }

  /** How to log in to every host, its port included. */
  public SshAccess access() {
    return access;
  }

  /** A known_hosts file with the keys of all hosts. */
  public Path hostKeys() {
    return home.resolve("known_hosts");
  }

  /**
   * A cluster of the first hosts.
   *
   * @param roles for each host the words of its roles with commas between, for example {@code
   *     master,registry}
   */
  public Cluster cluster(CharSequence name, CharSequence... roles) {
    return cluster(name, List.of(roles));
  }

  /** The same with the roles in a collection. */
  public Cluster cluster(CharSequence name, Collection<? extends CharSequence> roles) {
    List<String> words = ClusterfileText.roles(roles, hosts.size());
    List<Host> members = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      members.add(hosts.get(i).member(access, words.get(i)));
    }
    return Cluster.named(name).hosts(members).build();
  }

  /**
   * A Clusterfile for the first hosts. What is read from it knows nothing of the hosts' roots: pass
   * it through {@link #withRoots}.
   *
   * @param mounts the images, written to {@code status.mounts}
   * @param roles as in {@link #cluster(CharSequence, CharSequence...)}; other words are written as
   *     they are
   */
  public String clusterfileText(
      CharSequence name, Collection<ImageMount> mounts, CharSequence... roles) {
    return clusterfileText(name, mounts, List.of(roles));
  }

  /** The same with the roles in a collection. */
  public String clusterfileText(
      CharSequence name, Collection<ImageMount> mounts, Collection<? extends CharSequence> roles) {
    return ClusterfileText.of(
        name.toString(), access, addresses(), ClusterfileText.roles(roles, hosts.size()), mounts);
  }

  /** The cluster with every host that is one of these, by address and port, given its root. */
  public Cluster withRoots(Cluster cluster) {
    return cluster.withHosts(
        member -> {
          int host = addresses().indexOf(member.address());
          return host < 0 || member.ssh().port() != access.port()
              ? member
              : member.toBuilder().root(root(host).toString()).build();
        });
  }

  /** A client that pulls images as this host's container runtime does. */
  public PullClient pullClient(int host) {
    return PullClient.below(root(host));
  }

  /** Takes a host's power away: connections are cut, whatever runs dies, files stay. */
  public void stop(int host) {
    hosts.get(host).powerOff();
  }

  /** Lets a stopped host boot: its SSH server listens again and enabled units start. */
  public void boot(int host) {
    hosts.get(host).powerOn();
  }

  /** Stops one service as {@code systemctl stop} does; one that does not run stays as it is. */
  public void stopService(int host, CharSequence unit) {
    hosts.get(host).services().stop(service(unit));
  }

  /** How a service is, in the word of {@code systemctl is-active}. */
  public String serviceState(int host, CharSequence unit) {
    RunningService.State state = hosts.get(host).services().state(service(unit));
    return state.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String service(CharSequence unit) {
    String name = unit.toString();
    return name.endsWith(".service") ? name : name + ".service";
  }

  /** What lies below a host's root now. */
  public HostSnapshot snapshot(int host) {
    return HostSnapshot.of(root(host));
  }

  /** Stops all hosts and deletes their files. May be called again. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      hosts.forEach(EmbeddedHost::close);
      mailbox.close();
      ProcessSweep.deleteTree(home);
    }
  }

  /** Collects the values of {@link EmbeddedHosts}. Not thread-safe. */
  public static final class Builder {
    private int count = 1;
    private int sshPort = 2222;
    private int registryPort = 5000;
    private boolean key;
    private boolean fetches = FetchProgram.isNeeded();

    private Builder() {}

    /** How many hosts. */
    public Builder count(int count) {
      Preconditions.checkArgument(count > 0, "%s hosts", count);
      this.count = count;
      return this;
    }

    /** The port of every host's SSH server. */
    public Builder sshPort(int port) {
      this.sshPort = port;
      return this;
    }

    /** The port that must be free on every host for a registry. */
    public Builder registryPort(int port) {
      this.registryPort = port;
      return this;
    }

    /** Lets the hosts take a key, made for this run, instead of a password. */
    public Builder keyLogin() {
      this.key = true;
      return this;
    }

    /** Gives the hosts a curl of their own even where the machine has one. */
    Builder ownCurl() {
      this.fetches = true;
      return this;
    }

    /**
     * Starts the hosts.
     *
     * @throws IllegalStateException if there are not enough free loopback addresses
     */
    public EmbeddedHosts start() {
      List<LoopbackAddresses.Claim> claims =
          LoopbackAddresses.claim(count, List.of(sshPort, registryPort));
      List<Closeable> opened = new ArrayList<>();
      try {
        // Scripts see links of the machine resolved, and compare paths as text.
        Path home = Files.createTempDirectory("hawser-hosts-").toRealPath();
        opened.add(() -> ProcessSweep.deleteTree(home));
        Mailbox mailbox = Mailbox.open(home.resolve("mail"));
        opened.add(mailbox);
        HostLogin login =
            key
                ? HostLogin.key("root", sshPort, home.resolve("id_ecdsa"))
                : HostLogin.password("root", sshPort);
        List<EmbeddedHost> hosts = new ArrayList<>();
        for (LoopbackAddresses.Claim claim : claims) {
          EmbeddedHost host =
              EmbeddedHost.boot(claim, home, home.resolve("mail"), mailbox, login, fetches);
          opened.add(host);
          hosts.add(host);
        }
        writeHostKeys(home, hosts);
        return new EmbeddedHosts(home, mailbox, login.access(), hosts);
      } catch (IOException e) {
        closeAll(opened, claims);
        throw new UncheckedIOException(e);
      } catch (RuntimeException e) {
        closeAll(opened, claims);
        throw e;
      }
    }

    private static void writeHostKeys(Path home, List<EmbeddedHost> hosts) throws IOException {
      String text =
          hosts.stream()
              .map(host -> host.server().knownHostsLine() + "\n")
              .collect(Collectors.joining());
      Path file = Files.writeString(home.resolve("known_hosts"), text);
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static void closeAll(List<Closeable> opened, List<LoopbackAddresses.Claim> claims) {
      for (int i = opened.size() - 1; i >= 0; i--) {
        try {
          opened.get(i).close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      claims.forEach(LoopbackAddresses.Claim::release);
    }
  }
}
