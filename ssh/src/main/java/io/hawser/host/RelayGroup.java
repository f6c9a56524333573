package io.hawser.host;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files of a tree that go the same way, because the same hosts lack them.
 *
 * @param source the host that has them; null when they come from the controller
 * @param chain the hosts that get them, in the order in which they pass them on
 * @param files which files
 */
record RelayGroup(@Nullable RelayTarget source, List<RelayTarget> chain, BitSet files) {
  /** A part is digested while it arrives, so only its end is waited for. */
  private static final long PART_BYTES = TreeBatches.MOST_BYTES;

  private record Way(int source, BitSet needy) {}

  /** What is to be relayed now; what only one host lacks, and no other has, is not. */
  static List<RelayGroup> of(TreeColumns tree, List<RelayTarget> targets) {
    Map<Way, BitSet> ways = new LinkedHashMap<>();
    for (int index = 0; index < tree.count(); index++) {
      if (tree.type(index) == TreeFile.Type.FILE) {
        Way way = way(index, targets);
        if (way.needy().cardinality() > (way.source() < 0 ? 1 : 0)) {
          ways.computeIfAbsent(way, key -> new BitSet()).set(index);
        }
      }
    }
    List<RelayGroup> groups = new ArrayList<>();
    ways.forEach(
        (way, files) ->
            groups.add(
                new RelayGroup(
                    way.source() < 0 ? null : targets.get(way.source()),
                    way.needy().stream().mapToObj(targets::get).toList(),
                    files)));
    return groups;
  }

  private static Way way(int index, List<RelayTarget> targets) {
    int source = -1;
    BitSet needy = new BitSet();
    for (int i = 0; i < targets.size(); i++) {
      RelayTarget target = targets.get(i);
      if (target.canPass()) {
        if (target.lacks(index)) {
          needy.set(i);
        } else if (source < 0 && target.has(index)) {
          source = i;
        }
      }
    }
    return new Way(source, needy);
  }

  /** Whether it is all that is to be done, and the same on all these hosts. */
  boolean isAllOf(List<RelayTarget> targets) {
    TreeDelta first = chain.get(0).transfer().delta();
    return source == null
        && chain.size() == targets.size()
        && targets.stream().allMatch(target -> target.transfer().delta().isLike(first));
  }

  /** The files in parts, as the first host of the chain shall get them. */
  TreeBatches parts() {
    TreeDelta delta = chain.get(0).transfer().delta();
    return TreeBatches.ofFiles(delta, step -> files.get(step.index()), PART_BYTES);
  }
}
