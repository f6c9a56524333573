package io.hawser.host;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.HostPaths;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.Role;
import io.hawser.ssh.Command;
import io.hawser.ssh.Script;
import io.hawser.ssh.ShellQuote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The scripts that the labels of a rootfs name, as commands on a host.
 *
 * <p>As in sealos, a label's value is what follows the word {@code bash} in the rootfs's directory
 * {@code scripts/}, and the host's shell reads it: {@code $registryData} is the value, unquoted one
 * is split at blanks, and {@code &&} chains. Unlike sealos, the environment is passed as
 * environment and never pasted into the text, so nothing in a value is expanded again or run; and a
 * directory that cannot be entered stops the command.
 */
public final class ImageScripts {
  /** The label by which a rootfs says that its scripts honour {@code HAWSER_ROOT}. */
  public static final String HONOURS_ROOT = "io.hawser.honours-root";

  private static final String BIN_DIR = "BIN_DIR";
  private static final String REGISTRY_DATA = "/var/lib/registry";

  private final Cluster cluster;
  private final boolean withPassword;

  private ImageScripts(Cluster cluster, boolean withPassword) {
    this.cluster = cluster;
    this.withPassword = withPassword;
  }

  /** The scripts of a cluster's rootfs. */
  public static ImageScripts of(Cluster cluster) {
    return new ImageScripts(cluster, true);
  }

  /**
   * The same, but they do not see the password that was chosen for the registry ({@link
   * Cluster#registryPassword}): environments of processes can be read. What the images themselves
   * say it is stays.
   */
  public ImageScripts withoutRegistryPassword() {
    return new ImageScripts(cluster, false);
  }

  /**
   * The command of a label on a host; empty when no image that goes to every host has such a label.
   *
   * @throws HostStateException if the host's root is not {@code /} and the rootfs does not say that
   *     its scripts honour that: they would edit the machine itself
   */
  public Optional<Command> command(Host host, String label) {
    return cluster.labelled(label).flatMap(mount -> command(mount, host, label));
  }

  /**
   * Running a label's script as a change, with another label's script as its undo; empty when the
   * rootfs has no such label.
   */
  public Optional<CommandChange> change(Host host, String label, String undoLabel) {
    return command(host, label)
        .map(
            command ->
                new CommandChange(
                    label, command, command(host, undoLabel).orElse(null), fingerprint(command)));
  }

  private Optional<Command> command(ImageMount mount, Host host, String label) {
    return mount
        .script(label)
        .map(
            value -> {
              if (!host.root().equals("/") && !"true".equals(mount.labels().get(HONOURS_ROOT))) {
                throw new HostStateException(
                    host.address(),
                    "the host's root is "
                        + host.root()
                        + ", but image "
                        + mount.name()
                        + " has no label "
                        + HONOURS_ROOT
                        + "=true: its scripts would edit the machine itself and are not run");
              }
              Map<String, String> env = env(host);
              if (!host.root().equals("/")) {
                env.put("HAWSER_ROOT", host.root());
              }
              return Command.script(Script.of(label, text(host, label, value, env)))
                  .withDirectory(host.resolve(HostPaths.of(cluster).scripts()))
                  .withEnv(env);
            });
  }

  /**
   * The label's value, which the host's shell reads as it is: what it expands to comes from the
   * environment and is never read again.
   */
  private String text(Host host, String label, String value, Map<String, String> env) {
    StringBuilder text = new StringBuilder();
    if (!env.getOrDefault(BIN_DIR, "").isBlank()) {
      // Scripts copy programs there and call them by their names.
      text.append("PATH=$PATH:$BIN_DIR\n");
    }
    if (label.equals("check")) {
      // The check needs a program that hosts may lack, and would copy it from there to stay.
      text.append("PATH=$PATH:")
          .append(ShellQuote.quote(host.resolve(HostPaths.of(cluster).rootfs() + "/opt")))
          .append('\n');
    }
    if (label.equals("clean-registry")) {
      text.append(unlessDirectory(host.resolve(env.getOrDefault("registryData", REGISTRY_DATA))));
    }
    return text.append("bash ").append(value).append('\n').toString();
  }

  /** The script removes that path with all that lies below: what is a link to the data is safe. */
  private static String unlessDirectory(String path) {
    String quoted = ShellQuote.quote(path);
    String error =
        ShellQuote.quote(
            path
                + " is no link to the data any more, and clean-registry would delete what lies there:"
                + " move it away, then reset again");
    return "[ -L "
        + quoted
        + " ] || [ ! -e "
        + quoted
        + " ] || { echo "
        + error
        + " >&2; exit 1; }\n";
  }

  private Map<String, String> env(Host host) {
    Map<String, String> env = new LinkedHashMap<>(cluster.env(host));
    if (!withPassword && cluster.registryPassword(host).isPresent()) {
      env.remove(Cluster.REGISTRY_PASSWORD);
      String own = cluster.imageEnv(host).get(Cluster.REGISTRY_PASSWORD);
      if (own != null) {
        env.put(Cluster.REGISTRY_PASSWORD, own);
      }
    }
    return env;
  }

  /** A digest of everything that the effect of the command depends on. */
  private String fingerprint(Command command) {
    Hasher hasher = Hashing.sha256().newHasher();
    command.script().ifPresent(script -> put(hasher, script.text()));
    command.env().forEach((name, value) -> put(hasher, name + "=" + known(name, value.reveal())));
    cluster.mounts().stream()
        .filter(ImageMount::isOnEveryHost)
        .flatMap(mount -> mount.trees().stream())
        .forEach(tree -> putScripts(hasher, tree.resolve("scripts")));
    return hasher.hash().toString();
  }

  /** That a host becomes a registry, or stops being one, is no reason to run its scripts again. */
  private static String known(String name, String value) {
    return name.equals("SEALOS_SYS_RUN_MODE")
        ? Stream.of(value.split(",", -1))
            .filter(role -> !role.equals(Role.REGISTRY.word()))
            .collect(Collectors.joining(","))
        : value;
  }

  private static void putScripts(Hasher hasher, Path scripts) {
    if (!Files.isDirectory(scripts)) {
      return;
    }
    try {
      for (TreeFile file : FileTree.scan(scripts, path -> true).files()) {
        put(hasher, file.path());
        if (file.type() == TreeFile.Type.FILE) {
          put(hasher, file.sha256());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + scripts + ": " + e.getMessage(), e);
    }
  }

  private static void put(Hasher hasher, String text) {
    hasher.putString(text, StandardCharsets.UTF_8).putByte((byte) 0);
  }
}
