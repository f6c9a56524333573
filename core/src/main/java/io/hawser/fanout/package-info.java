/** Start here: {@link io.hawser.fanout.FanOut}. For Hawser's own modules only. */
@NullMarked
package io.hawser.fanout;

import org.jspecify.annotations.NullMarked;
