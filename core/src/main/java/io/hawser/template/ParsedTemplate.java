package io.hawser.template;

import java.util.List;
import java.util.Map;

/**
 * A template that was read, with those it defines.
 *
 * @param name in messages, and the name by which it may call itself
 * @param parts its output in order
 * @param defined templates by the name that an action of this text gave them
 */
record ParsedTemplate(String name, List<Part> parts, Map<String, List<Part>> defined) {}
