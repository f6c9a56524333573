package io.hawser.examples.installer;

import io.hawser.Secret;
import java.io.IOException;

/** The person in front of the installer, if there is one, and what is piped into it. */
interface Terminal {
  /** Whether somebody can be asked. */
  boolean isInteractive();

  /** A line that somebody types; empty at the end of the input. */
  String line();

  /** What somebody types without being shown. */
  Secret hiddenLine();

  /** All that is piped in. */
  String input() throws IOException;
}
