import org.example.HawserInstall
import org.example.HawserRuns

/** As hawserInstall, for runs of any length: the pipeline looks in every `pause` seconds (10), and an abort ends the work. */
def call(Map options = [:]) {
  def file = options.clusterfile ?: 'Clusterfile'
  def install = new HawserInstall(readFile(file), file, options)
  def report = install.preflight()
  def phases = ['mount', 'init']
  for (int i = 0; i < phases.size() && report.succeeded(); i++) {
    echo report.toTable()
    def run = HawserRuns.start(install, phases[i])
    try {
      while (!HawserRuns.isDone(run)) {
        sleep(time: options.pause ?: 10, unit: 'SECONDS')
      }
      report = HawserRuns.report(run)
    } finally {
      HawserRuns.end(run)
    }
  }
  echo report.toTable()
  if (!report.succeeded()) {
    error "Hawser: ${report.failures().size()} hosts or steps failed"
  }
  return report.toJson()
}
