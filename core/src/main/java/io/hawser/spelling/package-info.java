/** Start here: {@link io.hawser.spelling.NearestWord}. Inside this module only. */
@NullMarked
package io.hawser.spelling;

import org.jspecify.annotations.NullMarked;
