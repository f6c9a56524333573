import com.lesfurets.jenkins.unit.BasePipelineTest

/** Runs the declarative Jenkinsfile of a folder; each of its words runs what is in its braces. */
def play(String folder) {
  def test = new BasePipelineTest() {}
  test.baseScriptRoot = ''
  test.scriptRoots = [folder] as String[]
  test.baseClassLoader = this.class.classLoader
  test.setUp()
  ['pipeline', 'agent', 'stages', 'steps'].each { test.helper.registerAllowedMethod(it, [Closure]) { body -> body() } }
  test.helper.registerAllowedMethod('label', [String], null)
  test.helper.registerAllowedMethod('sshUserPrivateKey', [Map], { it })
  test.helper.registerAllowedMethod('withCredentials', [List, Closure], { list, body -> body() })
  test.runScript('Jenkinsfile')
  test.assertJobStatusSuccess()
  return test.helper.callStack*.toString()
}
