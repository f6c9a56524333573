/** Start here: to be named. Embedded hosts for tests. */
@NullMarked
package io.hawser.testkit;

import org.jspecify.annotations.NullMarked;
