package io.hawser.lab.hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Nodes that pull an image by containerd all the time, each in a namespace of its own there, until
 * they are told to end. Between two pulls each leaves the processors to the others for a moment.
 */
public final class PullsOnNodes implements AutoCloseable {
  private static final String FLAG = "/run/looping";
  private static final String COUNT = "/run/loop-pulls";

  private final Lab lab;
  private final List<Integer> nodes;
  private final List<CompletableFuture<Ran>> loops = new ArrayList<>();

  private PullsOnNodes(Lab lab, List<Integer> nodes) {
    this.lab = lab;
    this.nodes = nodes;
  }

  /** Starts to pull {@code sealos.hub:5000/<image>}. */
  public static PullsOnNodes start(Lab lab, String image, Integer... nodes) {
    return start(lab, "", image, nodes);
  }

  /** The same with options of {@code ctr images pull}. */
  public static PullsOnNodes start(Lab lab, String options, String image, Integer... nodes) {
    PullsOnNodes pulls = new PullsOnNodes(lab, List.of(nodes));
    for (int node : nodes) {
      lab.on(node, ": >" + FLAG + "; : >" + COUNT).ok();
      pulls.loops.add(CompletableFuture.supplyAsync(() -> lab.on(node, loop(options, image)).ok()));
    }
    return pulls;
  }

  private static String loop(String options, String image) {
    return "while [ -e "
        + FLAG
        + " ]; do ctr -n loop images rm --sync $(ctr -n loop images ls -q) >/dev/null 2>&1;"
        + " s=$(date +%s%N); ctr -n loop images pull "
        + options
        + " --hosts-dir /etc/containerd/certs.d sealos.hub:5000/"
        + image
        + " >/run/pulled 2>&1 && echo \"pulled $((($(date +%s%N) - s) / 1000000))\""
        + " || echo \"failed: $(tail -n 1 /run/pulled)\"; echo >>"
        + COUNT
        + "; sleep 0.2; done";
  }

  /** Waits until each node has ended so many more pulls. */
  public void awaitMore(int count) {
    for (int node : nodes) {
      lab.on(
              node,
              "end=$(($(wc -l <"
                  + COUNT
                  + ") + "
                  + count
                  + ")); for i in $(seq 1200); do [ $(wc -l <"
                  + COUNT
                  + ") -lt $end ] || exit 0; sleep 0.1; done; exit 1")
          .ok();
    }
  }

  /** Ends the loops and gives their lines: {@code pulled MILLISECONDS} or what went wrong. */
  public List<String> end() throws Exception {
    nodes.forEach(node -> lab.on(node, "rm -f " + FLAG).ok());
    List<String> lines = new ArrayList<>();
    for (CompletableFuture<Ran> loop : loops) {
      lines.addAll(loop.get(100, TimeUnit.SECONDS).lines());
    }
    return lines;
  }

  @Override
  public void close() {
    nodes.forEach(node -> lab.on(node, "rm -f " + FLAG + " " + COUNT).ok());
  }
}
