/** Start here: to be named. Rendering Go templates. */
@NullMarked
package io.hawser.template;

import org.jspecify.annotations.NullMarked;
