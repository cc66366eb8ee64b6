/// Who is who at Kestrel; all of them are invented.
enum DemoPeople {
  private static let people:
    [(handle: String, name: String, team: String, role: String, group: String)] = [
      ("mira", "Mira Okonedo", "platform", "product manager", "platform"),
      ("jonas", "Jonas Brandt", "platform", "platform engineer", "platform"),
      ("sade", "Sade Lindqvist", "platform", "platform engineer", "platform"),
      ("ines", "Ines Marchetti", "payments", "engineering lead, chair of the board", "developer"),
      ("tomas", "Tomas Wren", "search", "developer", "developer"),
      ("aiko", "Aiko Ferreira", "mobile", "developer", "developer"),
      ("dele", "Dele Haugen", "checkout", "developer", "developer"),
      ("petra", "Petra Novak", "data", "data engineer", "developer"),
      ("ravi", "Ravi Solberg", "identity", "developer", "developer"),
      ("noor", "Noor Castellan", "fulfilment", "developer", "developer"),
      ("bruno", "Bruno Achterberg", "web", "developer", "developer"),
      ("lin", "Lin Falk", "growth", "developer", "developer"),
    ]

  static var count: Int { people.count }

  /// What the team promises those who tell it what hurts.
  static let config = """
    {
      "$schema": "schema/config.schema.json",
      "name": "Kestrel platform feedback",
      "recordsFolder": "docket",
      "serviceLevels": {
        "firstResponse": {
          "5": "4h",
          "4": "2d",
          "otherwise": "1w"
        },
        "triage": {
          "otherwise": "2w"
        },
        "officeHours": [
          {
            "weekday": "tuesday",
            "from": "14:00",
            "to": "15:00",
            "timeZone": "Europe/Lisbon",
            "where": "https://meet.kestrel.example/platform",
            "host": "jonas"
          },
          {
            "weekday": "thursday",
            "from": "10:00",
            "to": "11:00",
            "timeZone": "Europe/Lisbon",
            "where": "https://meet.kestrel.example/platform",
            "host": "sade"
          }
        ]
      }
    }

    """

  static var json: String {
    let entries = people.map { person in
      """
          {
            "handle": "\(person.handle)",
            "name": "\(person.name)",
            "team": "\(person.team)",
            "role": "\(person.role)",
            "group": "\(person.group)",
            "from": "2026-01-12"
          }
      """
    }
    return """
      {
        "$schema": "schema/people.schema.json",
        "people": [
      \(entries.joined(separator: ",\n"))
        ]
      }

      """
  }
}

/// Seven pain points; the seventh is the feature that is loudly called a must-have.
enum DemoPains {
  struct Pain {
    let key, title, area, frequency, when, iWantTo, soICan: String
    let severity, reach: Int
  }

  static let all: [Pain] = [
    Pain(
      key: "docs", title: "Nobody finds how to do a first deploy", area: "documentation",
      frequency: "daily", when: "I start on a service I haven't touched before",
      iWantTo: "find the one page that is still true", soICan: "deploy without asking around",
      severity: 4, reach: 180),
    Pain(
      key: "support", title: "Questions to the platform team get lost", area: "support",
      frequency: "daily", when: "my deploy is stuck and I don't know why",
      iWantTo: "know that somebody has seen my question", soICan: "plan the rest of my day",
      severity: 4, reach: 150),
    Pain(
      key: "ci", title: "Tests fail at random and nobody owns them", area: "ci",
      frequency: "several-times-a-day", when: "a test fails that has nothing to do with my change",
      iWantTo: "tell at once whether it is me",
      soICan: "merge without running everything three times",
      severity: 3, reach: 120),
    Pain(
      key: "approvals", title: "A one-line change waits for three approvals", area: "deploy",
      frequency: "weekly", when: "I fix a typo in a config", iWantTo: "ship it the same hour",
      soICan: "forget about it", severity: 3, reach: 90),
    Pain(
      key: "local", title: "A local environment takes a day to set up", area: "tooling",
      frequency: "monthly", when: "I join a team or get a new laptop",
      iWantTo: "run the service on my machine", soICan: "try a change before I push it",
      severity: 3, reach: 60),
    Pain(
      key: "secrets", title: "Rotating a secret breaks services at night", area: "security",
      frequency: "quarterly", when: "a credential is rotated",
      iWantTo: "have my service pick it up by itself", soICan: "sleep", severity: 4, reach: 40),
    Pain(
      key: "portal", title: "There is no single page that shows all my services", area: "portal",
      frequency: "monthly", when: "I present my team's services to somebody",
      iWantTo: "show one page", soICan: "skip the slides", severity: 2, reach: 12),
  ]
}

/// Thirty interviews, by role and team; what was said stands apart from what was seen.
enum DemoInterviews {
  struct Answer {
    let pain, text: String
    var isObserved = false
  }
  struct Interview {
    let who, team: String
    let answers: [Answer]
    var interpretation: String?

    /// Who was watched was shadowed for a day; the others were asked.
    var isShadowing: Bool { answers.contains(where: \.isObserved) }
    var role: String { who.split(separator: " ").dropLast().joined(separator: " ") }
  }

  private static func said(_ pain: String, _ text: String) -> Answer {
    Answer(pain: pain, text: text)
  }
  private static func saw(_ pain: String, _ text: String) -> Answer {
    Answer(pain: pain, text: text, isObserved: true)
  }

