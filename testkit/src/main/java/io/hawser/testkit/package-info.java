/** Start here: {@link io.hawser.testkit.EmbeddedHosts}. Hosts and registries for tests. */
@NullMarked
package io.hawser.testkit;

import org.jspecify.annotations.NullMarked;
