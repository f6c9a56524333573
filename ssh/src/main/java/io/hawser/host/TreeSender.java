package io.hawser.host;

import com.google.common.collect.ObjectArrays;
import io.hawser.HawserException;
import io.hawser.fanout.FanOut;
import io.hawser.report.Transfer;
import io.hawser.ssh.Command;
import io.hawser.ssh.Input;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends what a host lacks of a tree into the staging there, part after part: while the host digests
 * one the next is on its way.
 */
final class TreeSender {
  private static final long SLOWEST_BYTES_PER_SECOND = 100_000;

  /** One sends, while the host digests what the other has sent. */
  private static final List<Integer> STREAMS = List.of(1, 2);

  private final AgentClient agent;
  private final String owner;
  private final String directory;
  private final String token;
  private final Uploads uploads;
  private final Uploads turn = Uploads.atMost(1);
  private final TransferMeter meter;
  private final TreeDelta delta;
  private final SentFiles sent;
  private final TreeSeed seed;
  private final AtomicInteger names = new AtomicInteger();
  private volatile Optional<String> fault = Optional.empty();

  TreeSender(
      AgentClient agent,
      String owner,
      TreeChange change,
      String token,
      Uploads uploads,
      TransferMeter meter,
      TreeDelta delta,
      TreeSeed seed) {
    this.agent = agent;
    this.owner = owner;
    this.directory = change.path();
    this.token = token;
    this.uploads = uploads;
    this.meter = meter;
    this.delta = delta;
    this.seed = seed;
    this.sent = new SentFiles(meter::bytes);
  }

  /**
   * Sends everything; says what was wrong, if something was.
   *
   * @param partial by path in the staging, how many bytes of a long file are there and right
   */
  Optional<String> send(Map<String, Long> partial) {
    if (seed.isGiven()) {
      return sendHolders().or(() -> sendRest(partial));
    }
    TreeBatches batches = new TreeBatches(delta);
    open(batches);
    FanOut.map(STREAMS, STREAMS.size(), stream -> drain(batches, partial));
    return fault;
  }

  /**
   * Makes the staging, with the directories and links, so that files can come on any way; those of
   * the seed come at once.
   */
  Optional<String> sendHolders() {
    open(TreeBatches.withoutFiles(delta));
    if (fault.isEmpty() && seed.isGiven()) {
      seed.take();
    }
    return fault;
  }

  /** Sends the files that have not arrived; the staging is there. */
  Optional<String> sendRest(Map<String, Long> partial) {
    TreeBatches batches = TreeBatches.ofFiles(delta, step -> true, TreeBatches.MOST_BYTES);
    FanOut.map(STREAMS, STREAMS.size(), stream -> drain(batches, partial));
    return fault;
  }

  // The first makes the journal's entry and the staging, also when there is nothing to be sent.
  private void open(TreeBatches batches) {
    archive(batches.first(), "receive", owner, directory, token);
    while (fault.isEmpty() && batches.hasHolders()) {
      archive(batches.next(), "more", directory, token);
    }
  }

  private boolean drain(TreeBatches batches, Map<String, Long> partial) {
    while (fault.isEmpty()) {
      List<TreeStep> batch = batches.next();
      if (batch.isEmpty()) {
        return true;
      }
      if (TreeBatches.isLarge(batch)) {
        large(batch.get(0), partial);
      } else {
        archive(batch, "more", directory, token);
      }
    }
    return false;
  }

  private void archive(List<TreeStep> batch, String verb, String... arguments) {
    String list = nextList();
    TreeArchive archive = new TreeArchive(TreeArchive.PREFIX + list, batch, sent);
    long bytes = batch.stream().mapToLong(TreeStep::size).sum();
    String[] fields = ObjectArrays.concat(arguments, list);
    int together = TreeArchive.digestedTogether(batch, bytes);
    if (together > 0) {
      fields = ObjectArrays.concat(fields, String.valueOf(together));
    }
    judge(batch, call(batch, bytes, archive, verb, fields));
  }

  /** The name of the next list of files. */
  String nextList() {
    return "names-" + names.incrementAndGet();
  }

  private void large(TreeStep step, Map<String, Long> partial) {
    long offset = partial.getOrDefault(step.staged(), 0L);
    meter.bytes(offset);
    LargeFile content = new LargeFile(step, sent, meter::bytes, offset);
    String[] arguments = {
      directory,
      token,
      step.staged(),
      Operations.mode(step.mode()),
      String.valueOf(offset),
      String.valueOf(step.size())
    };
    List<TreeStep> batch = List.of(step);
    judge(batch, call(batch, step.size() - offset, content, "append", arguments));
  }

  /** How long so many bytes may take. */
  static Duration limit(long bytes) {
    return Command.DEFAULT_TIMEOUT.plusSeconds(bytes / SLOWEST_BYTES_PER_SECOND);
  }

  /** The digests that the host computed, by path in the staging. */
  private Map<String, String> call(
      List<TreeStep> batch, long bytes, Input input, String verb, String... arguments) {
    Duration limit = limit(bytes);
    ArrivedDigests answer = new ArrivedDigests(agent, verb, batch);
    try {
      turn.inTurn(
          input,
          mine ->
              uploads.inTurn(
                  mine,
                  last -> {
                    long start = System.nanoTime(); // whose turn it is not has not begun
                    agent.call(answer, limit, last, verb, arguments);
                    meter.came(Transfer.CONTROLLER, bytes, start, System.nanoTime());
                  }));
    } catch (HawserException | UncheckedIOException e) {
      // A source that broke the stream is the cause; what the host says of it is not.
      if (sent.fault().isEmpty()) {
        fault = Optional.of(String.valueOf(e.getMessage()));
        throw e;
      }
    }
    return answer.byPath();
  }

  private void judge(List<TreeStep> batch, Map<String, String> onHost) {
    if (sent.fault().isPresent()) {
      fault = sent.fault();
      return;
    }
    List<TreeStep> wrong = take(batch, onHost);
    if (!wrong.isEmpty()) {
      fault = Optional.of(lie(batch, wrong));
    }
  }

  /** Marks as arrived what the host digested as it should be; gives the files that are not. */
  List<TreeStep> take(List<TreeStep> batch, Map<String, String> onHost) {
    List<TreeStep> wrong = new ArrayList<>();
    int files = 0;
    for (TreeStep step : batch) {
      if (!step.isFile()) {
        continue;
      }
      if (step.tree().digest(step.index()).equals(onHost.get(step.staged()))) {
        delta.arrived(step.index());
        files++;
      } else {
        wrong.add(step);
      }
    }
    meter.files(files);
    return wrong;
  }

  /** What is to be said of files that did not arrive as they were sent. */
  static String lie(List<TreeStep> batch, List<TreeStep> wrong) {
    String found =
        wrong.size()
            + " files did not arrive as they were sent, "
            + wrong.get(wrong.size() - 1).path()
            + " is one";
    return batch.stream().flatMap(SentFiles::lie).findFirst().orElse(found);
  }
}
