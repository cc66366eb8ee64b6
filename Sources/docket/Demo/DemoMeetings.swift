/// Eight meetings of Kestrel's board: the first two come from the secretary's Markdown.
enum DemoMeetings {
  struct Position { let pain, position, who, team, reason: String }
  struct Motion {
    let text, mover, seconder, outcome: String
    let `for`, against, abstain: Int
  }
  struct Action {
    let title, owner, due: String
    var isDone = true
  }
  struct Meeting {
    let date, title: String
    var markdown: String?
    var topics: [(title: String, notes: String)] = []
    var positions: [Position] = []
    var motions: [Motion] = []
    var actions: [Action] = []
    var earlyAccess: [EarlyAccess] = []
  }
  /// What a member says of something that the board got before the others.
  struct EarlyAccess { let decision, feature, who, team, feedback: String }

  static let seats = [
    ("ines", "Ines Marchetti", "payments"), ("tomas", "Tomas Wren", "search"),
    ("aiko", "Aiko Ferreira", "mobile"), ("dele", "Dele Haugen", "checkout"),
    ("petra", "Petra Novak", "data"), ("ravi", "Ravi Solberg", "identity"),
    ("noor", "Noor Castellan", "fulfilment"), ("bruno", "Bruno Achterberg", "web"),
    ("lin", "Lin Falk", "growth"),
  ]

  /// The nine of the board as a list of attendees, in JSON.
  static var present: String {
    let items = seats.map { handle, name, team in
      "{\"name\": \"\(name)\", \"handle\": \"\(handle)\", \"team\": \"\(team)\"}"
    }
    return "[" + items.joined(separator: ", ") + "]"
  }

  private static var presentLines: String {
    seats.map { "- \($0.1) @\($0.0)" }.joined(separator: "\n")
  }

