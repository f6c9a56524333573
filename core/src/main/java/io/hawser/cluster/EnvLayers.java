package io.hawser.cluster;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a host's environment, lowest first. The one place that knows their order: images
 * (rootfs and patches in mount order, then the application whose scripts or templates ask), the
 * call, the cluster, the host, and what Hawser computes; with {@link EnvOrder#CALL_WINS} the call
 * stands after the host.
 */
final class EnvLayers {
  private static final String KUBE_VERSION = "SEALOS_SYS_KUBE_VERSION";
  private static final String RUN_MODE = "SEALOS_SYS_RUN_MODE";

  /**
   * One source.
   *
   * @param source how people know it
   * @param chosen whether somebody chose it for this cluster, rather than an image or Hawser
   * @param values all values of each name, in order
   * @param reserved the names that were set aside
   */
  private record Layer(
      String source,
      boolean chosen,
      ImmutableListMultimap<String, String> values,
      Set<String> reserved) {
    static Layer chosen(String source, GivenEnv given) {
      return new Layer(source, true, given.values(), given.reserved());
    }

    static Layer made(String source, Map<String, String> values) {
      ImmutableListMultimap<String, String> copy = ImmutableListMultimap.copyOf(values.entrySet());
      return new Layer(source, false, copy, Set.of());
    }
  }

  private final Host host;
  private final List<Layer> layers;

  private EnvLayers(Host host, List<Layer> layers) {
    this.host = host;
    this.layers = layers;
  }

  /** The sources of a host's environment, for scripts and templates of an image if one is given. */
  static EnvLayers of(
      List<ImageMount> images, ClusterEnv cluster, Host host, @Nullable ImageMount reader) {
    List<Layer> layers = new ArrayList<>();
    Stream<ImageMount> own =
        reader != null && reader.type() == ImageType.APPLICATION
            ? Stream.of(reader)
            : Stream.empty();
    Stream.concat(images.stream().filter(ImageMount::isOnEveryHost), own)
        .forEach(image -> layers.add(Layer.made("image " + image.name(), image.env())));
    Layer call = Layer.chosen("call", cluster.call());
    boolean callWins = cluster.order() == EnvOrder.CALL_WINS;
    if (!callWins) {
      layers.add(call);
    }
    layers.add(Layer.chosen("spec.env", cluster.own()));
    layers.add(Layer.chosen("spec.hosts[].env", host.givenEnv()));
    if (callWins) {
      layers.add(call);
    }
    layers.add(Layer.made("computed", computed(images, host)));
    return new EnvLayers(host, layers);
  }

  private static Map<String, String> computed(List<ImageMount> images, Host host) {
    Map<String, String> computed = new LinkedHashMap<>();
    images.stream()
        .filter(image -> image.type() == ImageType.ROOTFS)
        .limit(1)
        .flatMap(image -> Stream.ofNullable(image.labels().get("version")))
        .forEach(version -> computed.put(KUBE_VERSION, version));
    computed.put(RUN_MODE, host.roles().stream().map(Role::word).collect(Collectors.joining(",")));
    return computed;
  }

  /** Each name with the value that counts. */
  ImmutableMap<String, String> merged() {
    return merged(layers.stream());
  }

  /** What it would be if nobody had chosen anything. */
  ImmutableMap<String, String> unchosen() {
    return merged(layers.stream().filter(layer -> !layer.chosen()));
  }

  /** The value that somebody chose for this cluster. */
  Optional<String> chosen(CharSequence name) {
    ImmutableMap<String, String> chosen = merged(layers.stream().filter(Layer::chosen));
    return Optional.ofNullable(chosen.get(name.toString()));
  }

  private static ImmutableMap<String, String> merged(Stream<Layer> some) {
    Map<String, String> merged = new LinkedHashMap<>();
    some.forEach(layer -> layer.values().forEach(merged::put));
    return ImmutableMap.copyOf(merged);
  }

  EnvExplanation explained() {
    Map<String, List<EnvExplanation.Origin>> found = new LinkedHashMap<>();
    List<String> ignored = new ArrayList<>();
    for (Layer layer : layers) {
      layer
          .values()
          .forEach(
              (name, value) ->
                  found
                      .computeIfAbsent(name, any -> new ArrayList<>())
                      .add(0, new EnvExplanation.Origin(layer.source(), shown(name, value))));
      layer.reserved().stream()
          .map(
              name ->
                  layer.source()
                      + ": "
                      + name
                      + " is ignored: only images may set names"
                      + " that start with "
                      + GivenEnv.RESERVED)
          .forEach(ignored::add);
    }
    List<EnvExplanation.Value> values =
        found.entrySet().stream()
            .map(entry -> EnvExplanation.Value.of(entry.getKey(), entry.getValue()))
            .toList();
    return new EnvExplanation(host.address(), values, ignored);
  }

  private static String shown(String name, String value) {
    return SecretNames.hides(name, value) ? SecretNames.STARS : value;
  }
}
