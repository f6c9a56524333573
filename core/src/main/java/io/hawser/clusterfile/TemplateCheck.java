package io.hawser.clusterfile;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Host;
import io.hawser.template.GoTemplates;
import io.hawser.template.TemplateEngine;
import io.hawser.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Renders every template of the trees for every host, to find unknown keys before a host does. */
final class TemplateCheck {
  private static final List<String> FOLDERS = List.of("etc", "scripts", "manifests");
  private static final long LARGEST = 16L * 1024 * 1024;

  private final Cluster cluster;
  private final TemplateEngine engine;
  private final Problems problems;

  private TemplateCheck(Cluster cluster, TemplateEngine engine, Problems problems) {
    this.cluster = cluster;
    this.engine = engine;
    this.problems = problems;
  }

  static void check(
      Cluster cluster, TemplateEngine engine, List<MountEntry> mounts, Problems problems) {
    TemplateCheck check = new TemplateCheck(cluster, engine, problems);
    mounts.stream().filter(mount -> Files.isDirectory(mount.tree())).forEach(check::mount);
  }

  private void mount(MountEntry mount) {
    // Most hosts have the same environment: each different one is rendered once.
    Map<Map<String, String>, Host> environments = new LinkedHashMap<>();
    List<Host> hosts = mount.isOnEveryHost() ? cluster.hosts() : List.of(cluster.firstMaster());
    hosts.forEach(host -> environments.putIfAbsent(cluster.env(host, mount.toMount()), host));
    for (String folder : FOLDERS) {
      for (Path file : templates(mount, mount.tree().resolve(folder))) {
        template(mount, file, environments);
      }
    }
  }

  private List<Path> templates(MountEntry mount, Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".tmpl") && Files.isRegularFile(file))
          .sorted()
          .toList();
    } catch (IOException e) {
      problems.add(mount.at(), mount.path(), "cannot list " + folder);
      return List.of();
    }
  }

  private void template(MountEntry mount, Path file, Map<Map<String, String>, Host> environments) {
    String name = mount.tree().relativize(file).toString();
    String text;
    try {
      if (Files.size(file) > LARGEST) {
        problems.add(mount.at(), mount.path(), "template " + name + " is too large");
        return;
      }
      text = Files.readString(file);
    } catch (IOException e) {
      problems.add(mount.at(), mount.path(), "template " + name + " is not readable UTF-8");
      return;
    }
    Set<String> reported = new LinkedHashSet<>();
    environments.forEach(
        (environment, host) -> {
          for (TemplateException e : problemsOf(text, name, environment)) {
            if (reported.add(e.line() + ": " + e.reason())) {
              String on = environments.size() > 1 ? " on " + host : "";
              problems.add(mount.at(), mount.path(), "template " + e.getMessage() + on);
            }
          }
        });
  }

  private List<TemplateException> problemsOf(
      String text, String name, Map<String, String> environment) {
    if (engine instanceof GoTemplates templates) {
      return templates.problems(text, name, environment);
    }
    try {
      engine.render(text, name, environment);
      return List.of();
    } catch (TemplateException e) {
      return List.of(e);
    }
  }
}
