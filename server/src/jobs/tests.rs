use std::sync::Arc;
use std::time::Instant;

use corpus::document::{DocumentHash, Language, ReadDocument, TextState};
use corpus::facts::Facts;
use corpus::store::Store;

use super::*;
use crate::data::Data;

const NOW: &str = "2026-11-23T05:00:00Z";

fn jobs(folder: &Path, limits: UploadLimits) -> Arc<Jobs> {
    Arc::new(Jobs::open(folder, limits))
}

/// Begins an upload that is not known.
fn begin(jobs: &Arc<Jobs>, key: Option<&str>) -> Result<Receiving, Refused> {
    match jobs.receive(key.map(str::to_owned))? {
        Begun::New(receiving) => Ok(receiving),
        Begun::Known(job) => panic!("job {} is known", job.id),
    }
}

fn send(jobs: &Arc<Jobs>, files: &[(&str, &[u8])]) -> Result<Job, Refused> {
    let mut receiving = begin(jobs, None)?;
    for (name, bytes) in files {
        receiving.begin(name)?;
        receiving.write(bytes)?;
    }
    receiving.commit(false, NOW)
}

fn entries(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join("uploads")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn an_upload_is_on_the_disk_before_there_is_a_job() {
    let folder = tempfile::tempdir().unwrap();
    let jobs = jobs(folder.path(), UploadLimits::default());
    let mut receiving = begin(&jobs, None).unwrap();
    receiving.begin("../a\nb.txt").unwrap();
    receiving.write(b"one ").unwrap();
    receiving.write(b"two").unwrap();
    assert!(jobs.latest(10).is_empty());
    let job = receiving.commit(true, NOW).unwrap();
    assert_eq!((job.id, job.state, job.quiet), (1, JobState::Waiting, true));
    assert_eq!((job.files[0].name.as_str(), job.files[0].bytes), ("a b.txt", 7));
    assert_eq!(std::fs::read(folder.path().join("uploads/1/0")).unwrap(), b"one two");
    assert_eq!(entries(folder.path()), ["1", "lock"]);
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let jobs = jobs(folder.path(), UploadLimits::default());
    let mut receiving = begin(&jobs, Some("k")).unwrap();
    receiving.begin("a.txt").unwrap();
    receiving.write(b"some").unwrap();
    assert!(matches!(jobs.receive(Some("k".to_owned())), Err(Refused::SameKey)));
    drop(receiving);
    assert_eq!(entries(folder.path()), ["lock"]);
    assert!(begin(&jobs, Some("k")).is_ok());
    assert!(matches!(send(&jobs, &[]), Err(Refused::Empty)));
}

#[test]
fn the_same_key_gives_the_same_job_after_a_restart_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let id = {
        let jobs = jobs(folder.path(), UploadLimits::default());
        let mut receiving = begin(&jobs, Some("k")).unwrap();
        receiving.begin("a.txt").unwrap();
        receiving.commit(false, NOW).unwrap().id
    };
    let jobs = jobs(folder.path(), UploadLimits::default());
    match jobs.receive(Some("k".to_owned())).unwrap() {
        Begun::Known(job) => assert_eq!(job.id, id),
        Begun::New(_) => panic!("it is known"),
    }
    assert!(begin(&jobs, Some("other")).is_ok());
}

#[track_caller]
fn check_refused(limits: UploadLimits, files: &[(&str, &[u8])], why: &str) {
    let folder = tempfile::tempdir().unwrap();
    let jobs = jobs(folder.path(), limits);
    let refused = send(&jobs, files).unwrap_err().to_string();
    assert!(refused.contains(why), "{refused}");
    assert_eq!(entries(folder.path()), ["lock"]);
}

#[test]
fn more_than_is_taken_is_refused_with_what_to_do() {
    let limits = UploadLimits { file_bytes: 4, request_bytes: 6, files: 2, ..UploadLimits::default() };
    check_refused(limits.clone(), &[("long.txt", b"12345")], "long.txt is larger than 4 B; split it");
    check_refused(limits.clone(), &[("a", b"1234"), ("b", b"123")], "more than 6 B at a time");
    check_refused(limits, &[("a", b"1"), ("b", b"1"), ("c", b"1")], "more than 2 files at a time");
    let full = UploadLimits { waiting_bytes: 3, ..UploadLimits::default() };
    check_refused(full, &[("a", b"1234")], "4 B wait to be read already");
    let disk = UploadLimits { free_bytes: u64::MAX, ..UploadLimits::default() };
    check_refused(disk, &[("a", b"1")], "are free on the server's disk");
}

#[test]
fn only_so_many_come_in_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let jobs = jobs(folder.path(), UploadLimits { at_once: 1, ..UploadLimits::default() });
    let first = begin(&jobs, None).unwrap();
    assert!(matches!(jobs.receive(None), Err(Refused::Full(_))));
    drop(first);
    assert!(begin(&jobs, None).is_ok());
}

#[test]
fn another_server_on_the_same_folder_takes_no_uploads() {
    let folder = tempfile::tempdir().unwrap();
    let first = jobs(folder.path(), UploadLimits::default());
    let second = jobs(folder.path(), UploadLimits::default());
    assert!(first.takes_uploads() && !second.takes_uploads());
    assert!(matches!(second.receive(None), Err(Refused::Elsewhere)));
}

