package io.hawser.ssh.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.CancelledException;
import io.hawser.ssh.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CommandInterruptTest extends LocalCommands {
  @Test
  @DisplayName("F15 C7 an interrupt ends the session, and names what left it")
  void anInterruptEndsTheSessionAndNamesWhatLeftIt() throws Exception {
    Path pids = temp.resolve("pids");
    Command command =
        script(
            "setsid sleep 63 & echo $! >\"$1\"; sleep 64 & echo $! >>\"$1\"; sleep 65",
            pids.toString());
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> flag = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                run(command);
              } catch (CancelledException e) {
                thrown.set(e);
              }
              flag.set(Thread.currentThread().isInterrupted());
            });
    thread.start();
    while (!Files.exists(pids) || Files.readAllLines(pids).size() < 2) {
      Thread.sleep(10);
    }
    thread.interrupt();
    thread.join();

    List<String> ids = Files.readAllLines(pids);
    assertThat(flag.get()).isTrue();
    assertThat(thrown.get())
        .hasMessageStartingWith("10.0.0.1: interrupted, \"test " + pids + "\" was told to end; ")
        .hasMessageContaining("these processes have left its session and still run: ")
        .hasMessageContaining(ids.get(0) + " sleep");
    awaitGone(ids.get(1));
    ProcessHandle.of(Long.parseLong(ids.get(0))).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  @DisplayName("F15 an interrupt before the shell gave its first sign ends it all the same")
  void anInterruptBeforeTheFirstSignEndsItAllTheSame() throws Exception {
    Path shell =
        Files.writeString(temp.resolve("slow"), "#!/bin/sh\nsleep 1\nexec /bin/sh \"$@\"\n");
    assertThat(shell.toFile().setExecutable(true)).isTrue();
    channels.shell(shell.toString());
    Path ran = temp.resolve("ran");
    Thread thread =
        new Thread(
            () -> assertThatThrownBy(() -> run(script(": >\"$1\"; sleep 66", ran.toString()))));
    thread.start();
    while (channels.count() == 0) {
      Thread.sleep(5);
    }
    channels.shell("/bin/sh");
    thread.interrupt();
    thread.join();
    assertThat(channels.channel(0).awaitExit()).isTrue();
    assertThat(ran).doesNotExist();
  }

  @Test
  @DisplayName("F15 F16 an interrupt is not held up by a listener that blocks")
  void anInterruptIsNotHeldUpByAListener() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () ->
                assertThatThrownBy(
                    () ->
                        runner.run(
                            script("echo one"),
                            (line, error) -> {
                              blocked.countDown();
                              awaitQuietly(never);
                            })));
    thread.start();
    blocked.await();
    thread.interrupt();
    thread.join(10_000);
    assertThat(thread.isAlive()).isFalse();
  }
}
