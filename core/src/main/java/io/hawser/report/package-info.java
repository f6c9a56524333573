/** Start here: to be named. What a run did, per host and step. */
@NullMarked
package io.hawser.report;

import org.jspecify.annotations.NullMarked;