#[test]
fn what_waits_is_there_after_a_restart_and_what_ended_the_program_is_given_up() {
    let folder = tempfile::tempdir().unwrap();
    {
        let jobs = jobs(folder.path(), UploadLimits::default());
        let job = send(&jobs, &[("a.txt", b"a"), ("b.txt", b"b")]).unwrap();
        jobs.change(job.id, |job| {
            job.state = JobState::Running;
            job.files[0].state = FileState::Reading;
            job.files[0].tries = 3;
        });
        std::fs::create_dir(folder.path().join("uploads/.9")).unwrap();
    }
    let jobs = jobs(folder.path(), UploadLimits::default());
    assert_eq!(entries(folder.path()), ["1", "lock"]);
    let job = jobs.get(1).unwrap();
    assert_eq!(
        (job.state, job.files[0].state, job.files[1].state),
        (JobState::Waiting, FileState::Failed, FileState::Waiting)
    );
    assert!(job.files[0].reason.as_ref().unwrap().contains("three times"));
    assert_eq!(send(&jobs, &[("c.txt", b"c")]).unwrap().id, 2);
}

#[test]
fn a_job_that_waits_ends_at_once_when_it_is_cancelled() {
    let folder = tempfile::tempdir().unwrap();
    let jobs = jobs(folder.path(), UploadLimits::default());
    let mut news = jobs.news();
    let id = send(&jobs, &[("a.txt", b"a")]).unwrap().id;
    assert!(news.has_changed().unwrap());
    news.mark_unchanged();
    assert_eq!(jobs.cancel(id, NOW).unwrap().state, JobState::Cancelled);
    assert!(news.has_changed().unwrap());
    assert!(!folder.path().join("uploads/1/0").exists());
    assert!(jobs.cancel(99, NOW).is_none());
}

#[test]
fn old_jobs_are_forgotten() {
    let folder = tempfile::tempdir().unwrap();
    let jobs = jobs(folder.path(), UploadLimits { jobs_kept: 2, ..UploadLimits::default() });
    for _ in 0..4 {
        let id = send(&jobs, &[("a.txt", b"a")]).unwrap().id;
        jobs.cancel(id, NOW);
    }
    let waiting = send(&jobs, &[("a.txt", b"a")]).unwrap().id;
    let ids: Vec<i64> = jobs.latest(10).iter().map(|job| job.id).collect();
    assert_eq!(ids, [waiting, 4, 3]);
}

/// Has a runner come to the end of a job. No worker can be started here, so that only what is known is taken.
fn run(data: &Arc<Data>, jobs: &Arc<Jobs>, id: i64) -> Job {
    let _runner = Runner::start(data, jobs, || None);
    let begun = Instant::now();
    loop {
        let job = jobs.get(id).unwrap();
        if job.state.is_ended() {
            return job;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{job:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn known(bytes: &[u8]) -> ReadDocument {
    ReadDocument {
        hash: DocumentHash::of(bytes),
        name: "known.txt".to_owned(),
        source: "known.txt".to_owned(),
        language: Language::En,
        state: TextState::Text,
        page_count: 1,
        readings: Vec::new(),
        blocks: Vec::new(),
        sentences: Vec::new(),
        facts: Facts::default(),
        warnings: Vec::new(),
    }
}

#[test]
fn each_file_comes_to_its_own_end() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).unwrap().add_documents(&[known(b"known")], false, NOW).unwrap();
    let data = Arc::new(Data::open(folder.path()).unwrap());
    let jobs = jobs(folder.path(), UploadLimits::default());
    let id = send(&jobs, &[("known.txt", b"known"), ("empty.txt", b"")]).unwrap().id;
    let job = run(&data, &jobs, id);
    assert_eq!((job.state, job.files[0].state, job.files[0].document), (JobState::Done, FileState::Known, Some(1)));
    assert_eq!(job.files[1].state, FileState::Failed);
    assert!(job.files[1].reason.as_ref().unwrap().contains("the file is empty"), "{job:?}");
    assert!(job.finished.is_some() && job.step.is_none());
    assert_eq!(std::fs::read_dir(folder.path().join("uploads/1")).unwrap().count(), 1);

    // A job whose files all fail has failed.
    let id = send(&jobs, &[("empty.txt", b"")]).unwrap().id;
    assert_eq!(jobs.latest(1)[0].state, JobState::Waiting);
    drop(jobs);
    let jobs = Arc::new(Jobs::open(folder.path(), UploadLimits::default()));
    assert_eq!(run(&data, &jobs, id).state, JobState::Failed);
}

#[test]
fn a_job_waits_while_another_process_writes() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).unwrap().add_documents(&[known(b"known")], false, NOW).unwrap();
    let data = Arc::new(Data::open(folder.path()).unwrap());
    let jobs = jobs(folder.path(), UploadLimits::default());
    let other = crate::data::lock(folder.path()).unwrap();
    let id = send(&jobs, &[("known.txt", b"known")]).unwrap().id;
    let _runner = Runner::start(&data, &jobs, || None);
    let wait_for = |is: &dyn Fn(&Job) -> bool| {
        let begun = Instant::now();
        while !is(&jobs.get(id).unwrap()) {
            assert!(begun.elapsed() < Duration::from_secs(30));
            std::thread::sleep(Duration::from_millis(10));
        }
    };
    wait_for(&|job| job.step == Some(Step::WaitingForLock));
    assert_eq!(jobs.get(id).unwrap().done(), 0);
    drop(other);
    wait_for(&|job| job.state == JobState::Done);
}
