import org.example.HawserInstall

/**
 * Brings the hosts of a Clusterfile up, and fails the build with the table of hosts where that fails.
 *
 * clusterfile: its path in the workspace. mode: SAFE or SEALOS. hosts: a list of addresses; all if not given.
 * secrets: a directory of the controller for the registries' passwords.
 */
def call(Map options = [:]) {
  def file = options.clusterfile ?: 'Clusterfile'
  def install = new HawserInstall(readFile(file), file, options)
  def report = install.preflight()
  echo report.toTable()
  if (!report.succeeded()) {
    error "Hawser: ${report.failures().size()} findings keep the hosts from being brought up"
  }
  report = install.install()
  echo report.toTable()
  if (!report.succeeded()) {
    error "Hawser: ${report.failures().size()} hosts or steps failed"
  }
  return report.toJson()
}
