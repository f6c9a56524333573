/** Start here: {@link io.hawser.template.Templates}, which renders the templates of a rootfs. */
@NullMarked
package io.hawser.template;

import org.jspecify.annotations.NullMarked;
