use corpus::document::{Block, BlockKind, Line, Page, PageSource, Rect};

use super::blocks;

/// A line at a place, 12 points, as wide as its text.
fn line(text: &str, x: f32, y: f32, width: f32, size: f32) -> Line {
    let bbox = Rect { x0: x, y0: y, x1: x + width, y1: y + size };
    Line { text: text.to_owned(), bbox, size, ..Line::default() }
}

fn page(number: u32, lines: Vec<Line>) -> Page {
    Page { number, width: 595.0, height: 842.0, lines, source: PageSource::Layer }
}

#[track_caller]
fn check(pages: &[Page], wanted: &[(BlockKind, &str)]) {
    let found: Vec<Block> = blocks(pages);
    let kinds: Vec<(BlockKind, &str)> = found.iter().map(|block| (block.kind, block.text.as_str())).collect();
    assert_eq!(kinds, wanted);
}

#[test]
fn indented_chinese_paragraphs_run_over_the_page_and_its_note() {
    let first = page(
        1,
        vec![
            line("湖泊监测规划", 200.0, 100.0, 190.0, 22.0),
            line("一、总体要求", 114.0, 150.0, 72.0, 12.0),
            line("为了做好全国湖泊的监测工作并且统一方法特制定本规划各地", 114.0, 170.0, 386.0, 12.0),
            line("要认真执行。", 90.0, 190.0, 72.0, 12.0),
            line("到二〇三〇年底前建成覆盖全国主要湖泊的监测网络并且实现", 114.0, 210.0, 386.0, 12.0),
            line("1 指面积大的湖泊。", 90.0, 740.0, 90.0, 9.0),
            line("— 1 —", 280.0, 800.0, 30.0, 10.0),
        ],
    );
    let second = page(
        2,
        vec![
            line("数据共享和互认并且按年度公布监测的结果供社会各界查阅参", 90.0, 100.0, 410.0, 12.0),
            line("考。", 90.0, 120.0, 24.0, 12.0),
            line("各省负责本行政区域内的监测工作并且按照要求按时报送数据", 114.0, 140.0, 386.0, 12.0),
            line("— 2 —", 280.0, 800.0, 30.0, 10.0),
        ],
    );
    check(
        &[first, second],
        &[
            (BlockKind::Heading, "湖泊监测规划"),
            (BlockKind::Heading, "一、总体要求"),
            (BlockKind::Paragraph, "为了做好全国湖泊的监测工作并且统一方法特制定本规划各地要认真执行。"),
            (
                BlockKind::Paragraph,
                "到二〇三〇年底前建成覆盖全国主要湖泊的监测网络并且实现数据共享和互认并且按年度公布监测的结果供社会各界查阅参考。",
            ),
            (BlockKind::Footnote, "1 指面积大的湖泊。"),
            (BlockKind::Footer, "— 1 —"),
            (BlockKind::Paragraph, "各省负责本行政区域内的监测工作并且按照要求按时报送数据"),
            (BlockKind::Footer, "— 2 —"),
        ],
    );
}

#[test]
fn english_paragraphs_part_at_gaps_and_mend_hyphens() {
    let lines = vec![
        line(
            "The provinces shall take samples of the water in all large lakes and send the resul-",
            72.0,
            100.0,
            450.0,
            11.0,
        ),
        line("ting data to the centre every month.", 72.0, 115.0, 190.0, 11.0),
        line(
            "The centre shall publish what it has received, with the methods that were used by each",
            72.0,
            140.0,
            450.0,
            11.0,
        ),
        line("of the provinces.", 72.0, 155.0, 90.0, 11.0),
    ];
    check(
        &[page(1, lines)],
        &[
            (
                BlockKind::Paragraph,
                "The provinces shall take samples of the water in all large lakes and send the resulting data to the centre every month.",
            ),
            (
                BlockKind::Paragraph,
                "The centre shall publish what it has received, with the methods that were used by each of the provinces.",
            ),
        ],
    );
}

#[test]
fn cells_and_captions_stand_alone() {
    let lines = vec![
        line("表1　湖泊数量", 250.0, 100.0, 84.0, 12.0),
        line("地区\t数量", 90.0, 120.0, 300.0, 12.0),
        line("东部\t12", 90.0, 140.0, 300.0, 12.0),
    ];
    check(
        &[page(1, lines)],
        &[
            (BlockKind::Caption, "表1　湖泊数量"),
            (BlockKind::TableRow, "地区\t数量"),
            (BlockKind::TableRow, "东部\t12"),
        ],
    );
}
