/**
 * Start here: {@link io.hawser.json.JsonText}, which reads what images say about themselves, and
 * reports.
 */
@NullMarked
package io.hawser.json;

import org.jspecify.annotations.NullMarked;
