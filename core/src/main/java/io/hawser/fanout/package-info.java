/** Start here: to be named. Running work on many hosts at once. */
@NullMarked
package io.hawser.fanout;

import org.jspecify.annotations.NullMarked;
