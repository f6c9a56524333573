/** Start here: to be named. Running commands on hosts and moving trees to them. */
@NullMarked
package io.hawser.ssh;

import org.jspecify.annotations.NullMarked;
