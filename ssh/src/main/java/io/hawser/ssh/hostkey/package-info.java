/** Start here: {@link io.hawser.ssh.hostkey.HostKeyCheck}. Which host keys are trusted. */
@NullMarked
package io.hawser.ssh.hostkey;

import org.jspecify.annotations.NullMarked;
