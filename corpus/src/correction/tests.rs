use super::*;

fn side(texts: &str) -> Aligned {
    Aligned::new(texts.split(' ').map(str::to_owned).enumerate().collect())
}

fn correction(id: i64, zh: &str, zh_at: usize, en: &str, en_at: usize) -> Correction {
    let texts = |texts: &str| texts.split_whitespace().map(str::to_owned).collect();
    let (zh, en) = (texts(zh), texts(en));
    Correction { id, zh, en, zh_at: Some(zh_at), en_at: Some(en_at), made: String::new(), bead: None }
}

fn bead(zh: &[usize], en: &[usize]) -> Bead {
    Bead { zh: zh.to_vec(), en: en.to_vec(), score: 0.7, made_by: MadeBy::Aligner }
}

#[track_caller]
fn check_found(mut corrections: Vec<Correction>, zh: &str, en: &str, expected: &[Option<(&[usize], &[usize])>]) {
    find_corrections(&mut corrections, &side(zh), &side(en));
    let found: Vec<_> =
        corrections.iter().map(|found| found.bead.as_ref().map(|bead| (&bead.zh[..], &bead.en[..]))).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_correction_is_found_wherever_its_sentences_stand_now() {
    check_found(vec![correction(1, "乙 丙", 1, "b", 1)], "序 甲 乙 丙 丁", "a b c", &[Some((&[2, 3], &[1]))]);
    check_found(vec![correction(1, "乙 丙", 1, "", 0)], "乙 丙", "a", &[Some((&[0, 1], &[]))]);
}

#[test]
fn a_correction_is_found_in_another_spelling_but_as_written_first() {
    check_found(vec![correction(1, "電雲。", 0, "B“b”", 0)], "电云。 電雲。", "b\"b\"", &[Some((&[1], &[0]))]);
    check_found(vec![correction(1, "電雲。", 0, "b", 0)], "电云。", "b", &[Some((&[0], &[0]))]);
}

#[test]
fn of_equal_sentences_the_nearest_is_meant_and_none_is_meant_twice() {
    check_found(vec![correction(1, "同", 4, "s", 0)], "同 甲 乙 同 丙", "s", &[Some((&[3], &[0]))]);
    let both = vec![correction(1, "同", 0, "s", 0), correction(2, "同", 0, "t", 0)];
    check_found(both, "同 甲 同", "s t", &[Some((&[2], &[0])), Some((&[0], &[1]))]);
}

#[test]
fn a_correction_of_which_a_sentence_is_gone_is_not_found() {
    check_found(vec![correction(1, "乙 丙", 1, "b", 1)], "乙 甲 丙", "a b", &[None]);
    check_found(vec![correction(1, "乙", 1, "b c", 1)], "乙", "b", &[None]);
    check_found(vec![correction(1, "乙", 1, "b", 1)], "", "", &[None]);
}

/// The beads after a correction as `zh:en`, a reader's with a star.
#[track_caller]
fn check_corrected(beads: &[Bead], given: &[Bead], expected: &str) {
    let list = |side: &[usize]| side.iter().map(usize::to_string).collect::<Vec<_>>().join(",");
    let written = corrected(beads, given).into_iter().map(|(bead, _)| {
        let star = if bead.made_by == MadeBy::Reader { "*" } else { "" };
        format!("{}:{}{star}", list(&bead.zh), list(&bead.en))
    });
    assert_eq!(written.collect::<Vec<_>>().join(" "), expected);
}

#[test]
fn what_a_corrected_bead_leaves_stays_together_where_it_can() {
    let beads = [bead(&[0], &[0]), bead(&[1, 2, 3], &[1, 2]), bead(&[], &[3]), bead(&[4], &[4])];
    check_corrected(&beads, &[bead(&[1], &[1])], "0:0 1:1* 2,3:2 :3 4:4");
    check_corrected(&beads, &[bead(&[2], &[1, 2])], "0:0 1: 2:1,2* :3 3: 4:4");
    check_corrected(&beads, &[bead(&[1, 2, 3], &[1, 2, 3])], "0:0 1,2,3:1,2,3* 4:4");
    check_corrected(&beads, &[bead(&[], &[0])], ":0* 0: 1,2,3:1,2 :3 4:4");
    check_corrected(&beads, &[bead(&[0], &[]), bead(&[], &[])], ":0 0:* 1,2,3:1,2 :3 4:4");
}

proptest::proptest! {
    #[test]
    fn every_sentence_stays_in_one_bead(
        cuts in proptest::collection::vec((0_usize..3, 0_usize..3), 1..12),
        zh_first in 0_usize..20, zh_count in 0_usize..5, en_first in 0_usize..20, en_count in 0_usize..5,
    ) {
        let (mut zh, mut en) = (0, 0);
        let beads: Vec<Bead> = cuts.iter().filter(|cut| **cut != (0, 0)).map(|(zh_count, en_count)| {
            let made = bead(&(zh..zh + zh_count).collect::<Vec<_>>(), &(en..en + en_count).collect::<Vec<_>>());
            (zh, en) = (zh + zh_count, en + en_count);
            made
        }).collect();
        let run = |first: usize, count: usize, all: usize| (first.min(all)..(first + count).min(all)).collect::<Vec<_>>();
        let given = bead(&run(zh_first, zh_count, zh), &run(en_first, en_count, en));
        let after = corrected(&beads, std::slice::from_ref(&given));
        let mut zh_after: Vec<usize> = after.iter().flat_map(|(bead, _)| bead.zh.clone()).collect();
        let mut en_after: Vec<usize> = after.iter().flat_map(|(bead, _)| bead.en.clone()).collect();
        en_after.sort_unstable();
        let sorted = zh_after.is_sorted();
        zh_after.sort_unstable();
        proptest::prop_assert!(sorted);
        proptest::prop_assert_eq!(zh_after, (0..zh).collect::<Vec<_>>());
        proptest::prop_assert_eq!(en_after, (0..en).collect::<Vec<_>>());
        let kept = after.iter().any(|(bead, _)| (&bead.zh, &bead.en) == (&given.zh, &given.en));
        proptest::prop_assert!(kept || given.is_one_sided() && given.zh.is_empty() && given.en.is_empty());
    }
}
