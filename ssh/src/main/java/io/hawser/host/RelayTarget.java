package io.hawser.host;

import io.hawser.CancelledException;
import io.hawser.HawserException;
import io.hawser.host.HostChange.Outcome;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One host of a relay, from the comparison to its result. */
final class RelayTarget {
  private final AgentClient agent;
  private final String owner;
  private final TreeChange change;
  private final String token;
  private final Supplier<HostTransfer> comparing;
  private @Nullable HostTransfer transfer;
  private @Nullable ChangeResult result;
  private boolean canPass;
  private boolean holdsAll;
  private String leftOut = "";

  /**
   * A host.
   *
   * @param comparing looks what it has
   */
  RelayTarget(
      AgentClient agent,
      String owner,
      TreeChange change,
      String token,
      Supplier<HostTransfer> comparing) {
    this.agent = agent;
    this.owner = owner;
    this.change = change;
    this.token = token;
    this.comparing = comparing;
  }

  AgentClient agent() {
    return agent;
  }

  /** How other hosts reach it. */
  String address() {
    return agent.host().address();
  }

  String directory() {
    return change.path();
  }

  /** Under which name the tree is journalled. */
  String owner() {
    return owner;
  }

  /** What its staging is named by. */
  String token() {
    return token;
  }

  HostTransfer transfer() {
    HostTransfer known = transfer;
    if (known == null) {
      throw new IllegalStateException(address() + " was not compared");
    }
    return known;
  }

  /** Compares, and looks whether there is room. */
  void open() {
    attempt(
        () -> {
          HostTransfer opened = comparing.get();
          transfer = opened;
          Optional<ChangeResult> same = opened.whenSame();
          holdsAll = same.isPresent();
          canPass = opened.canRelay();
          if (!holdsAll) {
            opened.prepare();
          }
          return same;
        });
  }

  /** Makes the staging, and looks what of it is there already. */
  void makeReady() {
    attempt(() -> ready().map(fault -> transfer().result(Outcome.FAILED, fault)));
  }

  private Optional<String> ready() {
    transfer().takeUp();
    return transfer().sender().sendHolders();
  }

  /** Whether it still lacks something and can get it. */
  boolean isOpen() {
    return result == null;
  }

  /** Whether it takes part in relays, as one that gets or as one that has. */
  boolean canPass() {
    return canPass && (isOpen() || holdsAll);
  }

  /** Whether an entry of the tree still has to come here. */
  boolean lacks(int index) {
    TreeDelta delta = transfer().delta();
    return isOpen()
        && !delta.isSame(index)
        && delta.modeThere(index).isEmpty()
        && !delta.hasArrived(index);
  }

  /** Whether a file of the tree lies in its place. */
  boolean has(int index) {
    return holdsAll || transfer().delta().isSame(index);
  }

  /** From now on it neither gets from other hosts nor gives to them. */
  void leaveOut(String why) {
    canPass = false;
    leftOut = why;
  }

  /** Whether it takes part no more. */
  boolean isLeftOut() {
    return !leftOut.isEmpty();
  }

  /** It has failed. */
  void fail(String why) {
    canPass = false;
    HostTransfer begun = transfer;
    result =
        begun == null
            ? new ChangeResult(change.target(), change.summary(), Outcome.FAILED, why)
            : begun.result(Outcome.FAILED, why);
  }

  /** After a part that did not come to its end. */
  void takeUp() {
    if (isOpen()) {
      attempt(
          () -> {
            transfer().takeUp();
            return Optional.empty();
          });
    }
  }

  /** Gets from the controller what is still missing, and puts all into place. */
  void complete() {
    attempt(
        () -> {
          Optional<String> fault = isLeftOut() ? ready() : Optional.empty();
          if (fault.isEmpty()) {
            fault = transfer().sender().sendRest(transfer().partial());
          }
          return Optional.of(
              fault.isPresent()
                  ? transfer().result(Outcome.FAILED, fault.get())
                  : transfer().finish());
        });
    ChangeResult ended = result;
    if (ended != null && !leftOut.isEmpty()) {
      String message = ended.message() + "; not relayed to the end: " + leftOut;
      result = transfer().result(ended.outcome(), message);
    }
  }

  /** What came of it. */
  ChangeResult result() {
    ChangeResult ended = result;
    if (ended == null) {
      throw new IllegalStateException(address() + " has no result yet");
    }
    return ended;
  }

  private void attempt(Supplier<Optional<ChangeResult>> work) {
    try {
      work.get().ifPresent(ended -> result = ended);
    } catch (CancelledException e) {
      throw e;
    } catch (UncheckedIOException e) {
      fail(TreeTransfer.why(e));
    } catch (HawserException e) {
      fail(String.valueOf(e.getMessage()));
    }
  }

  /** For messages. */
  static List<String> addresses(List<RelayTarget> targets) {
    return targets.stream().map(RelayTarget::address).toList();
  }
}
