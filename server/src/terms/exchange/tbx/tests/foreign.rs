//! Files as other programs write them.

use corpus::document::Language;
use corpus::term::{Concept, PartOfSpeech, Status, Term};

use super::{concept, read, warnings};

fn fields(of: &[corpus::term::Field]) -> Vec<(&str, &str)> {
    of.iter().map(|field| (field.name.as_str(), field.value.as_str())).collect()
}

fn texts(concept: &Concept) -> Vec<(&str, &str, Status)> {
    let of_term = |term: &'_ Term| (term.language.code(), term.status);
    concept.terms.iter().map(|term| (of_term(term).0, term.text.as_str(), of_term(term).1)).collect()
}

fn martif(body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><!DOCTYPE martif SYSTEM \"TBXBasiccoreStructV02.dtd\"><martif type=\"TBX-Basic\" \
         xml:lang=\"en\"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>\
         <text><body>{body}</body></text></martif>"
    )
}

#[test]
fn an_entry_as_a_union_of_states_writes_it() {
    let file = martif(
        "<termEntry id=\"IT-84\">
           <descripGrp><descrip type=\"subjectField\">6616;7011</descrip></descripGrp>
           <langSet xml:lang=\"en\">
             <descripGrp><descrip type=\"definition\">energy of\n      the tides</descrip>
               <admin type=\"source\">Council, 2011</admin></descripGrp>
             <tig><term>tidal energy</term><termNote type=\"termType\">fullForm</termNote>
               <termNote type=\"administrativeStatus\">preferred</termNote>
               <descrip type=\"reliabilityCode\">3</descrip>
               <descripGrp><descrip type=\"context\">The tides turn.</descrip><admin type=\"source\">A, B &amp; C</admin></descripGrp>
             </tig>
             <tig><term>tide power</term><termNote type=\"administrativeStatus\">obsolete</termNote></tig>
           </langSet>
           <langSet xml:lang=\"zh\"><tig><term>潮汐能</term></tig></langSet>
           <langSet xml:lang=\"fr\"><tig><term>énergie marémotrice</term></tig><tig><term>marée</term></tig></langSet>
         </termEntry>",
    );
    let imported = read(&file);
    let entry = &imported.entries[0];
    let concept = &entry.concept;
    assert_eq!(concept.subject.as_deref(), Some("6616;7011"));
    assert_eq!(fields(&concept.other), [("id", "IT-84")]);
    let definition = concept.definition(Language::En).unwrap();
    assert_eq!(
        (definition.text.as_str(), definition.source.as_deref()),
        ("energy of the tides", Some("Council, 2011"))
    );
    let expected = [
        ("en", "tidal energy", Status::Preferred),
        ("en", "tide power", Status::Deprecated),
        ("zh", "潮汐能", Status::Candidate),
    ];
    assert_eq!(texts(concept), expected);
    assert_eq!(entry.without_status, [2]);
    let other = [
        ("termType", "fullForm"),
        ("reliabilityCode", "3"),
        ("context", "The tides turn."),
        ("context/source", "A, B & C"),
    ];
    assert_eq!(fields(&concept.terms[0].other), other);
    assert_eq!(warnings(&imported), ["2 terms in “fr” were left out: only Chinese and English are read"]);
}

#[test]
fn nested_terms_and_every_spelling_of_a_language_are_read() {
    let concept = concept(&martif(
        "<termEntry><langSet xml:lang=\"zh_TW\"><ntig id=\"a\"><termGrp><term>潮汐<hi type=\"bold\">能</hi>源</term>
           <termNoteGrp><termNote type=\"PartOfSpeech\">noun</termNote><note>sure</note></termNoteGrp>
           <termNote type=\"partOfSpeech\">verb</termNote></termGrp>
           <adminGrp><admin type=\"source\">a list</admin></adminGrp></ntig></langSet>
         <langSet xml:lang=\"en-US\"><tig><term>tidal power</term>
           <termNote type=\"partOfSpeech\">properNoun</termNote></tig></langSet></termEntry>",
    ));
    let [zh, en] = concept.terms.as_slice() else { panic!("{concept:?}") };
    assert_eq!((zh.text.as_str(), zh.region.as_deref()), ("潮汐能源", Some("TW")));
    assert_eq!((zh.part_of_speech, zh.source.as_deref()), (Some(PartOfSpeech::Noun), Some("a list")));
    assert_eq!(fields(&zh.other), [("partOfSpeech/note", "sure"), ("partOfSpeech", "verb")]);
    assert_eq!((en.region.as_deref(), en.part_of_speech), (Some("US"), Some(PartOfSpeech::Noun)));
    assert_eq!(fields(&en.other), [("partOfSpeech", "properNoun")]);
}

#[test]
fn a_glossary_of_translation_software_is_read() {
    let concept = concept(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<martif type=\"TBX\" xml:lang=\"en\"><text><body>
           <termEntry id=\"9\"><descrip>what the tides give</descrip><termNote>noun</termNote>
             <note from=\"translator\">first</note><note>second</note>
             <langSet xml:lang=\"en\"><tig><term>tidal energy</term>
               <termNote type=\"administrativeStatus\">forbidden</termNote></tig></langSet>
             <langSet xml:lang=\"zh_Hans\"><tig><term>潮汐能</term></tig></langSet>
           </termEntry></body></text></martif>",
    );
    assert_eq!(concept.definition(Language::En).unwrap().text, "what the tides give");
    assert_eq!(concept.note.as_deref(), Some("first\nsecond"));
    assert_eq!(fields(&concept.other), [("id", "9"), ("partOfSpeech", "noun")]);
    assert_eq!(concept.terms[0].status, Status::Deprecated);
}

