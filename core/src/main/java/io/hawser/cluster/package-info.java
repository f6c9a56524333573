/** Start here: {@link io.hawser.cluster.Cluster}, what is to be brought up. */
@NullMarked
package io.hawser.cluster;

import org.jspecify.annotations.NullMarked;
