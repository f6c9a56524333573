/**
 * Start here: {@link io.hawser.registry.Registries}. Where registries run, what they hold and how
 * nodes reach them.
 */
@NullMarked
package io.hawser.registry;

import org.jspecify.annotations.NullMarked;
