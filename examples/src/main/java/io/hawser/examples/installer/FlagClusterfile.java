package io.hawser.examples.installer;

import io.hawser.cluster.Host;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.clusterfile.Clusterfile;
import io.hawser.clusterfile.ClusterfileReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The text of a Clusterfile that says what the command line says.
 *
 * @param name the cluster
 * @param access how to log in to all hosts
 * @param hosts all of them, the masters first
 * @param images names and directories
 * @param env items {@code NAME=VALUE}
 */
record FlagClusterfile(
    String name, SshAccess access, List<Host> hosts, List<Image> images, List<String> env) {

  /** An image that was named. */
  record Image(String name, Path directory) {
    /** One of {@code [NAME=]DIR}; the first without a name is called rootfs. */
    static Image of(String text, int index) {
      int equals = text.indexOf('=');
      boolean named = equals > 0 && !text.matches("[/.~].*");
      String path = named ? text.substring(equals + 1) : text;
      String name =
          named ? text.substring(0, equals) : index == 0 ? "rootfs" : "image-" + (index + 1);
      return new Image(name, Path.of(path).toAbsolutePath().normalize());
    }
  }

  /**
   * The Clusterfile with what the images say of themselves, so that it is complete.
   *
   * @throws io.hawser.clusterfile.ClusterfileException with all problems of the images
   */
  Clusterfile read(ClusterfileReader reader) {
    List<String> given =
        images.stream().map(image -> image.name() + "=" + image.directory()).toList();
    Clusterfile file = reader.images(given).load(text(), "Clusterfile of run");
    List<ImageMount> mounts = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      mounts.add(at(images.get(i).directory(), file.cluster().mounts().get(i)));
    }
    return reader.load(file.withMounts(mounts).text(), "Clusterfile of run");
  }

  /** The directory as it was given: there may be a tree in it for each architecture. */
  private static ImageMount at(Path directory, ImageMount mount) {
    return new ImageMount(
        mount.name(),
        mount.type(),
        mount.imageName(),
        directory,
        mount.env(),
        mount.labels(),
        mount.entrypoint(),
        mount.cmd(),
        Map.of());
  }

  private String text() {
    StringBuilder text = new StringBuilder("# Made by hawser run.\n");
    text.append("apiVersion: apps.sealos.io/v1beta1\nkind: Cluster\nmetadata:\n");
    text.append("  name: ").append(quoted(name)).append("\nspec:\n");
    list(text, "  image", images.stream().map(Image::name).toList());
    text.append("  ssh:\n    user: ").append(quoted(access.user())).append('\n');
    text.append("    port: ").append(access.port()).append('\n');
    access.keyFile().ifPresent(key -> field(text, "pk", key));
    access.password().ifPresent(secret -> field(text, "passwd", secret.reveal()));
    access.passphrase().ifPresent(secret -> field(text, "pkPasswd", secret.reveal()));
    if (access.agent()) {
      field(text, "agent", "true");
    }
    text.append("  hosts:\n");
    for (int i = 0, next; i < hosts.size(); i = next) {
      next = i + 1;
      while (next < hosts.size() && hosts.get(next).roles().equals(hosts.get(i).roles())) {
        next++;
      }
      entry(text, hosts.subList(i, next));
    }
    if (!env.isEmpty()) {
      list(text, "  env", env);
    }
    return text.toString();
  }

  private static void field(StringBuilder text, String name, String value) {
    text.append("    ").append(name).append(": ").append(quoted(value)).append('\n');
  }

  private static void list(StringBuilder text, String key, List<String> values) {
    text.append(key).append(":\n");
    values.forEach(value -> text.append("  - ").append(quoted(value)).append('\n'));
  }

  private void entry(StringBuilder text, List<Host> same) {
    List<String> ips =
        same.stream()
            .map(host -> host.ssh().port() == access.port() ? host.address() : Addresses.of(host))
            .map(FlagClusterfile::quoted)
            .toList();
    text.append("  - ips: ").append(ips).append("\n    roles: ");
    text.append(same.get(0).roles().stream().map(Role::word).toList()).append('\n');
  }

  /** A YAML scalar on one line; braces that would make a template of the text are escaped, too. */
  private static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    value
        .codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                text.append('\\').appendCodePoint(c);
              } else if (c < 0x20 || c == '{' || (c >= 0x7f && c < 0xa0) || c == 0xfeff) {
                text.append(String.format("\\u%04x", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.append('"').toString();
  }
}
