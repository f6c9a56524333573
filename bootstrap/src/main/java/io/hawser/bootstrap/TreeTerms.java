package io.hawser.bootstrap;

import com.google.common.base.Suppliers;
import io.hawser.cluster.Cluster;
import io.hawser.filesystem.RootfsTrees;
import io.hawser.host.TreeOption;
import io.hawser.template.TemplateEngine;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How the images of a cluster become trees on hosts.
 *
 * @param templates renders for runs
 * @param lenient renders where only sizes matter, so that a missing key is another check's finding
 */
record TreeTerms(TemplateEngine templates, TemplateEngine lenient, Set<TreeOption> options) {
  /** The trees as they are each time. */
  Supplier<RootfsTrees> of(Cluster cluster) {
    return () -> RootfsTrees.of(cluster, templates, options);
  }

  /** The trees, read once. */
  Supplier<RootfsTrees> lenientOf(Cluster cluster) {
    return Suppliers.memoize(() -> RootfsTrees.of(cluster, lenient, options));
  }
}
