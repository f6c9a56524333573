/** Start here: {@code SshClients}, which makes the client over JSch. */
@NullMarked
package io.hawser.ssh.jsch;

import org.jspecify.annotations.NullMarked;
