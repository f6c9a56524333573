package io.hawser.registry;

import com.google.common.collect.ImmutableSet;
import io.hawser.Secret;
import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.cluster.HostPaths;
import io.hawser.host.ImageScripts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the settings of replicas from the environment that their scripts see. */
final class SettingsSource {
  private static final String PASSWORD = Cluster.REGISTRY_PASSWORD;
  private static final String USERNAME = "registryUsername";

  /** Beyond them bcrypt looks at nothing, so two long passwords could be one. */
  private static final int BCRYPT_BYTES = 72;

  private static final ImmutableSet<String> KNOWN_PASSWORDS =
      ImmutableSet.of(
          "",
          "admin",
          "password",
          "passw0rd",
          "passwd",
          "root",
          "registry",
          "hawser",
          "sealos",
          "changeme",
          "secret",
          "harbor12345",
          "123456",
          "12345678",
          "admin123");

  private static final String NAME = "[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
  private static final String PATH = "(/[A-Za-z0-9_.@+-]+)+";

  private final Cluster cluster;
  private final RegistryMode mode;
  private final RegistryTransport transport;
  private final GeneratedSecrets generated;

  SettingsSource(
      Cluster cluster, RegistryMode mode, RegistryTransport transport, GeneratedSecrets generated) {
    this.cluster = cluster;
    this.mode = mode;
    this.transport = transport;
    this.generated = generated;
  }

  /** What is wrong with the settings of a host; looks at no secret store and generates nothing. */
  List<String> faults(Host host) {
    Map<String, String> env = cluster.env(host);
    List<String> faults = new ArrayList<>();
    if (!domain(env).matches(NAME + "(\\." + NAME + ")*")) {
      faults.add("registryDomain \"" + domain(env) + "\" is not a domain name");
    }
    if (!port(env).matches("[1-9][0-9]{0,4}") || Integer.parseInt(port(env)) > 65535) {
      faults.add("registryPort \"" + port(env) + "\" is not within 1 to 65535");
    }
    if (!chosenName(host).matches("[A-Za-z0-9_.@+-]+")) {
      faults.add("registryUsername is not of letters, digits and _ . @ + -");
    }
    for (String path : List.of(config(env), data(env))) {
      if (!path.matches(PATH) || path.matches(".*/\\.{1,2}(/.*)?")) {
        faults.add("\"" + path + "\" is not a plain absolute path for a registry");
      }
    }
    String password = password(host);
    if (password != null) {
      passwordFault(chosenName(host), password, faults);
    }
    return faults.stream().map(fault -> host.address() + ": " + fault).toList();
  }

  private void passwordFault(String username, String password, List<String> faults) {
    String simple = password.toLowerCase(Locale.ROOT);
    boolean known =
        KNOWN_PASSWORDS.contains(simple) || simple.equals(username.toLowerCase(Locale.ROOT));
    if (known && mode == RegistryMode.SAFE) {
      faults.add(
          PASSWORD
              + " is a password that everybody knows; choose another, or leave it out and one is"
              + " generated (mode SEALOS takes it)");
    } else if (password.getBytes(StandardCharsets.UTF_8).length > BCRYPT_BYTES) {
      faults.add(PASSWORD + " is longer than " + BCRYPT_BYTES + " bytes, all that bcrypt looks at");
    } else if (password.chars().anyMatch(Character::isISOControl)) {
      faults.add(PASSWORD + " holds a control character");
    }
  }

  /** Images name one registry, and a node has one set of credentials for all of its replicas. */
  List<String> differences(List<Host> replicas) {
    List<List<String>> names =
        replicas.stream()
            .map(
                host -> {
                  Map<String, String> env = cluster.env(host);
                  return List.of(domain(env), port(env), chosenName(host));
                })
            .distinct()
            .toList();
    boolean onePassword =
        replicas.stream().map(host -> "=" + password(host)).distinct().count() <= 1;
    List<String> faults = new ArrayList<>();
    if (mode == RegistryMode.SEALOS && transport == RegistryTransport.TLS) {
      faults.add(
          "in mode SEALOS the scripts of the rootfs write the registry's configuration, which knows"
              + " no TLS; use mode SAFE, or transport PLAIN_HTTP");
    }
    if (names.size() > 1) {
      faults.add("replicas must have one domain, port and user name, not " + names);
    }
    if (!onePassword) {
      faults.add("replicas must have one password");
    }
    return faults;
  }

  /** The settings of a host without faults. */
  RegistrySettings of(Host host) {
    Map<String, String> env = cluster.env(host);
    String chosen = password(host);
    Secret password = chosen == null ? generated.password() : Secret.of(chosen);
    boolean anyName = chosen == null && mode == RegistryMode.SAFE && ownName(host) == null;
    return new RegistrySettings(
        mode,
        domain(env),
        Integer.parseInt(port(env)),
        anyName ? generated.username(password) : chosenName(host),
        password,
        config(env),
        data(env),
        transport == RegistryTransport.TLS ? generated.caCertificate() : null);
  }

  /** The endpoint of a host without credentials; looks at no secret store and generates nothing. */
  Endpoint openEndpoint(Host host) {
    Map<String, String> env = cluster.env(host);
    int port = Integer.parseInt(port(env));
    String url = Endpoints.url(host, port, transport);
    return new Endpoint(host.address(), domain(env), port, url, null);
  }

  /** The password file that lets in the user of a host's settings, and nobody else. */
  Secret passwordFile(Host host) {
    return generated.htpasswd(of(host));
  }

  /** The password that was chosen for a host; null when one is to be generated. */
  private @Nullable String password(Host host) {
    if (mode == RegistryMode.SEALOS) {
      return cluster.env(host).getOrDefault(PASSWORD, "passw0rd");
    }
    // Only what the cluster or the host says is taken, or refused.
    return cluster.registryPassword(host).map(Secret::reveal).orElse(null);
  }

  /** In mode SAFE no script of the image has to log in to the registry. */
  ImageScripts scripts() {
    ImageScripts scripts = ImageScripts.of(cluster);
    return mode == RegistryMode.SAFE ? scripts.withoutRegistryPassword() : scripts;
  }

  private static String domain(Map<String, String> env) {
    return env.getOrDefault("registryDomain", "sealos.hub");
  }

  private static String port(Map<String, String> env) {
    return env.getOrDefault("registryPort", "5000");
  }

  /** The user's name as far as nothing is generated. */
  private String chosenName(Host host) {
    if (mode == RegistryMode.SEALOS) {
      return cluster.env(host).getOrDefault(USERNAME, "admin");
    }
    String own = ownName(host);
    return own == null ? GeneratedSecrets.USER : own;
  }

  /** As with the password: what an image brings is nobody's choice. */
  private @Nullable String ownName(Host host) {
    return cluster.chosenEnv(host, USERNAME).orElse(null);
  }

  private String config(Map<String, String> env) {
    return mode == RegistryMode.SEALOS
        ? env.getOrDefault("registryConfig", "/etc/registry")
        : "/etc/hawser/" + cluster.name();
  }

  private String data(Map<String, String> env) {
    return mode == RegistryMode.SEALOS
        ? env.getOrDefault("registryData", "/var/lib/registry")
        : HostPaths.of(cluster).registry();
  }

  /** As {@link GeneratedSecrets#mark}. */
  String mark(Secret text) {
    return generated.mark(text);
  }
}