  static var all: [Meeting] {
    [
      Meeting(
        date: "2026-02-05", title: "Developer platform advisory board 2026-02-05",
        markdown: """
          # Developer platform advisory board 2026-02-05

          ## Present

          \(presentLines)

          ## Agenda

          ### What the board is for

          - Nine teams, one seat each; monthly, fifty minutes.
          - The board says what is worth doing and what isn't; the platform team decides and answers.

          ### First interviews

          - Mira tells of the first seven interviews: documentation comes up in four of them.
          """),
      Meeting(
        date: "2026-03-05", title: "Developer platform advisory board 2026-03-05",
        markdown: """
          # Developer platform advisory board 2026-03-05

          ## Present

          \(presentLines)

          ## Agenda

          ### Interviews so far

          - Twenty-one of thirty done. Questions that get lost come second after documentation.

          ### The service portal

          - Bruno passes on that his director wants a portal by summer, as a must-have. Nobody else has it among their first three.
          """),
      Meeting(
        date: "2026-04-02", title: "Board meeting of April",
        topics: [
          (
            "Thirty interviews",
            "Mira showed what thirty interviews say, pain by pain.\nDocumentation and support come first and second by any count."
          ),
          (
            "The service portal",
            "Asked one by one, eight of nine would rather have their questions answered."
          ),
        ],
        positions: [
          Position(
            pain: "docs", position: "valuable", who: "ines", team: "payments",
            reason: "New people lose a week."),
          Position(
            pain: "docs", position: "valuable", who: "petra", team: "data",
            reason: "Jobs aren't documented at all."),
          Position(
            pain: "support", position: "valuable", who: "aiko", team: "mobile",
            reason: "We plan around not getting answers."),
          Position(
            pain: "portal", position: "not-valuable", who: "tomas", team: "search",
            reason: "I know my services; I don't know how to deploy them."),
          Position(
            pain: "portal", position: "not-valuable", who: "noor", team: "fulfilment",
            reason: "It would show what is broken, not mend it."),
          Position(
            pain: "portal", position: "valuable", who: "bruno", team: "web",
            reason: "My director asks for it every month."),
        ],
        motions: [
          Motion(
            text:
              "The platform team puts documentation and support before the portal this half-year.",
            mover: "tomas", seconder: "ines", outcome: "carried", for: 8, against: 1, abstain: 0)
        ],
        actions: [
          Action(
            title: "Tell the web team why the portal has to wait, with the numbers", owner: "mira",
            due: "2026-04-10"),
          Action(
            title: "Name two developers who try the new handbook early", owner: "ines",
            due: "2026-04-30"),
        ]),
      Meeting(
        date: "2026-05-07", title: "Board meeting of May",
        topics: [
          (
            "The handbook, first chapters",
            "Shown: a first deploy in nine steps, tried out by two teams before the meeting.\nStep six still assumes a service, not a job."
          )
        ],
        actions: [Action(title: "Add the chapter on jobs", owner: "jonas", due: "2026-05-21")],
        earlyAccess: [
          EarlyAccess(
            decision: "docs", feature: "The handbook's first three chapters", who: "petra",
            team: "data", feedback: "Good for services. My jobs aren't in it yet."),
          EarlyAccess(
            decision: "docs", feature: "The handbook's first three chapters", who: "dele",
            team: "checkout", feedback: "Two of us deployed from it without asking anybody."),
        ]),
      Meeting(
        date: "2026-06-04", title: "Board meeting of June",
        topics: [
          (
            "One channel and office hours",
            "The three channels are one since May. Office hours on Tuesdays and Thursdays are used."
          )
        ],
        actions: [
          Action(title: "Publish how long answers took in June", owner: "sade", due: "2026-07-02")
        ]),
      Meeting(
        date: "2026-07-02", title: "Board meeting of July",
        topics: [
          ("Answer times", "Median first answer: six hours. It was three days in January.")
        ],
        positions: [
          Position(
            pain: "ci", position: "valuable", who: "dele", team: "checkout",
            reason: "It is the next thing that costs us daily.")
        ]),
      Meeting(
        date: "2026-08-06", title: "Board meeting of August",
        topics: [
          (
            "Tests that fail at random",
            "Owners for 41 of 60 such tests are named; the rest will be deleted in September unless somebody speaks up."
          )
        ],
        actions: [
          Action(
            title: "Ask each team about the nineteen tests without an owner", owner: "jonas",
            due: "2026-09-30", isDone: false)
        ]),
      Meeting(
        date: "2026-09-03", title: "Board meeting of September",
        topics: [
          (
            "Before the retro",
            "Time to a first deploy was measured again with five new joiners; numbers go to the retro."
          )
        ]),
    ]
  }
}

enum DemoDecisions {
  struct Decision {
    let key, pain, title, context, options, scoring, date: String
    var chosen = ""
    var expected = "{}"
    var reviewOn = ""
    var meeting = 0
    var shippedOn: String?
    var rejected: String?
    var told = ""
  }

