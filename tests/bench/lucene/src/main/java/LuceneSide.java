import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.Weight;
import org.apache.lucene.search.join.BitSetProducer;
import org.apache.lucene.search.join.QueryBitSetProducer;
import org.apache.lucene.search.join.ScoreMode;
import org.apache.lucene.search.join.ToParentBlockJoinQuery;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.QueryBuilder;

/**
 * Lucene's side of the benchmark: builds an index, or answers queries until its input ends.
 *
 * <pre>
 * LuceneSide index cjk|smartcn laws|paragraphs as-built|merged DOCS FOLDER
 * LuceneSide ask   cjk|smartcn laws|paragraphs DOCS-FOLDER QUERIES
 * </pre>
 *
 * The protocol is that of `engine.rs`. Times are taken here, with this process's own clock, around the parsing of the
 * query, the search for the best ten and the reading of their ids.
 */
public final class LuceneSide {
  private static final String TEXT = "text";
  private static final String LAW = "law";
  private static final String ID = "id";
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int HITS = 10;
  private static final int PASSAGES = 3;

  public static void main(String[] arguments) throws Exception {
    Analyzer analyzer = arguments[1].equals("cjk") ? new CJKAnalyzer() : new SmartChineseAnalyzer();
    boolean paragraphs = arguments[2].equals("paragraphs");
    if (arguments[0].equals("index")) {
      index(analyzer, paragraphs, arguments[3].equals("merged"), Path.of(arguments[4]), Path.of(arguments[5]));
    } else {
      new LuceneSide(analyzer, paragraphs, Path.of(arguments[3])).serve(Path.of(arguments[4]));
    }
  }

