package io.hawser.clusterfile;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.SshAccess;
import io.hawser.clusterfile.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The fields of an {@code ssh} mapping; null where absent. */
record SshFields(
    @Nullable String user,
    @Nullable Secret passwd,
    @Nullable String pk,
    @Nullable Secret pkData,
    @Nullable Secret pkPasswd,
    @Nullable Integer port,
    @Nullable Boolean agent,
    List<String> hostKeys,
    @Nullable List<Jump> jumps) {

  /** A host on the way, with its own fields. */
  record Jump(HostPort at, SshFields fields) {}

  static SshFields read(FieldReader ssh, Problems problems) {
    SshFields fields =
        new SshFields(
            user(ssh, problems),
            secret(ssh.text("passwd")),
            keyFile(ssh, problems),
            secret(ssh.text("pkData")),
            secret(ssh.text("pkPasswd")),
            port(ssh, problems),
            agent(ssh, problems),
            hostKeys(ssh, problems),
            ssh.node("jump").isPresent() ? jumps(ssh, problems) : null);
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

  private static @Nullable Boolean agent(FieldReader ssh, Problems problems) {
    String text = ssh.text("agent");
    if (text == null || text.equals("true") || text.equals("false")) {
      return text == null ? null : Boolean.valueOf(text);
    }
    problems.add(ssh.at("agent"), ssh.path("agent"), "\"" + text + "\" is neither true nor false");
    return null;
  }

  private static List<String> hostKeys(FieldReader ssh, Problems problems) {
    List<String> found = new ArrayList<>();
    List<YamlNode> items = ssh.items("hostKeys");
    for (int i = 0; i < items.size(); i++) {
      String path = ssh.path("hostKeys") + "[" + i + "]";
      String text = FieldReader.text(items.get(i), path, problems);
      try {
        if (text != null) {
          found.addAll(SshAccess.builder().hostKeys(List.of(text)).build().hostKeys());
        }
      } catch (IllegalArgumentException e) {
        problems.add(items.get(i).at(), path, String.valueOf(e.getMessage()));
      }
    }
    return found;
  }

  private static List<Jump> jumps(FieldReader ssh, Problems problems) {
    List<Jump> found = new ArrayList<>();
    List<YamlNode> items = ssh.items("jump");
    for (int i = 0; i < items.size(); i++) {
      String path = ssh.path("jump") + "[" + i + "]";
      FieldReader entry = FieldReader.of(items.get(i), path, problems);
      String ip = entry.text("ip");
      if (ip == null) {
        problems.add(entry.at("ip"), entry.path("ip"), "there is no address");
      }
      SshFields fields = read(entry, problems);
      if (fields.jumps != null) {
        problems.add(
            entry.at("jump"),
            entry.path("jump"),
            "a jump host has none of its own",
            "list the hosts of the way one after the other, the nearest first");
      }
      try {
        if (ip != null) {
          found.add(new Jump(HostPort.parse(ip), fields));
        }
      } catch (IllegalArgumentException e) {
        problems.add(entry.at("ip"), entry.path("ip"), String.valueOf(e.getMessage()));
      }
    }
    return found;
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
        port != null ? port : cluster.port,
        agent != null ? agent : cluster.agent,
        hostKeys.isEmpty() ? cluster.hostKeys : hostKeys,
        jumps != null ? jumps : cluster.jumps);
  }

  /** What a host on the way takes over from the host behind it: who logs in, and with what. */
  private SshFields credentials() {
    return new SshFields(user, passwd, pk, pkData, pkPasswd, null, agent, List.of(), null);
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
    return builder.agent(Boolean.TRUE.equals(agent)).hostKeys(hostKeys).jump(way()).build();
  }

  /** The last host of the way, which leads to the others; null for a direct connection. */
  private @Nullable Host way() {
    Host last = null;
    for (Jump jump : jumps == null ? List.<Jump>of() : jumps) {
      SshAccess own = jump.fields.over(credentials()).access(jump.at.port());
      last = Host.at(jump.at.address()).ssh(own.toBuilder().jump(last).build()).build();
    }
    return last;
  }

  private static @Nullable Secret given(@Nullable Secret secret) {
    return secret == null || secret.reveal().isEmpty() ? null : secret;
  }
}
