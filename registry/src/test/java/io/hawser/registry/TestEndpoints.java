package io.hawser.registry;

import io.hawser.Secret;
import io.hawser.host.FileChange;
import io.hawser.host.HostChange;
import io.hawser.host.NodeFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Replicas and nodes for the tests of endpoint strategies. */
final class TestEndpoints {
  /** A password that is not itself in a file that forgets to escape it. */
  static final String PASSWORD = "p\"w\\1 #'é";

  static final List<Endpoint> THREE = List.of(at("10.0.0.1"), at("10.0.0.2"), at("fd00::3"));
  static final List<Endpoint> TWO = THREE.subList(0, 2);

  private TestEndpoints() {}

  static Endpoint at(String address) {
    return at(address, basic("hawser", PASSWORD));
  }

  static Endpoint at(String address, Secret authorization) {
    return called("sealos.hub", address, authorization);
  }

  static Endpoint called(String domain, String address, Secret authorization) {
    String host = address.contains(":") ? "[" + address + "]" : address;
    return new Endpoint(address, domain, 5000, "http://" + host + ":5000", authorization);
  }

  static List<Endpoint> open(List<Endpoint> endpoints) {
    return endpoints.stream().map(e -> at(e.address(), null)).toList();
  }

  /** The same with TLS by that authority. */
  static List<Endpoint> tls(List<Endpoint> endpoints, String ca) {
    return endpoints.stream()
        .map(
            e ->
                new Endpoint(
                    e.address(),
                    e.domain(),
                    e.port(),
                    e.url().replace("http://", "https://"),
                    e.authorization(),
                    ca))
        .toList();
  }

  static Secret basic(String username, String password) {
    byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Secret.of("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** The second of the nodes that run no replica, with these programs. */
  static NodeFacts node(String tools) {
    return node(tools, Map.of());
  }

  static NodeFacts node(String tools, Map<String, String> more) {
    Map<String, String> facts = new HashMap<>();
    facts.put("address", "10.0.0.9");
    facts.put("position", "1");
    facts.put("tools", tools);
    facts.putAll(more);
    return NodeFacts.of(facts);
  }

  static String text(HostChange change) {
    return ((FileChange) change).content().reveal();
  }

  static String path(HostChange change) {
    return ((FileChange) change).path();
  }

  /** The documents of a YAML text, as a parser reads them. */
  static List<Map<Object, Object>> yaml(String text) {
    LoadSettings settings = LoadSettings.builder().setAllowDuplicateKeys(false).build();
    List<Map<Object, Object>> documents = new ArrayList<>();
    new Load(settings)
        .loadAllFromString(text)
        .forEach(one -> documents.add(new LinkedHashMap<>((Map<?, ?>) one)));
    return documents;
  }
}
