/**
 * Start here: {@link io.hawser.ssh.jsch.SshClients}, which makes an {@link
 * io.hawser.ssh.SshClient}.
 */
@NullMarked
package io.hawser.ssh;

import org.jspecify.annotations.NullMarked;
