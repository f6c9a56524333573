/** Start here: {@link io.hawser.ssh.mock.MockSsh}. Hosts that exist only in a test. */
@NullMarked
package io.hawser.ssh.mock;

import org.jspecify.annotations.NullMarked;
