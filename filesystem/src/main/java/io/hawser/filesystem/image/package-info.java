/**
 * Start here: {@link io.hawser.filesystem.image.UnpackedImages}, which unpacks archives of images,
 * and {@link io.hawser.filesystem.image.ImageTree}, an image as hosts get it.
 */
@NullMarked
package io.hawser.filesystem.image;

import org.jspecify.annotations.NullMarked;
