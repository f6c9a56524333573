import com.cloudbees.groovy.cps.Continuable
import com.cloudbees.groovy.cps.CpsTransformer
import com.cloudbees.groovy.cps.SerializableScript
import org.codehaus.groovy.control.CompilerConfiguration

import java.util.concurrent.locks.LockSupport

/** The steps that the library calls; each stops the program, as in Jenkins. */
abstract class Steps extends SerializableScript {
  def echo(text) { Continuable.suspend(new ArrayList(['echo', text.toString()])) }

  def error(text) { Continuable.suspend(new ArrayList(['error', text.toString()])) }

  def sleep(Map time) { Continuable.suspend(new ArrayList(['sleep', time.toString()])) }

  def readFile(file) { Continuable.suspend(new ArrayList(['readFile', file.toString()])) }
}

/** Runs a pipeline; at each step the whole program is written, read back and continued from the copy. */
def play(String library, String pipeline, ssh, Map files) {
  def settings = new CompilerConfiguration()
  settings.addCompilationCustomizers(new CpsTransformer())
  settings.scriptBaseClass = Steps.name
  def loader = new GroovyClassLoader(Steps.classLoader, settings)
  loader.addClasspath("$library/src")
  loader.addClasspath("$library/vars")
  loader.loadClass('org.example.HawserInstall').metaClass.static.connect = { -> ssh.client() }

  def program = new Continuable((Script) loader.parseClass(pipeline).newInstance())
  def log = []
  def asked = program.run(null)
  while (program.isResumable()) {
    program = copy(program, loader)
    def (step, text) = asked
    if (step == 'sleep') {
      // Shorter than it asks for.
      LockSupport.parkNanos(20_000_000L)
    } else {
      log << "$step $text".toString()
    }
    asked = step == 'error'
        ? program.runByThrow(new IllegalStateException(text))
        : program.run(step == 'readFile' ? files[text] : null)
  }
  return [log, asked]
}

def copy(program, loader) {
  def bytes = new ByteArrayOutputStream()
  new ObjectOutputStream(bytes).withStream { it.writeObject(program) }
  return new ByteArrayInputStream(bytes.toByteArray()).newObjectInputStream(loader).readObject()
}
