/** Start here: to be named. Putting trees on hosts and taking them off. */
@NullMarked
package io.hawser.filesystem;

import org.jspecify.annotations.NullMarked;
