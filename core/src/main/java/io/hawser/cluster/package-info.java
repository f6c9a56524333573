/** Start here: to be named. The hosts of a cluster and their roles. */
@NullMarked
package io.hawser.cluster;

import org.jspecify.annotations.NullMarked;
