package io.hawser.clusterfile;

import io.hawser.cluster.Host;
import io.hawser.cluster.Role;
import io.hawser.clusterfile.yaml.Position;
import io.hawser.clusterfile.yaml.YamlNode;
import io.hawser.spelling.NearestWord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads {@code spec.hosts}. */
final class HostFields {
  private static final List<String> WORDS =
      List.of("master", "node", "registry", "amd64", "arm64", "key=value");

  private final SshFields clusterSsh;
  private final Problems problems;
  private final List<Host> hosts = new ArrayList<>();
  private final Map<Host, Spelling> listed = new HashMap<>();

  private HostFields(SshFields clusterSsh, Problems problems) {
    this.clusterSsh = clusterSsh;
    this.problems = problems;
  }

  private record Spelling(String text, Position at) {}

  /** The hosts without fault, and those with a fault in their roles or environment. */
  static List<Host> read(FieldReader spec, SshFields clusterSsh, Problems problems) {
    HostFields fields = new HostFields(clusterSsh, problems);
    List<YamlNode> entries = spec.items("hosts");
    for (int i = 0; i < entries.size(); i++) {
      String path = spec.path("hosts") + "[" + i + "]";
      fields.entry(FieldReader.of(entries.get(i), path, problems));
    }
    if (spec.node("hosts").isEmpty()) {
      problems.add(spec.at("hosts"), spec.path("hosts"), "there is no host");
    } else if (!fields.hasMaster()) {
      problems.add(
          spec.at("hosts"),
          spec.path("hosts"),
          "no host has the role master",
          "add \"master\" to the roles of one");
    }
    return fields.hosts;
  }

  private boolean hasMaster() {
    return hosts.stream().anyMatch(host -> host.is(Role.MASTER));
  }

  private void entry(FieldReader entry) {
    Map<String, List<String>> env = EnvFields.list(entry, "env", problems);
    SshFields ssh = SshFields.read(entry.fields("ssh"), problems).over(clusterSsh);
    List<YamlNode> ips = entry.items("ips");
    if (ips.isEmpty() && !(entry.node("ips").orElse(null) instanceof YamlNode.Text)) {
      problems.add(entry.at("ips"), entry.path("ips"), "there is no address");
    }
    Traits traits = traits(entry);
    for (int i = 0; i < ips.size(); i++) {
      String path = entry.path("ips") + "[" + i + "]";
      String text = FieldReader.text(ips.get(i), path, problems);
      if (text != null) {
        host(text, ips.get(i).at(), path, ssh, traits, env);
      }
    }
    entry.done();
  }

  private void host(
      String text,
      Position at,
      String path,
      SshFields ssh,
      Traits traits,
      Map<String, List<String>> env) {
    try {
      HostPort parsed = HostPort.parse(text);
      Host.Builder builder = Host.at(parsed.address()).ssh(ssh.access(parsed.port())).env(env);
      Host host = traits.addTo(builder).build();
      Spelling earlier = listed.putIfAbsent(host, new Spelling(text, at));
      if (earlier == null) {
        hosts.add(host);
      } else {
        problems.add(at, path, twice(text, at, earlier));
      }
    } catch (IllegalArgumentException e) {
      problems.add(at, path, String.valueOf(e.getMessage()));
    }
  }

  private static String twice(String text, Position at, Spelling earlier) {
    return "one host is listed twice: \""
        + earlier.text()
        + "\" at "
        + earlier.at()
        + " and \""
        + text
        + "\" at "
        + at;
  }

  /** What the words of {@code roles} say. */
  private static final class Traits {
    private final List<Role> roles = new ArrayList<>();
    private final List<String> archs = new ArrayList<>();
    private final Map<String, String> labels = new LinkedHashMap<>();

    private Host.Builder addTo(Host.Builder builder) {
      roles.forEach(builder::roles);
      labels.forEach(builder::label);
      return archs.isEmpty() ? builder : builder.arch(archs.get(0));
    }
  }

  private Traits traits(FieldReader entry) {
    Traits traits = new Traits();
    List<YamlNode> words = entry.items("roles");
    boolean understood = true;
    for (int i = 0; i < words.size(); i++) {
      String path = entry.path("roles") + "[" + i + "]";
      String word = FieldReader.text(words.get(i), path, problems);
      understood &= word != null && trait(word, words.get(i).at(), path, traits);
    }
    if (traits.roles.isEmpty() && understood) {
      problems.add(
          entry.at("roles"),
          entry.path("roles"),
          "the hosts have no role",
          "known: master, node, registry");
    }
    return traits;
  }

  private boolean trait(String word, Position at, String path, Traits traits) {
    for (Role role : Role.values()) {
      if (role.word().equals(word)) {
        traits.roles.add(role);
        return true;
      }
    }
    int equals = word.indexOf('=');
    if (word.equals("amd64") || word.equals("arm64")) {
      traits.archs.add(word);
      if (!traits.archs.get(0).equals(word)) {
        problems.add(at, path, "the hosts have two architectures");
      }
      return true;
    } else if (equals > 0) {
      traits.labels.put(word.substring(0, equals), word.substring(equals + 1));
      return true;
    }
    problems.warn(at, path, "unknown role \"" + word + "\"", NearestWord.hint(word, WORDS));
    return false;
  }
}