#[test]
fn categories_may_be_elements() {
    let concept = concept(
        "<tbx type=\"TBX-Basic\" style=\"dct\" xml:lang=\"en\" xmlns=\"urn:iso:std:iso:30042:ed-2\"
              xmlns:min=\"http://www.tbxinfo.net/ns/min\" xmlns:basic=\"http://www.tbxinfo.net/ns/basic\"><text><body>
           <conceptEntry id=\"c5\"><min:subjectField>energy</min:subjectField>
             <transacGrp><basic:transactionType>modification</basic:transactionType><date>2026-03-01</date>
               <basic:responsibility target=\"p1\">Li</basic:responsibility></transacGrp>
             <min:externalCrossReference target=\"https://example.org/x\">a page</min:externalCrossReference>
             <langSec xml:lang=\"en\"><descripGrp><basic:definition>of tides</basic:definition>
                 <basic:source>book</basic:source></descripGrp>
               <termSec><term>tidal energy</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus>
                 <min:partOfSpeech>noun</min:partOfSpeech><basic:termType>variant</basic:termType></termSec></langSec>
           </conceptEntry></body></text></tbx>",
    );
    assert_eq!(concept.subject.as_deref(), Some("energy"));
    let other = [
        ("id", "c5"),
        ("transactionType", "modification"),
        ("transactionType/date", "2026-03-01"),
        ("transactionType/responsibility", "Li"),
        ("externalCrossReference", "a page"),
        ("externalCrossReference/target", "https://example.org/x"),
    ];
    assert_eq!(fields(&concept.other), other);
    assert_eq!(concept.definitions[0].source.as_deref(), Some("book"));
    let term = &concept.terms[0];
    assert_eq!((term.status, term.part_of_speech), (Status::Superseded, Some(PartOfSpeech::Noun)));
    assert_eq!(fields(&term.other), [("termType", "variant")]);
}

#[test]
fn definitions_may_stand_on_either_level_and_be_several() {
    let concept = concept(&martif(
        "<termEntry><descrip type=\"definition\">潮汐的能量</descrip><descrip type=\"definition\">energy of tides</descrip>
         <langSet xml:lang=\"zh\"><descrip type=\"definition\">海水涨落的能量</descrip><note>见附录</note>
         <tig><term>潮汐能</term></tig></langSet></termEntry>",
    ));
    assert_eq!(concept.definition(Language::Zh).unwrap().text, "海水涨落的能量");
    assert_eq!(concept.definition(Language::En).unwrap().text, "energy of tides");
    assert_eq!(fields(&concept.other), [("zh.note", "见附录"), ("zh.definition", "潮汐的能量")]);
}

#[test]
fn what_cannot_be_used_is_left_out_with_a_word() {
    let long = "长".repeat(501);
    let imported = read(&martif(&format!(
        "<termEntry id=\"a\"><langSet xml:lang=\"de\"><tig><term>Tide</term></tig></langSet></termEntry>\n
         <termEntry id=\"b\"><langSet xml:lang=\"zh\"><tig><term>{long}</term></tig><tig><term/></tig></langSet></termEntry>
         <termEntry id=\"c\"><langSet><tig><term>潮&tide;</term>
           <termNote type=\"administrativeStatus\">legalTerm-admn-sts</termNote></tig></langSet></termEntry>",
    )));
    assert_eq!(texts(&imported.entries[0].concept), [("zh", "潮&tide;", Status::Candidate)]);
    assert_eq!(imported.entries[0].line, 4);
    assert_eq!(fields(&imported.entries[0].concept.terms[0].other), [("administrativeStatus", "legalTerm-admn-sts")]);
    let said = warnings(&imported).join("\n");
    for part in ["501 characters", "1 terms in “de”", "2 entries", "legalTerm-admn-sts", "1 references to entities"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn what_is_no_tbx_is_said() {
    for (file, expected) in [
        ("<tmx/>", "read it as one"),
        ("<mtf><conceptGrp/></mtf>", "export it from MultiTerm as TBX"),
        ("<html/>", "begins with <html>"),
        ("tide,潮", "no XML element"),
        ("<martif><text></martif>", "line 1, column "),
    ] {
        let error = crate::terms::exchange::tbx::read(file.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(expected), "{file}: {error}");
    }
}

#[test]
fn the_encoding_that_a_file_declares_is_believed() {
    let gbk =
        b"<?xml version=\"1.0\" encoding=\"gb2312\"?><martif><text><body><termEntry><langSet xml:lang=\"zh\"><tig>\
        <term>\xb3\xb1\xcf\xab\xc4\xdc</term></tig></langSet></termEntry></body></text></martif>";
    let imported = crate::terms::exchange::tbx::read(gbk).unwrap();
    assert_eq!(imported.entries[0].concept.terms[0].text, "潮汐能");
}

#[test]
fn a_variant_goes_to_its_term_only_when_nothing_else_is_said_of_it() {
    let file = |more: &str| {
        martif(&format!(
            "<termEntry><langSet xml:lang=\"en\"><tig id=\"t1\"><term>colour</term></tig>
             <tig><term>color</term><termNote type=\"termType\">variant</termNote>
             <ref type=\"crossReference\" target=\"t1\">colour</ref>{more}</tig></langSet></termEntry>"
        ))
    };
    let plain = concept(&file(""));
    assert_eq!((plain.terms.len(), plain.terms[0].variants.as_slice()), (1, &["color".to_owned()][..]));
    let noted = concept(&file("<note>in the US</note>"));
    assert_eq!(noted.terms.len(), 2);
    assert_eq!(noted.terms[1].note.as_deref(), Some("in the US"));
}