  static let all: [Decision] = [
    Decision(
      key: "docs", pain: "docs", title: "Write one handbook, and delete the other pages",
      context:
        "Thirteen of thirty interviews name documentation. Three sets of pages contradict each other.",
      options: """
        [{"id": "h4ndb", "title": "One handbook, tested in CI", "pros": ["one place", "commands can't go stale"], "cons": ["six weeks of two people"]}, {"id": "w1k10", "title": "Tidy up the wiki", "pros": ["cheap"], "cons": ["stale again by autumn"], "whyNot": "It was tidied up twice before."}]
        """,
      scoring: "{\"rice\": {\"reach\": 180, \"impact\": 2, \"confidence\": 80, \"effort\": 3}}",
      date: "2026-04-09", chosen: "h4ndb",
      expected:
        "{\"measure\": \"Time to a first deploy of new joiners\", \"unit\": \"hours\", \"baseline\": 12, \"target\": 3, \"by\": \"2026-09-01\"}",
      reviewOn: "2026-09-17", meeting: 2, shippedOn: "2026-06-18"),
    Decision(
      key: "support", pain: "support",
      title: "One channel, a person on duty, office hours twice a week",
      context: "Nine of thirty interviews tell of questions that got lost in three channels.",
      options: """
        [{"id": "0nech", "title": "One channel with a person on duty", "pros": ["every question is seen"], "cons": ["costs a day a week of somebody"]}, {"id": "t1ckt", "title": "Tickets for everything", "pros": ["numbers for free"], "cons": ["nobody writes a ticket for a question"], "whyNot": "Shadowing showed that tickets go unanswered too."}]
        """,
      scoring: "{\"rice\": {\"reach\": 150, \"impact\": 2, \"confidence\": 80, \"effort\": 2}}",
      date: "2026-04-16", chosen: "0nech",
      expected:
        "{\"measure\": \"Median time to a first answer\", \"unit\": \"hours\", \"baseline\": 72, \"target\": 4, \"by\": \"2026-07-01\"}",
      reviewOn: "2026-09-17", meeting: 2, shippedOn: "2026-05-04"),
    Decision(
      key: "portal", pain: "portal", title: "Build a service portal by summer",
      context: "Asked for as a must-have by one director, again and again.",
      options: """
        [{"id": "p0rt1", "title": "Build it", "pros": ["looks good in reviews"], "cons": ["four people for two quarters"]}, {"id": "n0t0w", "title": "Not now", "pros": ["documentation and support come first"], "cons": ["one team is disappointed"]}]
        """,
      scoring: "{\"rice\": {\"reach\": 12, \"impact\": 1, \"confidence\": 50, \"effort\": 24}}",
      date: "2026-04-23",
      rejected:
        "One interview of thirty supports it, and eight of nine on the board would rather have something else.",
      told: "Not this half-year: one interview of thirty names it. Tell us if that changes."),
  ]
}

enum DemoRetro {
  struct Feedback { let text, who, team, about: String }
  /// `readings` names the measure of both numbers.
  struct Outcome { let decision, measure, unit, before, after, readings, result, note: String }

  static let participants = """
    [{"name": "Mira Okonedo", "handle": "mira", "team": "platform", "group": "platform"}, {"name": "Jonas Brandt", "handle": "jonas", "team": "platform", "group": "platform"}, {"name": "Tomas Wren", "handle": "tomas", "team": "search", "group": "developer"}, {"name": "Petra Novak", "handle": "petra", "team": "data", "group": "developer"}, {"name": "Aiko Ferreira", "handle": "aiko", "team": "mobile", "group": "developer"}]
    """
  static let wentWell = """
    [{"text": "Two teams tried each chapter before it was published"}, {"text": "The person on duty is known by name"}]
    """
  static let didNotGoWell = """
    [{"text": "The chapter on jobs came five weeks after the rest"}]
    """
  static let ideas = """
    [{"text": "Let the error messages link to the handbook's page"}]
    """

  static let feedback = [
    Feedback(
      text: "My first deploy worked from the page alone.", who: "new joiner C", team: "search",
      about: "docs"),
    Feedback(
      text: "Jobs still feel like an afterthought.", who: "data engineer A", team: "data",
      about: "docs"),
    Feedback(
      text: "I get an answer before lunch.", who: "developer E", team: "mobile", about: "support"),
  ]

  static let outcomes = [
    Outcome(
      decision: "docs", measure: "Time to a first deploy of new joiners", unit: "hours",
      before: "12", after: "3.5", readings: "time-to-first-deployment", result: "partly",
      note: "Five new joiners each time; the two on data jobs took longest."),
    Outcome(
      decision: "support", measure: "Median time to a first answer", unit: "hours", before: "72",
      after: "6", readings: "time-to-first-answer", result: "partly",
      note: "Four on working days; what is asked on a Friday evening waits till Monday."),
  ]
}
