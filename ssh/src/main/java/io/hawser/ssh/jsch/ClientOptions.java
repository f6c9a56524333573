package io.hawser.ssh.jsch;

import io.hawser.ssh.HostKeyPolicy;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a client was told by its builder. */
record ClientOptions(
    HostKeyPolicy hostKeys,
    Duration connectTimeout,
    Duration authTimeout,
    int maxChannels,
    @Nullable Path agentSocket) {}
