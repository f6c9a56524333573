package io.hawser.template;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions of the template language by name: Go's own, sprig's and Helm's. */
final class Functions {
  /** Those that have to wait for their arguments, which the evaluator does itself. */
  static final String AND = "and";

  static final String OR = "or";

  private static final Functions STANDARD = standardOnes();

  private final Map<String, Function> byName;

  private Functions(Map<String, Function> byName) {
    this.byName = byName;
  }

  static Functions standard() {
    return STANDARD;
  }

  private static Functions standardOnes() {
    FunctionTable table = new FunctionTable();
    CoreFunctions.addTo(table);
    Comparisons.addTo(table);
    DefaultFunctions.addTo(table);
    TextFunctions.addTo(table);
    WordFunctions.addTo(table);
    MathFunctions.addTo(table);
    ListFunctions.addTo(table);
    DictFunctions.addTo(table);
    EncodingFunctions.addTo(table);
    TypeFunctions.addTo(table);
    RegexFunctions.addTo(table);
    PathFunctions.addTo(table);
    return new Functions(table.functions());
  }

  /** These and one more, which stands for itself where a name is taken. */
  Functions with(Function function) {
    Map<String, Function> all = new TreeMap<>(byName);
    all.put(function.name(), function);
    return new Functions(all);
  }

  @Nullable Function get(String name) {
    return byName.get(name);
  }

  Set<String> names() {
    return Collections.unmodifiableSet(byName.keySet());
  }

  /** Why a function that sealos has is left out; null for a name that it has not either. */
  static @Nullable String whyNot(String name) {
    return switch (name) {
      case "env", "expandenv" -> "a template sees no environment but its values";
      case "getHostByName" -> "a template has no network";
      case "now",
          "ago",
          "date",
          "dateInZone",
          "date_in_zone",
          "dateModify",
          "date_modify",
          "mustDateModify",
          "must_date_modify",
          "htmlDate",
          "htmlDateInZone",
          "toDate",
          "mustToDate",
          "unixEpoch",
          "duration",
          "durationRound" ->
          "a template has no clock: it gives the same for the same values";
      case "randAlphaNum",
          "randAlpha",
          "randAscii",
          "randNumeric",
          "randBytes",
          "randInt",
          "shuffle",
          "uuidv4",
          "bcrypt",
          "htpasswd",
          "genPrivateKey",
          "genCA",
          "genCAWithKey",
          "genSelfSignedCert",
          "genSelfSignedCertWithKey",
          "genSignedCert",
          "genSignedCertWithKey",
          "buildCustomCert",
          "encryptAES" ->
          "a template has no chance in it: it gives the same for the same values";
      case "derivePassword", "decryptAES", "toToml" -> "it is not supported";
      default -> null;
    };
  }
}
