/** The checks that Hawser has, and how all checks are made. Not for others. */
@NullMarked
package io.hawser.bootstrap.checks;

import org.jspecify.annotations.NullMarked;
