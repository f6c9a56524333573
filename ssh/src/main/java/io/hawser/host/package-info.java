/**
 * Start here: {@link io.hawser.host.HostAccess}, the one way by which hosts are changed. A {@link
 * io.hawser.host.HostChange} says what shall be so.
 */
@NullMarked
package io.hawser.host;

import org.jspecify.annotations.NullMarked;
