package io.hawser.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Javac's doclint would also want every tag on every method; the rule here is about types. */
class ExportedTypesTest {
  @Test
  void everyExportedTypeSaysWhatItDoes() throws IOException {
    List<String> silent = new ArrayList<>();
    for (Map.Entry<String, Set<String>> module : Library.exports().entrySet()) {
      for (String exported : module.getValue()) {
        silent.addAll(typesWithoutJavadoc(folder(module.getKey(), exported)));
      }
    }
    assertThat(silent).as("exported types without Javadoc").isEmpty();
  }

  @Test
  void everyExportedPackageSaysWhereToStart() throws IOException {
    for (Map.Entry<String, Set<String>> module : Library.exports().entrySet()) {
      for (String exported : module.getValue()) {
        assertThat(folder(module.getKey(), exported).resolve("package-info.java"))
            .content()
            .contains("Start here:");
      }
    }
  }

  private static Path folder(String module, String exported) {
    return Path.of("..", module, "src", "main", "java", exported.replace('.', '/'));
  }

  private static List<String> typesWithoutJavadoc(Path folder) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    List<String> silent = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder);
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of(),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources));
      DocTrees docs = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new SilentTypes(docs, unit, silent).scan(unit, null);
      }
    }
    return silent;
  }

  /** Collects types that can be seen from outside and have no Javadoc. */
  private static final class SilentTypes extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final List<String> silent;

    SilentTypes(DocTrees docs, CompilationUnitTree unit, List<String> silent) {
      this.docs = docs;
      this.unit = unit;
      this.silent = silent;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (!isSeen(type)) {
        return null;
      }
      if (docs.getDocCommentTree(getCurrentPath()) == null) {
        silent.add(unit.getPackageName() + "." + type.getSimpleName());
      }
      return super.visitClass(type, null);
    }

    private boolean isSeen(ClassTree type) {
      Set<Modifier> flags = type.getModifiers().getFlags();
      TreePath parent = getCurrentPath().getParentPath();
      boolean member =
          parent.getLeaf() instanceof ClassTree owner
              && switch (owner.getKind()) {
                case INTERFACE, ANNOTATION_TYPE -> true;
                default -> false;
              };
      return member || flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
    }
  }
}
