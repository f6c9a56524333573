/** Start here: to be named. Images as input. */
@NullMarked
package io.hawser.filesystem.image;

import org.jspecify.annotations.NullMarked;
