package io.hawser.host;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The shells other than /bin/sh that this machine has, in every build: tests that together go
 * through all verbs. The whole of {@link HostAccessTest}, {@link HalfStateTest}, {@link
 * TreeTransferTest}, {@link TreeUndoTest}, {@link DamagedTreeUndoTest} and {@link UnitChangeTest}
 * runs in them with {@code -Dhawser.long=true} only.
 */
@ParameterizedClass
@MethodSource("io.hawser.host.LocalShell#otherShells")
class EveryShellTest {
  private final String shell;
  private final Path temp;

  EveryShellTest(String shell, @TempDir Path temp) {
    this.shell = shell;
    this.temp = temp;
  }

  private HostAccessTest host() throws IOException {
    return new HostAccessTest(shell, temp);
  }

  private TreeTransferTest trees() throws IOException {
    return new TreeTransferTest(shell, temp);
  }

  private UnitChangeTest units() throws IOException {
    return new UnitChangeTest(shell, temp);
  }

  @Test
  void everyKindOfChangeIsAppliedOnceAndUndoneExactly() throws IOException {
    host().everyKindOfChangeIsAppliedOnceAndUndoneExactly();
  }

  @Test
  void undoOfAHalfStateGivesBackTheOriginal() throws IOException {
    new HalfStateTest(shell, temp).f11UndoOfAnyHalfStateGivesBackTheOriginal();
  }

  @Test
  void aTornLastLineOfTheJournalIsIgnoredAndCutOff() throws IOException {
    new HalfStateTest(shell, temp).aTornLastLineOfTheJournalIsIgnoredAndCutOff();
  }

  @Test
  void aDamagedOrNewerJournalIsRefused() throws IOException {
    new HalfStateTest(shell, temp).aDamagedOrNewerJournalIsRefused();
  }

  @Test
  void whatSomebodyElseChangedIsKeptAndReported() throws IOException {
    host().whatSomebodyElseChangedIsKeptAndReported();
  }

  @Test
  void aCommandRunsOnceForAFingerprintAndItsUndoRunsOnReset() throws IOException {
    host().aCommandRunsOnceForAFingerprintAndItsUndoRunsOnReset();
  }

  @Test
  void listsWhatLiesBelowADirectory() throws IOException {
    host().listsWhatLiesBelowADirectory();
  }

  @Test
  void factsTellWhatIsThere() throws IOException {
    host().factsTellWhatIsThere();
  }

  @Test
  void namesArriveByteForByte() throws IOException {
    trees().d14NamesArriveByteForByte();
  }

  @Test
  void filesBecomeDirectoriesAndDirectoriesFilesAndBack() throws IOException {
    trees().d20FilesBecomeDirectoriesAndDirectoriesFilesAndBack();
  }

  @Test
  void aBrokenTransferIsTakenUpAndLeavesNoStaging() throws IOException {
    new TreeUndoTest(shell, temp).d13ABrokenTransferIsTakenUpAndLeavesNoStaging();
  }

  @Test
  void aStagingWithForeignFilesIsThrownAway() throws IOException {
    trees().aStagingWithForeignFilesIsThrownAway();
  }

  @Test
  void undoOfAHalfCommittedTreeGivesBackTheOriginal() throws IOException {
    new TreeUndoTest(shell, temp).undoOfAHalfCommittedTreeGivesBackTheOriginal();
  }

  @Test
  void damagedBlobsOfOursGoWithUndo() throws IOException {
    new DamagedTreeUndoTest(shell, temp).damagedBlobsOfOursGoWithUndo();
  }

  @Test
  void aBlobThatWasDamagedBeforeUsComesBack() throws IOException {
    new DamagedTreeUndoTest(shell, temp).whatWasDamagedBeforeUsComesBack();
  }

  @Test
  void modesDoNotDependOnTheUmask() throws IOException {
    trees().d18ModesDoNotDependOnTheUmask();
  }

  @Test
  void aForeignServiceOfThatNameComesBackAsItWas() throws IOException {
    units().aForeignServiceOfThatNameComesBackAsItWas();
  }

  @Test
  void aServiceThatDoesNotStartIsAFailureAndIsUndone() throws IOException {
    units().aServiceThatDoesNotStartIsAFailureAndIsUndone();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aSurveyIsAnswered() throws IOException {
    SurveyTest.allIsTold(new TestHost(temp, shell));
  }

  /** A verb that none of the above calls. */
  @Test
  void aProbeIsMade() throws IOException {
    ProbeTest.aFileIsProbed(new TestHost(temp, shell));
  }
}
