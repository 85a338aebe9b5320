import java.io.File;
import org.semanticweb.HermiT.Reasoner;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.OWLClass;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyManager;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;

/** Prints what keeps an RDF/XML file out of OWL 2 DL, then whether HermiT finds it consistent and every class satisfiable. */
public class OwlCheck {
    public static void main(String[] args) throws Exception {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        OWLOntology ontology = manager.loadOntologyFromOntologyDocument(new File(args[0]));
        System.out.println("axioms: " + ontology.getAxiomCount());
        System.out.println("classes: " + ontology.getClassesInSignature().size());
        for (OWLProfileViolation violation : new OWL2DLProfile().checkOntology(ontology).getViolations()) {
            System.out.println("violation: " + violation.toString().replace('\n', ' '));
        }
        Reasoner reasoner = new Reasoner(ontology);
        System.out.println("consistent: " + reasoner.isConsistent());
        if (reasoner.isConsistent()) {
            for (OWLClass unsatisfiable : reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()) {
                System.out.println("unsatisfiable: " + unsatisfiable.getIRI());
            }
        }
    }
}
