/**
 * Start here: {@link io.hawser.ssh.runner.CommandRunner}. How a command is run on a host, whatever
 * library carries the bytes.
 */
@NullMarked
package io.hawser.ssh.runner;

import org.jspecify.annotations.NullMarked;
