/** Start here: {@link io.hawser.HawserException}, the root of what Hawser throws. */
@NullMarked
package io.hawser;

import org.jspecify.annotations.NullMarked;
