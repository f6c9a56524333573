package io.hawser.ssh.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.ssh.Input;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputFeedTest {
  private boolean closed;
  private boolean flushed;
  private int breaksAfter = Integer.MAX_VALUE;
  private final ByteArrayOutputStream written =
      new ByteArrayOutputStream() {
        @Override
        public void flush() {
          flushed = true;
        }

        @Override
        public void close() {
          closed = true;
        }
      };
  private final OutputStream stdin =
      new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          if (written.size() >= breaksAfter) {
            throw new IOException("broken");
          }
          written.write(b);
        }

        @Override
        public void flush() throws IOException {
          if (written.size() >= breaksAfter) {
            throw new IOException("broken");
          }
          written.flush();
        }

        @Override
        public void close() throws IOException {
          written.close();
        }
      };
  private final InputFeed feed = new InputFeed(stdin);

  @Test
  void prologueSourceAndEndAreWrittenAndTheSourceCannotCloseTheStream() {
    Input source =
        stream -> {
          stream.write("in".getBytes(UTF_8));
          stream.close();
          assertThat(closed).isFalse();
          stream.write('!');
        };
    assertThat(feed.writeAll("pro ".getBytes(UTF_8), Optional.of(source))).isTrue();
    assertThat(written.toString(UTF_8)).isEqualTo("pro in!");
    assertThat(closed).isTrue();
    assertThat(feed.sourceFailure()).isNull();
  }

  @Test
  void withoutASourceTheEndFollowsThePrologue() {
    assertThat(feed.writeAll("pro".getBytes(UTF_8), Optional.empty())).isTrue();
    assertThat(written.toString(UTF_8)).isEqualTo("pro");
    assertThat(flushed).isTrue();
    assertThat(closed).isTrue();
  }

  @Test
  void aBrokenLinkIsNoFailureOfTheSource() {
    breaksAfter = 5;
    Input source = stream -> stream.write("0123456789".getBytes(UTF_8));
    assertThat(feed.writeAll("pro".getBytes(UTF_8), Optional.of(source))).isFalse();
    assertThat(feed.sourceFailure()).isNull();
    assertThat(closed).isFalse();
  }

  @Test
  void aLinkThatBreaksInThePrologueEndsTheFeed() {
    breaksAfter = 0;
    assertThat(
            feed.writeAll(
                "pro".getBytes(UTF_8),
                Optional.of(
                    stream -> {
                      throw new AssertionError("not to be asked");
                    })))
        .isFalse();
    assertThat(feed.sourceFailure()).isNull();
  }

  @Test
  void aLinkThatBreaksWhileFlushingIsNoFailureOfTheSource() {
    Input source =
        stream -> {
          breaksAfter = 0;
          stream.flush();
        };
    assertThat(feed.writeAll("pro".getBytes(UTF_8), Optional.of(source))).isFalse();
    assertThat(feed.sourceFailure()).isNull();
  }

  @Test
  void aSourceThatFailsIsKnownAndTheCommandDoesNotTakeItForTheEnd() {
    IOException torn = new IOException("torn");
    Input source =
        stream -> {
          throw torn;
        };
    assertThat(feed.writeAll(new byte[0], Optional.of(source))).isFalse();
    assertThat(feed.sourceFailure()).isSameAs(torn);
    assertThat(closed).isFalse();
    Input broken =
        stream -> {
          throw new IllegalStateException("also");
        };
    InputFeed other = new InputFeed(stdin);
    assertThat(other.writeAll(new byte[0], Optional.of(broken))).isFalse();
    assertThat(other.sourceFailure()).hasMessage("also");
  }

  @Test
  void aSourceIsStoppedOnceTheCommandHasEnded() {
    Input source =
        stream -> {
          stream.write('a');
          feed.stop();
          stream.write('b');
        };
    assertThat(feed.writeAll(new byte[0], Optional.of(source))).isFalse();
    assertThat(written.toString(UTF_8)).isEqualTo("a");
    assertThat(feed.sourceFailure()).isNull();
  }
}
