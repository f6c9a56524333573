package io.hawser.ssh.jsch;

import io.hawser.ssh.HostKeyPolicy;
import java.time.Duration;

/** What a client was told by its builder. */
record ClientOptions(
    HostKeyPolicy hostKeys, Duration connectTimeout, Duration authTimeout, int maxChannels) {}
