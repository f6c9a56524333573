package io.hawser.bootstrap;

import io.hawser.host.PlannedChange;
import io.hawser.host.PlannedFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares a plan that was kept with what would be planned now. */
final class PlanComparison {
  private final Plan kept;
  private final Plan now;
  private final List<PlanDifference> differences = new ArrayList<>();

  /** A step on a host. */
  private record Place(String host, String step) {}

  private PlanComparison(Plan kept, Plan now) {
    this.kept = kept;
    this.now = now;
  }

  /** What differs; nothing when a run would do what the kept plan says, and nothing else. */
  static List<PlanDifference> of(Plan kept, Plan now) {
    PlanComparison comparison = new PlanComparison(kept, now);
    comparison.compareWhole();
    if (comparison.differences.isEmpty()) {
      comparison.compareProblems();
      comparison.compareChanges();
    }
    return comparison.differences;
  }

  private void compareWhole() {
    if (!kept.cluster().equals(now.cluster())) {
      whole("it is for another cluster than " + now.cluster());
    } else if (!kept.origin().equals(now.origin())) {
      whole(
          "it was made with other secrets of the cluster than there are now, or is no plan of"
              + " Hawser's");
    } else if (!kept.hosts().equals(now.hosts())) {
      whole("it is for the hosts " + kept.hosts() + ", but the cluster has now " + now.hosts());
    }
  }

  private void whole(String message) {
    differences.add(new PlanDifference("", "", "", message));
  }

  private void compareProblems() {
    for (Plan.Item item : kept.items()) {
      if (item.problem() != null) {
        String message = "the plan is not complete, since there was a problem: " + item.problem();
        differences.add(new PlanDifference(item.host(), item.step(), "", message));
      }
    }
    for (Plan.Item item : now.items()) {
      if (item.problem() != null) {
        String message = "this cannot be looked at any more: " + item.problem();
        differences.add(new PlanDifference(item.host(), item.step(), "", message));
      }
    }
  }

  private void compareChanges() {
    Set<String> unknown = new LinkedHashSet<>();
    differences.forEach(difference -> unknown.add(difference.host()));
    Map<Place, List<PlannedChange>> before = byPlace(kept);
    Map<Place, List<PlannedChange>> after = byPlace(now);
    Set<Place> places = new LinkedHashSet<>(before.keySet());
    places.addAll(after.keySet());
    for (Place place : places) {
      // Of a host that cannot be looked at every step would differ.
      if (!unknown.contains(place.host())) {
        compare(
            place,
            before.getOrDefault(place, List.of()),
            new ArrayList<>(after.getOrDefault(place, List.of())));
      }
    }
  }

  private static Map<Place, List<PlannedChange>> byPlace(Plan plan) {
    Map<Place, List<PlannedChange>> changes = new LinkedHashMap<>();
    for (Plan.Item item : plan.items()) {
      changes
          .computeIfAbsent(new Place(item.host(), item.step()), any -> new ArrayList<>())
          .addAll(item.changes().stream().filter(PlannedChange::isChange).toList());
    }
    return changes;
  }

  private void compare(Place place, List<PlannedChange> planned, List<PlannedChange> found) {
    if (planned.equals(found)) {
      return;
    }
    int known = differences.size();
    for (PlannedChange change : planned) {
      if (!found.remove(change)) {
        Optional<PlannedChange> other = like(change, found);
        other.ifPresent(found::remove);
        add(
            place,
            change,
            other
                .map(there -> words(change, there))
                .orElse("nothing of this is to be done any more"));
      }
    }
    found.forEach(
        change ->
            add(
                place,
                change,
                "was not planned, but would be done now: " + PlanText.words(change)));
    if (differences.size() == known) {
      differences.add(
          new PlanDifference(place.host(), place.step(), "", "is in another order than planned"));
    }
  }

  private static Optional<PlannedChange> like(PlannedChange change, List<PlannedChange> found) {
    return found.stream()
        .filter(
            other ->
                other.target().equals(change.target()) && other.takenBack() == change.takenBack())
        .findFirst();
  }

  private void add(Place place, PlannedChange change, String message) {
    differences.add(new PlanDifference(place.host(), place.step(), change.target(), message));
  }

  private static String words(PlannedChange planned, PlannedChange found) {
    if (planned.fingerprint().equals(found.fingerprint())) {
      return "the words of the plan were changed after it was made";
    }
    if (planned.files().size() == 1 && found.files().size() == 1) {
      PlannedFile before = planned.files().get(0);
      PlannedFile after = found.files().get(0);
      if (!before.before().equals(after.before())) {
        return "is not what it was: was "
            + orNothing(before.before())
            + ", is "
            + orNothing(after.before());
      }
      if (!before.after().equals(after.after())) {
        return "shall be something else now than planned: the Clusterfile, the images or the options"
            + " are others";
      }
    }
    if (planned.sentFiles() != found.sentFiles() || planned.sentBytes() != found.sentBytes()) {
      return String.format(
          "planned were %d files of %d bytes to send, now it would be %d of %d",
          planned.sentFiles(), planned.sentBytes(), found.sentFiles(), found.sentBytes());
    }
    return "is not what it was when the plan was made, or shall be something else now";
  }

  private static String orNothing(String state) {
    return state.isEmpty() ? "nothing" : state;
  }
}
