// Run by OmegaT when it has loaded a project: prints each entry of the project's glossaries, as OmegaT reads them.
import groovy.json.JsonOutput
import org.omegat.gui.glossary.GlossaryReaderTBX
import org.omegat.gui.glossary.GlossaryReaderTSV

if (eventType.toString() == 'LOAD') {
  new File(project.projectProperties.glossaryRoot).eachFile { file ->
    def entries = file.name.endsWith('.tbx') ? GlossaryReaderTBX.read(file, false) : GlossaryReaderTSV.read(file, false)
    entries.each { entry ->
      entry.getLocTerms(false).each { println 'ENTRY ' + JsonOutput.toJson([file.name, entry.srcText, it]) }
    }
  }
}
