import com.lesfurets.jenkins.unit.BasePipelineTest
import com.lesfurets.jenkins.unit.global.lib.SourceRetriever

import static com.lesfurets.jenkins.unit.global.lib.LibraryConfiguration.library

/** Runs the Jenkinsfile as jenkins-pipeline-unit does, with the library of the folder beside it. */
def play(String folder, ssh, Map files) {
  def test = new BasePipelineTest() {}
  test.baseScriptRoot = ''
  test.scriptRoots = [folder] as String[]
  test.baseClassLoader = this.class.classLoader
  test.setUp()
  test.helper.registerSharedLibrary(library()
      .name('hawser')
      .defaultVersion('1')
      .allowOverride(true)
      .implicit(false)
      .targetPath(folder)
      .retriever({ name, version, target -> [new File(folder).toURI().toURL()] } as SourceRetriever)
      .build())
  test.helper.registerAllowedMethod('readFile', [String], { files[it] })
  test.helper.registerAllowedMethod('error', [String], { throw new IllegalStateException(it) })
  def script = test.loadScript('Jenkinsfile')
  script.class.classLoader.loadClass('org.example.HawserInstall').metaClass.static.connect = { -> ssh.client() }
  test.runScript(script)
  test.assertJobStatusSuccess()
  return test.helper.callStack*.toString()
}
