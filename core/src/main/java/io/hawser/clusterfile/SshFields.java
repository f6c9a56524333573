package io.hawser.clusterfile;

import io.hawser.Secret;
import io.hawser.cluster.SshAccess;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The fields of an {@code ssh} mapping; null where absent. */
record SshFields(
    @Nullable String user,
    @Nullable Secret passwd,
    @Nullable String pk,
    @Nullable Secret pkData,
    @Nullable Secret pkPasswd,
    @Nullable Integer port) {

  static SshFields read(FieldReader ssh, Problems problems) {
    SshFields fields =
        new SshFields(
            user(ssh, problems),
            secret(ssh.text("passwd")),
            keyFile(ssh, problems),
            secret(ssh.text("pkData")),
            secret(ssh.text("pkPasswd")),
            port(ssh, problems));
    // The name that sealos gives to a stored key: it says nothing about how to log in.
    ssh.accept("pkName");
    ssh.done();
    return fields;
  }

  private static @Nullable Secret secret(@Nullable String text) {
    return text == null ? null : Secret.of(text);
  }

  private static @Nullable String user(FieldReader ssh, Problems problems) {
    String user = ssh.text("user");
    try {
      return user == null ? null : SshAccess.builder().user(user).build().user();
    } catch (IllegalArgumentException e) {
      problems.add(ssh.at("user"), ssh.path("user"), String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static @Nullable String keyFile(FieldReader ssh, Problems problems) {
    String file = ssh.text("pk");
    if (file != null && (file.contains("\n") || file.contains("PRIVATE KEY"))) {
      problems.add(
          ssh.at("pk"), ssh.path("pk"), "expected the path of a key file", "give a key in pkData");
      return null;
    }
    return file;
  }

  private static @Nullable Integer port(FieldReader ssh, Problems problems) {
    String text = ssh.text("port");
    if (text == null) {
      return null;
    }
    if (HostPort.port(text).isEmpty()) {
      problems.add(
          ssh.at("port"),
          ssh.path("port"),
          "port \"" + text + "\" is not a decimal number from 1 to 65535");
    }
    return HostPort.port(text).orElse(null);
  }

  /**
   * These fields, and where one is absent that of the cluster. A key of the host's own, file or
   * text, replaces both of the cluster's: key text would be used rather than the host's file.
   */
  SshFields over(SshFields cluster) {
    boolean ownKey = pk != null || pkData != null;
    return new SshFields(
        user != null ? user : cluster.user,
        passwd != null ? passwd : cluster.passwd,
        ownKey ? pk : cluster.pk,
        ownKey ? pkData : cluster.pkData,
        pkPasswd != null ? pkPasswd : cluster.pkPasswd,
        port != null ? port : cluster.port);
  }

  /**
   * How to log in to a host; the port of its address beats the fields. An empty credential means
   * none, so that a host can do without that of the cluster.
   */
  SshAccess access(OptionalInt addressPort) {
    SshAccess.Builder builder =
        SshAccess.builder()
            .password(given(passwd))
            .keyFile(pk == null || pk.isEmpty() ? null : pk)
            .keyData(given(pkData))
            .passphrase(given(pkPasswd));
    if (user != null) {
      builder.user(user);
    }
    if (addressPort.isPresent()) {
      builder.port(addressPort.getAsInt());
    } else if (port != null) {
      builder.port(port);
    }
    return builder.build();
  }

  private static @Nullable Secret given(@Nullable Secret secret) {
    return secret == null || secret.reveal().isEmpty() ? null : secret;
  }
}