  static let all: [Interview] = [
    Interview(
      who: "developer A", team: "payments",
      answers: [
        said("docs", "Three pages explain the deploy and each starts differently."),
        said("support", "I asked on Monday and somebody answered on Thursday."),
      ]),
    Interview(
      who: "developer B", team: "payments",
      answers: [
        saw("docs", "Searched the wiki for 25 minutes, then asked a neighbour.")
      ],
      interpretation: "The search puts old pages first, because nobody deletes any."),
    Interview(
      who: "lead A", team: "search",
      answers: [
        said("support", "My team stopped asking; they read the platform's source instead."),
        said("ci", "We re-run everything twice out of habit."),
      ]),
    Interview(
      who: "developer C", team: "search",
      answers: [
        said("docs", "The getting-started page still names the old cluster.")
      ]),
    Interview(
      who: "developer D", team: "mobile",
      answers: [
        saw("ci", "Re-ran a green branch four times because of one clock-dependent test.")
      ]),
    Interview(
      who: "developer E", team: "mobile",
      answers: [
        said("support", "There are three channels and I never know which one is read.")
      ]),
    Interview(
      who: "developer F", team: "checkout",
      answers: [
        said("docs", "I copy the pipeline of another team and hope."),
        said("approvals", "A comma in a config took two days."),
      ]),
    Interview(
      who: "developer G", team: "checkout",
      answers: [
        said("local", "I gave up on running it locally and test in staging.")
      ]),
    Interview(
      who: "data engineer A", team: "data",
      answers: [
        said("docs", "Nothing says how jobs, as opposed to services, are deployed."),
        said("support", "Answers live in private messages, so the next one asks again."),
      ]),
    Interview(
      who: "data engineer B", team: "data",
      answers: [
        said("secrets", "Rotation night means somebody of us is up.")
      ]),
    Interview(
      who: "developer H", team: "identity",
      answers: [
        saw("support", "Asked in two channels; both answers came after the workaround was merged.")
      ]),
    Interview(
      who: "director A", team: "web",
      answers: [
        said("portal", "A service portal is a must-have. I want to see all services on one page.")
      ]),
    Interview(
      who: "developer I", team: "identity",
      answers: [
        said("docs", "I bookmark commits, because they at least carry a date.")
      ]),
    Interview(
      who: "lead B", team: "fulfilment",
      answers: [
        said("approvals", "Everybody approves without reading, so what is it for?"),
        said("ci", "Nobody dares to delete a test that only sometimes fails."),
      ]),
    Interview(
      who: "developer J", team: "fulfilment",
      answers: [
        said("docs", "My first deploy took a day and a half, most of it reading.")
      ]),
    Interview(
      who: "developer K", team: "web",
      answers: [
        said("support", "I would rather hear a date than nothing.")
      ]),
    Interview(
      who: "developer L", team: "web",
      answers: [
        said("docs", "The error message names a page that doesn't exist.")
      ]),
    Interview(
      who: "developer M", team: "growth",
      answers: [
        saw("docs", "Followed the guide to step four of nine, where the command had changed.")
      ]),
    Interview(
      who: "developer N", team: "growth",
      answers: [
        said("support", "Office hours would do; I just need to know when.")
      ]),
    Interview(
      who: "new joiner A", team: "payments",
      answers: [
        saw("local", "Set-up took from 9:10 to 16:40, with four people helping."),
        said("docs", "I was handed a colleague's notes, which are better than the guide."),
      ]),
    Interview(
      who: "new joiner B", team: "web",
      answers: [
        said("docs", "I didn't know there was a guide.")
      ]),
    Interview(
      who: "developer O", team: "search",
      answers: [
        said(
          "support",
          "Half of my questions were answered by somebody who isn't on the platform team.")
      ]),
    Interview(
      who: "developer P", team: "mobile",
      answers: [
        said("ci", "I merge on red if I know the test.")
      ]),
    Interview(
      who: "developer Q", team: "checkout",
      answers: [
        said("docs", "Rollback is explained in a chat message from two years ago.")
      ]),
    Interview(
      who: "developer R", team: "data",
      answers: [
        saw("support", "Opened a ticket, got its number, and never heard again in three weeks.")
      ]),
    Interview(
      who: "developer S", team: "identity",
      answers: [
        saw("secrets", "Restarted nine services by hand at 23:40, after a rotation."),
        said("secrets", "We found out about a rotation from our alerts."),
        said("approvals", "Three people of another time zone have to agree to my typo."),
      ]),
    Interview(
      who: "developer T", team: "fulfilment",
      answers: [
        said("local", "Every laptop here is set up a little differently.")
      ]),
    Interview(
      who: "lead C", team: "growth",
      answers: [
        said("docs", "New people lose their first week; that is the cost.")
      ]),
    Interview(
      who: "developer U", team: "web",
      answers: [
        said("ci", "The failing test belongs to a team that no longer exists.")
      ]),
    Interview(
      who: "developer W", team: "search",
      answers: [
        saw("approvals", "Waited 31 hours for three approvals of a changed timeout.")
      ]),
  ]

  /// The must-have again, each time it was demanded: one voice, however often.
  static let repeated: [(day: String, text: String)] = [
    ("2026-04-30", "I have said it before: without a portal we are flying blind."),
    ("2026-05-21", "Every platform I know has a portal."),
    ("2026-06-25", "Where is the portal? It was a must-have in spring."),
    ("2026-08-27", "I will say it until it is there: the portal."),
  ]

  /// Two who tried the handbook's first chapters at their desks.
  static let tests: [Interview] = [
    Interview(
      who: "developer X", team: "checkout",
      answers: [
        saw("docs", "Deployed from the chapter alone, in 70 minutes; stuck once, at step six.")
      ]),
    Interview(
      who: "data engineer C", team: "data",
      answers: [
        saw("docs", "Left the chapter at step three: it speaks of services only, not of jobs.")
      ]),
  ]
}
