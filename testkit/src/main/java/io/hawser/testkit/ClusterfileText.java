package io.hawser.testkit;

import com.google.common.base.Splitter;
import io.hawser.cluster.ImageMount;
import io.hawser.cluster.SshAccess;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a Clusterfile as a user would for the embedded hosts. */
final class ClusterfileText {
  private final StringBuilder text = new StringBuilder();

  private ClusterfileText() {}

  static String of(
      String name,
      SshAccess access,
      List<String> addresses,
      List<? extends CharSequence> roles,
      Collection<ImageMount> mounts) {
    ClusterfileText made = new ClusterfileText();
    made.line("apiVersion: apps.sealos.io/v1beta1");
    made.line("kind: Cluster");
    made.line("metadata:");
    made.line("  name: " + name);
    made.line("spec:");
    made.access(access);
    made.line("  hosts:");
    for (int i = 0; i < roles.size(); i++) {
      List<String> words =
          Splitter.on(',').trimResults().omitEmptyStrings().splitToList(roles.get(i));
      made.line("    - ips: [" + quoted(addresses.get(i)) + "]");
      made.line("      roles: [" + String.join(", ", words) + "]");
    }
    if (!mounts.isEmpty()) {
      made.mounts(mounts);
    }
    return made.text.toString();
  }

  private void access(SshAccess access) {
    line("  ssh:");
    line("    user: " + quoted(access.user()));
    line("    port: " + access.port());
    access.password().ifPresent(secret -> line("    passwd: " + quoted(secret.reveal())));
    access.keyFile().ifPresent(file -> line("    pk: " + quoted(file)));
  }

  private void mounts(Collection<ImageMount> mounts) {
    line("status:");
    line("  mounts:");
    for (ImageMount mount : mounts) {
      line("    - name: " + quoted(mount.name()));
      line("      type: " + mount.type().name().toLowerCase(Locale.ROOT));
      line("      imageName: " + quoted(mount.imageName()));
      line("      mountPoint: " + quoted(mount.mountPoint().toString()));
      map("env", mount.env());
      map("labels", mount.labels());
    }
  }

  private void map(String name, Map<String, String> values) {
    if (!values.isEmpty()) {
      line("      " + name + ":");
      values.forEach((key, value) -> line("        " + quoted(key) + ": " + quoted(value)));
    }
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  private static String quoted(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** The words for each host, of which there may not be more than this. */
  static List<String> roles(Collection<? extends CharSequence> words, int hosts) {
    if (words.size() > hosts) {
      throw new IllegalArgumentException(
          "roles for " + words.size() + " hosts, there are " + hosts);
    }
    return words.stream().map(CharSequence::toString).toList();
  }
}
