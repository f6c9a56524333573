/** Start here: {@link io.hawser.bootstrap.Bootstraps}, which makes what brings a cluster up. */
@NullMarked
package io.hawser.bootstrap;

import org.jspecify.annotations.NullMarked;
