package io.hawser.clusterfile;

import io.hawser.Secret;
import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.cluster.SshAccess;
import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes hosts as the items of {@code spec.hosts}. Neighbours that say the same are one item. Of a
 * host that is listed already only its roles are taken; all else stays as it is written.
 */
final class HostNodes {
  private final List<YamlNode> entries;
  private final SshAccess common;
  private final Map<Host, Listed> listed = new HashMap<>();

  private HostNodes(List<YamlNode> entries, SshFields cluster) {
    this.entries = entries;
    this.common = cluster.access(OptionalInt.empty());
    Problems problems = new Problems("Clusterfile");
    for (int i = 0; i < entries.size(); i++) {
      FieldReader entry = FieldReader.of(entries.get(i), "", problems);
      SshFields ssh = SshFields.read(entry.fields("ssh"), problems).over(cluster);
      for (YamlNode ip : entry.items("ips")) {
        HostPort at = HostPort.parse(((YamlNode.Text) ip).value());
        Host host = Host.at(at.address()).ssh(ssh.access(at.port())).build();
        listed.put(host, new Listed(i, ip));
      }
    }
  }

  /** Where a host is listed. */
  private record Listed(int entry, YamlNode ip) {}

  /** What all hosts of an item have in common; the item that they come from, or -1. */
  private record Common(int entry, List<String> words, Map<String, YamlNode> fields) {}

  /**
   * The items.
   *
   * @param entries those that are there
   * @param cluster how to log in to all hosts
   */
  static List<ListEdit.Wanted> of(
      Collection<Host> hosts, List<YamlNode> entries, SshFields cluster) {
    HostNodes nodes = new HostNodes(entries, cluster);
    List<ListEdit.Wanted> wanted = new ArrayList<>();
    List<YamlNode> ips = new ArrayList<>();
    Common group = null;
    for (Host host : hosts) {
      Common own = nodes.common(host);
      if (group != null && !group.equals(own)) {
        wanted.add(nodes.item(group, List.copyOf(ips)));
        ips.clear();
      }
      group = own;
      ips.add(nodes.ip(host));
    }
    if (group != null) {
      wanted.add(nodes.item(group, List.copyOf(ips)));
    }
    return wanted;
  }

  private YamlNode ip(Host host) {
    Listed known = listed.get(host);
    if (known != null) {
      return known.ip();
    }
    String address = host.address();
    int port = host.ssh().port();
    String bare = address.contains(":") && port != common.port() ? "[" + address + "]" : address;
    return NodePath.scalar(port == common.port() ? bare : bare + ":" + port);
  }

  private Common common(Host host) {
    Listed known = listed.get(host);
    if (known != null) {
      return new Common(known.entry(), words(host, entries.get(known.entry())), Map.of());
    }
    List<String> words = new ArrayList<>();
    host.roles().forEach(role -> words.add(role.word()));
    host.arch().ifPresent(words::add);
    host.labels().forEach((key, value) -> words.add(key + "=" + value));
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    List<YamlNode> env = new ArrayList<>();
    for (String name : host.env().keySet()) {
      host.envValues(name).forEach(value -> env.add(NodePath.scalar(name + "=" + value)));
    }
    if (!env.isEmpty()) {
      fields.put("env", new YamlNode.Items(Position.WHOLE_FILE, env));
    }
    Map<String, YamlNode> ssh = ssh(host.ssh());
    if (!ssh.isEmpty()) {
      fields.put("ssh", NodePath.mapping(ssh));
    }
    return new Common(-1, words, fields);
  }

  /** The words of an item with the roles of a host in the place of its own. */
  private static List<String> words(Host host, YamlNode entry) {
    List<String> words = new ArrayList<>();
    int afterRoles = 0;
    YamlNode own = NodePath.find(entry, List.of("roles")).orElseThrow();
    for (YamlNode word : own instanceof YamlNode.Items list ? list.items() : List.of(own)) {
      String text = ((YamlNode.Text) word).value();
      boolean role = isRole(text);
      if (!role || host.roles().stream().anyMatch(wanted -> wanted.word().equals(text))) {
        words.add(text);
        afterRoles = role ? words.size() : afterRoles;
      }
    }
    for (Role role : host.roles()) {
      if (!words.contains(role.word())) {
        words.add(afterRoles++, role.word());
      }
    }
    return words;
  }

  private static boolean isRole(String word) {
    return List.of(Role.values()).stream().anyMatch(role -> role.word().equals(word));
  }

  private ListEdit.Wanted item(Common group, List<YamlNode> ips) {
    List<YamlNode> words = new ArrayList<>();
    group.words().forEach(word -> words.add(NodePath.scalar(word)));
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    if (group.entry() >= 0) {
      ((YamlNode.Fields) entries.get(group.entry()))
          .fields()
          .forEach((key, field) -> fields.put(key, field.value()));
    }
    fields.put("ips", new YamlNode.Items(Position.WHOLE_FILE, ips));
    fields.put("roles", new YamlNode.Items(Position.WHOLE_FILE, words));
    fields.putAll(group.fields());
    return new ListEdit.Wanted(NodePath.mapping(fields), group.entry());
  }

  /** What a host has to itself; the port stands with its address. */
  private Map<String, YamlNode> ssh(SshAccess own) {
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    if (!own.user().equals(common.user())) {
      fields.put("user", NodePath.scalar(own.user()));
    }
    put(fields, "passwd", own.password(), common.password());
    key(fields, own);
    put(fields, "pkPasswd", own.passphrase(), common.passphrase());
    if (own.agent() != common.agent()) {
      fields.put("agent", NodePath.scalar(Boolean.toString(own.agent())));
    }
    if (!own.hostKeys().equals(common.hostKeys())) {
      List<YamlNode> keys = own.hostKeys().stream().<YamlNode>map(NodePath::scalar).toList();
      fields.put("hostKeys", new YamlNode.Items(Position.WHOLE_FILE, keys));
    }
    if (!own.toBuilder().jump(null).build().equals(own) && !own.jump().equals(common.jump())) {
      throw new IllegalArgumentException("a way of its own to a new host cannot be written");
    }
    return fields;
  }

  /** One key, as file or text, takes the place of both forms of the cluster's. */
  private void key(Map<String, YamlNode> fields, SshAccess own) {
    if (own.keyFile().equals(common.keyFile()) && own.keyData().equals(common.keyData())) {
      return;
    }
    own.keyFile().ifPresent(file -> fields.put("pk", NodePath.scalar(file)));
    own.keyData().ifPresent(text -> fields.put("pkData", NodePath.scalar(text.reveal())));
    if (own.keyFile().isEmpty() && own.keyData().isEmpty()) {
      fields.put("pk", NodePath.scalar(""));
    }
  }

  /** An empty one says that the host does without that of the cluster. */
  private static void put(
      Map<String, YamlNode> fields, String name, Optional<Secret> own, Optional<Secret> common) {
    if (!own.equals(common)) {
      fields.put(name, NodePath.scalar(own.map(Secret::reveal).orElse("")));
    }
  }
}
