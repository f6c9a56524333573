package io.hawser.bootstrap.checks;

import io.hawser.bootstrap.preflight.Finding;
import io.hawser.cluster.Architectures;
import io.hawser.registry.Registries;
import io.hawser.registry.RegistryContent;
import io.hawser.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether a registry could serve what the images hold: whatever is named is there, of its size, and
 * for the architectures of the hosts. Digests are computed only when that was asked for, since that
 * reads every byte; distribution does it anyway.
 */
record SourceCheck(Registries registries, boolean everyByte) implements Question {
  private static final int SHOWN = 3;

  @Override
  public Finding inspect(ReachedHost host) {
    RegistryContent content;
    List<String> problems;
    try {
      content = registries.content();
      problems = everyByte ? content.verify() : content.problems();
    } catch (RegistryException e) {
      return damaged(String.valueOf(e.getMessage()), e.problems());
    }
    if (!problems.isEmpty()) {
      return damaged("the images hold damaged artifacts: " + problems.get(0), problems);
    }
    if (content.isEmpty()) {
      return Finding.warning("the images hold no artifacts: the registries would serve nothing")
          .advice("spec.image", "use an image that has a directory registry");
    }
    List<String> missing = missing(host, content.architectures());
    return missing.isEmpty()
        ? Finding.ok(content + (everyByte ? ", every byte proven" : ""))
        : Finding.warning(String.join("; ", missing))
            .advice("spec.image", "put images for all platforms into it (skopeo copy --all)");
  }

  private static Finding damaged(String message, List<String> problems) {
    return Finding.failed(message)
        .details(problems)
        .advice("spec.image", "unpack or build the image anew, then run again");
  }

  private static List<String> missing(ReachedHost host, Map<String, Set<String>> images) {
    Map<String, Set<String>> hosts = new TreeMap<>();
    host.all()
        .forEach(
            (some, facts) ->
                hosts
                    .computeIfAbsent(Architectures.word(facts.get("arch")), key -> new TreeSet<>())
                    .add(some.address()));
    List<String> missing = new ArrayList<>();
    hosts.forEach(
        (word, addresses) -> {
          List<String> lacking =
              images.entrySet().stream()
                  .filter(image -> !image.getValue().contains(word))
                  .map(Map.Entry::getKey)
                  .toList();
          if (!lacking.isEmpty() && !word.isEmpty()) {
            missing.add(
                "nothing for "
                    + word
                    + " ("
                    + String.join(", ", addresses)
                    + ") in "
                    + String.join(", ", lacking.subList(0, Math.min(SHOWN, lacking.size())))
                    + (lacking.size() > SHOWN ? " and " + (lacking.size() - SHOWN) + " more" : ""));
          }
        });
    return missing;
  }
}
