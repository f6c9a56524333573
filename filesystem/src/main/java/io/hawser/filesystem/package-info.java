/** Start here: {@link io.hawser.filesystem.Filesystems}, which puts images on hosts. */
@NullMarked
package io.hawser.filesystem;

import org.jspecify.annotations.NullMarked;
