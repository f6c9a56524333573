package io.hawser.examples.installer;

import io.hawser.cluster.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The hosts of each role on the command line, called as by sealos. */
final class RoleLists {
  private static final String LIST = "LIST";

  @Option(
      names = {"-m", "--masters"},
      paramLabel = LIST,
      description = "masters: 10.0.0.1,10.0.0.3-10.0.0.5,10.0.0.9:2222,[fd00::1]:2222")
  private @Nullable String masters;

  @Option(
      names = {"-n", "--nodes"},
      paramLabel = LIST,
      description = "nodes")
  private @Nullable String nodes;

  @Option(
      names = {"-r", "--registries"},
      paramLabel = LIST,
      description = "hosts that hold the registry; they may be masters or nodes, too")
  private @Nullable String registries;

  RoleLists() {}

  /**
   * The hosts of each role that was named, in the order master, node, registry.
   *
   * @throws IllegalArgumentException with all that is wrong in the lists
   */
  Map<Role, List<HostList.Item>> read() {
    List<String> faults = new ArrayList<>();
    Map<Role, List<HostList.Item>> lists = new EnumMap<>(Role.class);
    put(lists, Role.MASTER, "--masters", masters, faults);
    put(lists, Role.NODE, "--nodes", nodes, faults);
    put(lists, Role.REGISTRY, "--registries", registries, faults);
    List<HostList.Item> both = new ArrayList<>(lists.getOrDefault(Role.MASTER, List.of()));
    both.retainAll(lists.getOrDefault(Role.NODE, List.of()));
    both.forEach(item -> faults.add(item + " is in both --masters and --nodes"));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", faults));
    }
    return lists;
  }

  private static void put(
      Map<Role, List<HostList.Item>> lists,
      Role role,
      String option,
      @Nullable String text,
      List<String> faults) {
    if (text != null) {
      lists.put(role, HostList.parse(option, text, faults));
    }
  }
}
