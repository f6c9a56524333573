/** Start here: to be named. Hosts that exist only in a test. */
@NullMarked
package io.hawser.ssh.mock;

import org.jspecify.annotations.NullMarked;
