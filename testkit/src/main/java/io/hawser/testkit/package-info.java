/** Start here: {@link io.hawser.testkit.EmbeddedSshServer}. Embedded hosts for tests. */
@NullMarked
package io.hawser.testkit;

import org.jspecify.annotations.NullMarked;