  /** Indexes a file with a law a line: its paragraphs, apart by tabs, the title first. */
  private static void index(Analyzer analyzer, boolean paragraphs, boolean merge, Path docs, Path folder)
      throws IOException {
    IndexWriterConfig config = new IndexWriterConfig(analyzer);
    config.setSimilarity(new BM25Similarity());
    config.setRAMBufferSizeMB(256);
    try (BufferedReader lines = Files.newBufferedReader(docs, StandardCharsets.UTF_8);
        IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config)) {
      long id = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine(), id++) {
        if (paragraphs) {
          writer.addDocuments(block(id, line));
        } else {
          Document law = new Document();
          law.add(new TextField(TEXT, line.replace('\t', '\n'), Field.Store.NO));
          law.add(new NumericDocValuesField(ID, id));
          writer.addDocument(law);
        }
      }
      if (merge) {
        writer.forceMerge(1);
      }
    }
    var system = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    System.out.println(system.getProcessCpuTime());
  }

  /** The paragraphs of a law with the law itself behind them, as block joins want it. */
  private static List<Document> block(long id, String line) {
    List<Document> block = new ArrayList<>();
    for (String paragraph : line.split("\t")) {
      Document document = new Document();
      document.add(new TextField(TEXT, paragraph, Field.Store.NO));
      block.add(document);
    }
    Document law = new Document();
    law.add(new StringField(LAW, "", Field.Store.NO));
    law.add(new NumericDocValuesField(ID, id));
    block.add(law);
    return block;
  }

  private final Analyzer analyzer;
  private final boolean paragraphs;
  private final IndexSearcher searcher;
  private final BitSetProducer laws = new QueryBitSetProducer(new TermQuery(new Term(LAW, "")));
  private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
  /** Keeps the answers from being optimised away. */
  private long seen;

  private LuceneSide(Analyzer analyzer, boolean paragraphs, Path folder) throws IOException {
    this.analyzer = analyzer;
    this.paragraphs = paragraphs;
    this.searcher = new IndexSearcher(DirectoryReader.open(FSDirectory.open(folder)));
    this.searcher.setSimilarity(new BM25Similarity());
  }

  /** Answers `wall KIND`, `cpu KIND` and `count KIND` lines, each with one line of numbers, one for each query of the kind. */
  private void serve(Path file) throws Exception {
    Map<String, List<String>> queries = new HashMap<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      String[] parts = line.split("\t", 2);
      queries.computeIfAbsent(parts[0], kind -> new ArrayList<>()).add(parts[1]);
    }
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] order = line.split(" ");
      StringBuilder answer = new StringBuilder();
      for (String query : queries.get(order[1])) {
        long number = switch (order[0]) {
          case "wall" -> wall(order[1], query);
          case "cpu" -> cpu(order[1], query);
          default -> count(order[1], query);
        };
        answer.append(number).append(' ');
      }
      out.println(answer);
      out.flush();
    }
    System.err.println(seen);
  }

  private long wall(String kind, String query) throws IOException, ParseException {
    long begun = System.nanoTime();
    answer(kind, query);
    return System.nanoTime() - begun;
  }

  private long cpu(String kind, String query) throws IOException, ParseException {
    long begun = THREADS.getCurrentThreadCpuTime();
    answer(kind, query);
    return THREADS.getCurrentThreadCpuTime() - begun;
  }

  private int count(String kind, String query) throws IOException, ParseException {
    return searcher.count(joined(parts(kind, query)));
  }

  private void answer(String kind, String query) throws IOException, ParseException {
    List<Query> parts = parts(kind, query);
    ScoreDoc[] hits = searcher.search(joined(parts), HITS).scoreDocs;
    if (paragraphs) {
      Arrays.sort(hits, Comparator.comparingInt(hit -> hit.doc));
      passages(parts, hits);
    }
    for (ScoreDoc hit : hits) {
      seen += id(hit.doc);
    }
  }

  /** What must all be met: the parts of a conjunction, or the one phrase or question. */
  private List<Query> parts(String kind, String query) throws ParseException {
    QueryBuilder phrases = new QueryBuilder(analyzer);
    return switch (kind) {
      case "or" -> List.of(new QueryParser(TEXT, analyzer).parse(QueryParser.escape(query)));
      case "phrase" -> List.of(phrases.createPhraseQuery(TEXT, query));
      default -> Arrays.stream(query.split(" ")).map(part -> phrases.createPhraseQuery(TEXT, part)).toList();
    };
  }

  /** A query for laws: with paragraphs, one for laws that have, for each part, a paragraph in which it is met. */
  private Query joined(List<Query> parts) {
    List<Query> joined = parts;
    if (paragraphs) {
      joined = new ArrayList<>();
      for (Query part : parts) {
        joined.add(new ToParentBlockJoinQuery(part, laws, ScoreMode.Max));
      }
    }
    return joined.size() == 1 ? joined.get(0) : combined(joined, Occur.MUST);
  }

  private static Query combined(List<Query> parts, Occur occur) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    parts.forEach(part -> query.add(part, occur));
    return query.build();
  }

  /** Finds the best paragraphs of each law found, in one pass forward over the blocks of these laws only. */
  private void passages(List<Query> parts, ScoreDoc[] hits) throws IOException {
    Query query = parts.size() == 1 ? parts.get(0) : combined(parts, Occur.SHOULD);
    Weight weight = searcher.createWeight(
        searcher.rewrite(query), org.apache.lucene.search.ScoreMode.COMPLETE, 1);
    LeafReaderContext leaf = null;
    Scorer scorer = null;
    for (ScoreDoc hit : hits) {
      LeafReaderContext its = leafOf(hit.doc);
      if (its != leaf) {
        leaf = its;
        scorer = weight.scorer(leaf);
      }
      if (scorer != null) {
        best(scorer, laws.getBitSet(leaf).prevSetBit(Math.max(hit.doc - leaf.docBase - 1, 0)), hit.doc - leaf.docBase);
      }
    }
  }

  /** The best documents after one law and before the next, by a list kept in order. */
  private void best(Scorer scorer, int after, int before) throws IOException {
    float[] scores = new float[PASSAGES];
    int[] documents = new int[PASSAGES];
    DocIdSetIterator found = scorer.iterator();
    int document = found.docID() > after ? found.docID() : found.advance(after + 1);
    for (; document < before; document = found.nextDoc()) {
      float score = scorer.score();
      for (int place = 0; place < PASSAGES; place++) {
        if (score > scores[place]) {
          System.arraycopy(scores, place, scores, place + 1, PASSAGES - place - 1);
          System.arraycopy(documents, place, documents, place + 1, PASSAGES - place - 1);
          scores[place] = score;
          documents[place] = document;
          break;
        }
      }
    }
    seen += documents[0];
  }

  private LeafReaderContext leafOf(int document) {
    List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
    return leaves.get(ReaderUtil.subIndex(document, leaves));
  }

  private long id(int document) throws IOException {
    LeafReaderContext leaf = leafOf(document);
    NumericDocValues ids = leaf.reader().getNumericDocValues(ID);
    return ids.advanceExact(document - leaf.docBase) ? ids.longValue() : -1;
  }
}
