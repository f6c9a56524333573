/** Start here: {@link io.hawser.ssh.jsch.SshClients}. The SSH transport on top of JSch. */
@NullMarked
package io.hawser.ssh.jsch;

import org.jspecify.annotations.NullMarked;
