package io.hawser.clusterfile;

import com.google.common.collect.ImmutableList;
import io.hawser.cluster.Cluster;
import io.hawser.clusterfile.GivenImages.Given;
import io.hawser.template.GoTemplates;
import io.hawser.template.TemplateEngine;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a {@link ClusterfileReader} was told.
 *
 * @param callEnv gives a cluster the environment of the call
 */
record ReadOptions(
    List<Given> images,
    boolean strictTemplates,
    boolean checkTrees,
    boolean lenient,
    TemplateValues values,
    TemplateEngine templates,
    UnaryOperator<Cluster> callEnv) {
  ReadOptions {
    images = ImmutableList.copyOf(images);
  }

  static ReadOptions standard() {
    return new ReadOptions(
        List.of(),
        true,
        true,
        false,
        TemplateValues.none(),
        GoTemplates.standard().strict(true),
        UnaryOperator.identity());
  }

  ReadOptions images(List<Given> given) {
    return new ReadOptions(given, strictTemplates, checkTrees, lenient, values, templates, callEnv);
  }

  ReadOptions strictTemplates(boolean strict) {
    return new ReadOptions(images, strict, checkTrees, lenient, values, templates, callEnv);
  }

  ReadOptions checkTrees(boolean check) {
    return new ReadOptions(images, strictTemplates, check, lenient, values, templates, callEnv);
  }

  ReadOptions lenient(boolean wanted) {
    return new ReadOptions(images, strictTemplates, checkTrees, wanted, values, templates, callEnv);
  }

  ReadOptions values(TemplateValues changed) {
    return new ReadOptions(
        images, strictTemplates, checkTrees, lenient, changed, templates, callEnv);
  }

  ReadOptions templates(TemplateEngine engine) {
    return new ReadOptions(images, strictTemplates, checkTrees, lenient, values, engine, callEnv);
  }

  ReadOptions callEnv(UnaryOperator<Cluster> env) {
    return new ReadOptions(images, strictTemplates, checkTrees, lenient, values, templates, env);
  }
}
