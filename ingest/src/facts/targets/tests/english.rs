//! English sentences, lists and steps.

use super::*;

#[test]
fn english_numbers_of_a_year_in_the_sentence() {
    let cases: &[(&str, &[&str])] = &[
        ("By 2033, 20 new bridges will be built.", &["2033 | 20 | 20 | - | new bridges"]),
        (
            "By the end of 2033, the city will build more than 50 libraries and train at least 300 librarians.",
            &["2033 | 50 | - | - | libraries", "2033 | 300 | - | - | librarians"],
        ),
        (
            "Complete six lake parks by 2032, and restore 40 kilometers of shore by 2034.",
            &["2032 | 6 | 6 | - | lake parks", "2034 | 40 | 40 | kilometers | shore"],
        ),
        ("By 2034, three to five bridges shall be opened to traffic.", &["2034 | 3 | 5 | - | bridges"]),
        (
            "By 2033, the share of lakes with good water shall reach 90 percent.",
            &["2033 | 90 | 90 | % | share of lakes with good water"],
        ),
        (
            "By 2033, the energy factor of library buildings will fall to 1.2 or lower.",
            &["2033 | - | 1.2 | - | energy factor of library buildings"],
        ),
        ("By 2035, the number of loans will double.", &["2035 | 2 | 2 | times | loans"]),
        (
            "By 2035, cut the maintenance cost of bridges by at least 30 percent compared with 2030.",
            &["2035 | 30 | - | % | maintenance cost of bridges"],
        ),
        (
            "By 2034, raise the lake area from 300 to 350 square kilometers.",
            &["2034 | 350 | 350 | square kilometers | lake area"],
        ),
        (
            "By 2033, investment in libraries will exceed 1.5 billion yuan.",
            &["2033 | 1500000000 | - | yuan | investment in libraries"],
        ),
        (
            "By 2033, libraries and bridges shall reach 10 and 20, respectively.",
            &["2033 | 10 | 10 | - | libraries", "2033 | 20 | 20 | - | bridges"],
        ),
        (
            "By 2032, more than 30 open and shared reading rooms shall have been built.",
            &["2032 | 30 | - | - | open and shared reading rooms"],
        ),
        (
            "By 2032, at least eight city bridges, county bridges, and village bridges shall be completed.",
            &["2032 | 8 | - | - | city bridges, county bridges, and village bridges"],
        ),
        (
            "By 2033, green power will account for at least 70 percent of consumption in new libraries.",
            &["2033 | 70 | - | % | green power"],
        ),
        (
            "By the end of the 16th Five-Year Plan, 500 kilometers of lake paths will be open.",
            &["2035 | 500 | 500 | kilometers | lake paths"],
        ),
        ("By 2033, the average inspection cycle of bridges shall be shortened to 10 days.", &[]),
        (
            "By 2033, the average inspection cycle of bridges shall not exceed 10 days.",
            &["2033 | - | 10 | days | average inspection cycle of bridges"],
        ),
        (
            "By 2033, at least 10 divers will be hired, of whom at least 2 shall serve as leaders.",
            &["2033 | 10 | - | - | divers", "2033 | 2 | - | - | divers"],
        ),
    ];
    check(false, cases);
}

#[test]
fn english_numbers_of_the_year_of_the_plan() {
    let cases: &[(&str, &[&str])] = &[
        ("Build 20 ecological bridges.", &["2035 | 20 | 20 | - | ecological bridges"]),
        ("The circulation rate shall be no lower than 80 percent.", &["2035 | 80 | - | % | circulation rate"]),
        ("Hold at least four reading festivals each year.", &["2035 | 4 | - | - | reading festivals"]),
        (
            "The city will make arrangements for special funds, with a total of 200 million yuan invested over five years.",
            &["2035 | 200000000 | 200000000 | yuan | special funds"],
        ),
        ("No more than 40 lake pilot projects will be selected.", &["2035 | - | 40 | - | lake pilot projects"]),
        ("Spending on libraries will grow by 8% annually.", &["2035 | 8 | 8 | % | Spending on libraries"]),
        ("In 2032, release five bridge standards.", &["2032 | 5 | 5 | - | bridge standards"]),
        ("Train 300 or more librarians.", &["2035 | 300 | - | - | librarians"]),
    ];
    check(false, cases);
}

