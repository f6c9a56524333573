package io.hawser.examples.distributor;

import io.hawser.CancelledException;
import io.hawser.cluster.Host;
import io.hawser.fanout.FanOut;
import io.hawser.host.TreeFile;
import io.hawser.registry.ArtifactDistributor;
import io.hawser.registry.Distribution;
import io.hawser.report.HostResult;
import io.hawser.report.Report;
import io.hawser.report.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings blobs to hosts by way of an object store: each leaves the controller once, and every host
 * fetches what it lacks. All the rest is left to Hawser, to which the fetched files are shown as a
 * seed: it verifies them, sends what is missing or wrong, keeps the order, and journals. So a store
 * that is down, or lies, costs time and nothing else.
 *
 * <p>An example of what {@code docs/extend-distributor.md} describes.
 */
public final class ObjectStoreDistributor implements ArtifactDistributor {
  private static final int HOSTS_AT_ONCE = 8;

  private final ObjectStore store;

  /** A distributor that uses a store which the controller and all hosts can reach. */
  public ObjectStoreDistributor(ObjectStore store) {
    this.store = store;
  }

  @Override
  public Report distribute(Distribution job) {
    Map<String, TreeFile> blobs = blobs(job);
    List<StoreReplica> replicas =
        FanOut.map(job.targets(), HOSTS_AT_ONCE, host -> StoreReplica.open(job, host, blobs));
    List<String> stored = upload(job, replicas, blobs);
    return Report.of(
        FanOut.map(
            replicas,
            HOSTS_AT_ONCE,
            replica -> {
              HostResult row = replica.fill(store, stored);
              job.listener().onHost(row);
              return row;
            }));
  }

  /** The blobs by path: they have nearly all the bytes, and their paths say their digests. */
  private static Map<String, TreeFile> blobs(Distribution job) {
    Map<String, TreeFile> blobs = new TreeMap<>();
    for (TreeFile file : job.content().tree().files()) {
      if (file.type() == TreeFile.Type.FILE && file.path().endsWith("/data")) {
        blobs.put(file.path(), file);
      }
    }
    return blobs;
  }

  /** Puts into the store what any host lacks; gives the paths of what is there. */
  private List<String> upload(
      Distribution job, List<StoreReplica> replicas, Map<String, TreeFile> blobs) {
    List<String> stored = new ArrayList<>();
    try {
      for (Map.Entry<String, TreeFile> blob : blobs.entrySet()) {
        boolean isLacked = replicas.stream().anyMatch(it -> it.lacks(blob.getKey()));
        if (isLacked && !job.left().isNegative() && store.put(blob.getValue())) {
          stored.add(blob.getKey());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException("interrupted while blobs were put into " + store, e);
    } catch (IOException e) {
      // What is not in the store comes from the controller.
      return stored;
    }
    return stored;
  }

  /** What a host's row says when it was not filled. */
  static HostResult failed(Host host, String why) {
    String message = "the artifacts were not brought to the host: " + why;
    return HostResult.of(host.address(), Distribution.STEP, Status.FAILED, message)
        .advice(null, "run again: what the host has already is not brought twice");
  }
}
