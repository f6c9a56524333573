package io.hawser.examples.installer;

import io.hawser.cluster.Cluster;
import io.hawser.cluster.Role;
import io.hawser.clusterfile.ClusterfileException;
import io.hawser.clusterfile.Clusterfiles;
import io.hawser.report.Json;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "list",
    description = "Lists the clusters that run made, with their hosts; contacts no host.")
final class ListCommand implements Callable<Integer> {
  @Option(names = "--json", description = "as one JSON document on stdout")
  private boolean json;

  @Spec private CommandSpec spec = CommandSpec.create();

  ListCommand() {}

  @Override
  public Integer call() {
    HawserCommand root = (HawserCommand) spec.root().userObject();
    PrintWriter out = spec.commandLine().getOut();
    List<Map<String, Object>> clusters = new ArrayList<>();
    boolean readable = true;
    for (SavedCluster saved : SavedCluster.all(root.surroundings().home())) {
      try {
        clusters.add(map(saved, Clusterfiles.reader().checkTrees(false).read(saved.clusterfile())));
      } catch (ClusterfileException e) {
        spec.commandLine().getErr().println(e.getMessage());
        readable = false;
      }
    }
    if (json) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("formatVersion", 1);
      document.put("clusters", clusters);
      out.print(Json.write(document));
    } else {
      clusters.forEach(cluster -> out.print(text(cluster)));
    }
    out.flush();
    return readable ? HawserCommand.DONE : HawserCommand.FAILED;
  }

  private static Map<String, Object> map(SavedCluster saved, Cluster cluster) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", cluster.name());
    map.put("clusterfile", saved.clusterfile().toString());
    map.put("mode", saved.choices().mode().toString());
    for (Role role : Role.values()) {
      map.put(role.word(), Addresses.of(cluster.hosts(role)));
    }
    return map;
  }

  private static String text(Map<String, Object> cluster) {
    StringBuilder text = new StringBuilder();
    cluster.forEach(
        (key, value) ->
            text.append(key.equals("name") ? "" : "  " + key + ": ").append(value).append('\n'));
    return text.toString();
  }
}