#[test]
fn english_numbers_that_are_no_commitment() {
    check_none(
        false,
        &[
            "The city has 1,000 bookshops and more than 80 libraries.",
            "The bureau has published 45 standards on bridges.",
            "By the end of 2030, more than 1,200 bridges had been built.",
            "As of 2030, over 85 libraries were open.",
            "In 2029, more than 80 libraries reported their loans.",
            "Bookshops that qualify for the first time shall be rewarded with up to RMB 200,000.",
            "A subsidy of 30 percent of the investment, up to 5 million yuan, shall be granted.",
            "No applicant may lead more than one project or take part in more than two.",
            "Each county may recommend up to four projects.",
            "The results shall be made public for no less than five working days.",
            "The authority shall make a decision within 20 working days.",
            "The abstract shall have no more than 300 words.",
            "Large bridges are bridges whose length exceeds 1,000 meters.",
            "Large libraries means libraries with more than 1,000 seats.",
            "Focus on three key areas and carry out five major tasks.",
            "The plan covers four aspects of the work.",
            "Each unit shall report its progress by December 15 of each year.",
            "The council meets at least once every six months.",
            "Over the next five years the work goes on.",
            "Test bridges in accordance with GB/T 80001-2031 and Article 3.",
            "The region accounts for over 40 percent of the country's lakes.",
        ],
    );
}

#[test]
fn english_lists_and_sections() {
    check(
        false,
        &[(
            "By 2033:\n1. the number of bridges will reach 300;\n2. library coverage will exceed 90 percent.\nFunds must be found.\nBuild 10 reading rooms.",
            &[
                "2033 | 300 | 300 | - | bridges",
                "2033 | 90 | - | % | library coverage",
                "2035 | 10 | 10 | - | reading rooms",
            ],
        )],
    );
    check(
        false,
        &[(
            "Applicants shall meet the following conditions:\n(1) it has no fewer than 20 librarians;\n(2) it has at least two reading rooms.\nBuild 10 reading rooms.",
            &["2035 | 10 | 10 | - | reading rooms"],
        )],
    );
    let found = of_plan(
        false,
        "Table 1. Main indicators\nNo.\tIndicator\tUnit\t2032\t2035\n1\tBridges\tItems\t120\t150\n2\tLibrary coverage\t%\t≥75\tover 90",
    );
    assert_eq!(
        lines(&found),
        [
            "2032 | 120 | 120 | Items | Bridges",
            "2035 | 150 | 150 | Items | Bridges",
            "2032 | 75 | - | % | Library coverage",
            "2035 | 90 | - | % | Library coverage"
        ]
    );
}

#[test]
fn english_steps_bases_and_multiples() {
    check(
        false,
        &[
            (
                "The city will collect 45% of boat waste by 2033 and 60% by 2035.",
                &["2033 | 45 | 45 | % | boat waste", "2035 | 60 | 60 | % | boat waste"],
            ),
            (
                "By 2033, win at least 15% of the boat market, up from around 9% today.",
                &["2033 | 15 | - | % | boat market"],
            ),
            (
                "By 2033, the city will build 20 bridges and raise the share of electric boats from 8% to about 15%.",
                &["2033 | 20 | 20 | - | bridges", "2033 | 15 | 15 | % | share of electric boats"],
            ),
            (
                "The city will double the number of public libraries by 2033.",
                &["2033 | 2 | 2 | times | public libraries"],
            ),
            (
                "Over the ten years from 2031 to 2035 we will commit £2.5 billion to bridges and ferries.",
                &["2035 | 2500000000 | 2500000000 | pounds | bridges and ferries"],
            ),
            ("The council plans to set up 40 lake schools by 2033.", &["2033 | 40 | 40 | - | lake schools"]),
            ("By 2033 we aim to have 75% of ferries insured.", &["2033 | 75 | 75 | % | ferries"]),
            ("The city is targeting 13 lakeside docks by 2033.", &["2033 | 13 | 13 | - | lakeside docks"]),
        ],
    );
    check_none(
        false,
        &[
            "Boat yards with annual research of not less than 5% and at least 50 divers may apply.",
            "Under the Lakes and Rivers Act 2021, holders of more than 25% of the shares must notify the council.",
            "Having invested over £2 billion in lakes since 2024, the council aims at good water.",
            "By 2032 four lake centres had been set up in the region.",
        ],
    );
}
