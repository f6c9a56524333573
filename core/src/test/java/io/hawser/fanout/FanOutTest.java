package io.hawser.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hawser.CancelledException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FanOutTest {
  private static final List<Integer> ITEMS = IntStream.range(0, 200).boxed().toList();

  @Test
  void resultsKeepTheOrderOfTheItems() {
    assertThat(FanOut.map(ITEMS, 16, i -> i * 2))
        .isEqualTo(ITEMS.stream().map(i -> i * 2).toList());
    assertThat(FanOut.map(List.of(), 4, i -> i)).isEmpty();
  }

  @Test
  void noMoreItemsThanTheWidthAreWorkedOnAtOnce() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    FanOut.map(
        ITEMS,
        3,
        i -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          Thread.yield();
          return now.decrementAndGet();
        });
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void itemsAreReallyWorkedOnAtOnce() {
    CyclicBarrier all = new CyclicBarrier(4);
    assertThat(FanOut.map(List.of(1, 2, 3, 4), 4, i -> await(all))).hasSize(4);
  }

  private static boolean await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
      return true;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void threadsAreNamedDaemonsThatEndWithTheCall() throws InterruptedException {
    Queue<Thread> used = new ConcurrentLinkedQueue<>();
    FanOut.map(ITEMS, 4, i -> used.add(Thread.currentThread()));
    for (Thread thread : used) {
      assertThat(thread.getName()).startsWith("hawser-");
      assertThat(thread.isDaemon()).isTrue();
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  @Test
  void everyItemIsWorkedOnAlthoughSomeThrow() {
    AtomicInteger done = new AtomicInteger();
    assertThatThrownBy(
            () ->
                FanOut.map(
                    ITEMS,
                    4,
                    i -> {
                      done.incrementAndGet();
                      if (i % 100 == 7) {
                        throw new IllegalStateException("item " + i);
                      }
                      return i;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("item 7")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(done.get()).isEqualTo(ITEMS.size());
  }

  @Test
  void anErrorOfTheWorkIsThrownAsItIs() {
    assertThatThrownBy(
            () ->
                FanOut.map(
                    List.of(1),
                    1,
                    i -> {
                      throw new AssertionError("broken");
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessage("broken");
  }

  @Test
  void anInterruptCancelsTheWorkAndKeepsTheFlag() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(2);
    CountDownLatch stopped = new CountDownLatch(2);
    AtomicBoolean flag = new AtomicBoolean();
    Throwable[] thrown = new Throwable[1];
    Thread caller =
        new Thread(
            () -> {
              thrown[0] = catchThrowable(() -> FanOut.map(ITEMS, 2, i -> hang(started, stopped)));
              flag.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    started.await();
    caller.interrupt();
    caller.join(10_000);
    assertThat(thrown[0]).isInstanceOf(CancelledException.class);
    assertThat(flag).isTrue();
    assertThat(stopped.await(10, TimeUnit.SECONDS)).as("the workers were interrupted").isTrue();
  }

  private static boolean hang(CountDownLatch started, CountDownLatch stopped) {
    started.countDown();
    try {
      return new CountDownLatch(1).await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      stopped.countDown();
      throw new CancelledException("stopped", e);
    }
  }
}
