/** Start here: to be named. Planning, running and undoing a bootstrap. */
@NullMarked
package io.hawser.bootstrap;

import org.jspecify.annotations.NullMarked;
