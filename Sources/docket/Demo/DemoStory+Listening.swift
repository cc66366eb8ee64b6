import JSONText
import Records
import Store

/// Interviews, shadowing, tests at the desk, sprint reviews and office hours.
extension DemoStory {
  /// Thirty interviews, a record each, and the pain points that they are evidence for.
  func planInterviews() {
    let interviewers = [Self.mira, Self.jonas, Self.sade]
    var heard: Set<String> = []
    for (index, interview) in DemoInterviews.all.enumerated() {
      let first = CivilDate("2026-01-22")?.daysSinceEpoch ?? 0
      let day = first + index * 2
      let date = CivilDate(daysSinceEpoch: day).description
      let interviewer = interviewers[index % 3]
      let new = DemoPains.all.filter { pain in
        interview.answers.contains { $0.pain == pain.key } && heard.insert(pain.key).inserted
      }
      on(date, 14) { [self] in
        if index == 0 { stage.title("January to March: thirty interviews") }
        stage.become(interviewer.0, interviewer.1)
        for pain in new { try await report(pain, from: interview, on: date, shows: index == 0) }
        try await note(
          interview, on: date, type: interview.isShadowing ? "shadowing" : "interview",
          by: interviewer.1, shows: index < 2)
      }
      for pain in new {
        on(CivilDate(daysSinceEpoch: day + 1).description, 9) { [self] in
          try await stage.docket([
            "add", pains[pain.key] ?? "", "responses", "to=\(interview.who)",
            "on=\(CivilDate(daysSinceEpoch: day + 1))", "by=mira",
            "told=Thank you. We ask others whether they have it too, and tell you in April.",
          ])
        }
        on(CivilDate(daysSinceEpoch: day + 5).description, 9) { [self] in
          try await stage.docket(["move", pains[pain.key] ?? "", "triaged"])
        }
      }
    }
    for again in DemoInterviews.repeated {
      on(again.day, 17) { [self] in
        try await stage.docket([
          "add", pains["portal"] ?? "", "evidence", "said=\(again.text)", "source=meeting",
          "who=director A", "team=web", "date=\(again.day)",
        ])
      }
    }
    for (index, test) in DemoInterviews.tests.enumerated() {
      on("2026-05-0\(5 + index)", 11) { [self] in
        stage.become(Self.sade.0, Self.sade.1)
        try await note(
          test, on: "2026-05-0\(5 + index)", type: "usability-test", by: "sade", shows: false)
      }
    }
  }

  private func report(
    _ pain: DemoPains.Pain, from interview: DemoInterviews.Interview, on date: String, shows: Bool
  ) async throws {
    pains[pain.key] = try await stage.docket(
      [
        "new", "pain-point", "title=\(pain.title)", "area=\(pain.area)",
        "severity:=\(pain.severity)", "frequency=\(pain.frequency)", "reach:=\(pain.reach)",
        "jobStory.when=\(pain.when)", "jobStory.iWantTo=\(pain.iWantTo)",
        "jobStory.soICan=\(pain.soICan)", "reportedBy.role=\(interview.role)",
        "reportedBy.team=\(interview.team)", "reportedBy.who=\(interview.who)",
        "reportedOn=\(date)",
      ],
      shows: shows)
  }

  /// An interview's record, and from it the evidence on the pain points.
  private func note(
    _ interview: DemoInterviews.Interview, on date: String, type: String, by interviewer: String,
    shows: Bool
  ) async throws {
    func notes(observed: Bool) -> String {
      let items = interview.answers.filter { $0.isObserved == observed }.map { answer in
        Output.object([
          ("text", .array([.string(answer.text)])),
          ("about", .array([.string(pains[answer.pain] ?? "")])),
        ])
      }
      return String(decoding: JSONPrinter.compact(.array(items)), as: UTF8.self)
    }
    let isTalk = type == "interview"
    var words = [
      "new", "interview",
      "title=\(isTalk ? "What slows \(interview.who) down" : type == "shadowing" ? "A day beside \(interview.who)" : "The first chapters, tried by \(interview.who)")",
      "status=closed", "type=\(type)", "conductedOn=\(date)", "interviewer=\(interviewer)",
      "participant.role=\(interview.role)", "participant.team=\(interview.team)",
      "participant.who=\(interview.who)", "consent=spoken",
      type == "shadowing" ? "daysSpent=1" : "minutesSpent=45",
    ]
    for observed in [false, true]
    where interview.answers.contains(where: { $0.isObserved == observed }) {
      words.append("\(observed ? "observed" : "said"):=\(notes(observed: observed))")
    }
    let id = try await stage.docket(words, shows: shows)
    if let text = interview.interpretation {
      try await stage.docket(
        ["add", id, "interpretation", "text=\(text)", "by=\(interviewer)"], shows: shows)
    }
    for answer in interview.answers {
      try await stage.docket(
        [
          "add", pains[answer.pain] ?? "", "evidence",
          (answer.isObserved ? "observed=" : "said=") + answer.text,
          "source=\(type == "interview" || !answer.isObserved ? "interview" : type)",
          "who=\(interview.who)", "team=\(interview.team)", "date=\(date)", "from=\(id)",
        ],
        shows: shows)
    }
  }

  /// Sprint reviews with developers in the room, and the first office hours.
  func planReviews() {
    for (index, review) in DemoReviews.all.enumerated() {
      on(review.date, 15) { [self] in
        stage.become(Self.jonas.0, Self.jonas.1)
        if index == 0 {
          stage.title("May to August: sprint reviews with developers, and office hours")
        }
        let id = try await stage.docket(
          [
            "new", "minutes", "title=\(review.title)", "type=\(review.type)",
            "body=Kestrel platform team", "heldOn=\(review.date)", "chair=mira",
            "secretary=jonas", "present:=\(DemoReviews.present)", "guests:=\(review.guests)",
            "agenda:=\(review.agenda(about: pains[review.pain] ?? ""))",
          ])
        for feedback in review.feedback {
          try await stage.docket(
            [
              "add", id, "developerFeedback", "text=\(feedback.text)", "who=\(feedback.who)",
              "team=\(feedback.team)", "about=\(pains[review.pain] ?? "")",
            ], shows: index < 2)
        }
        try await stage.docket(["move", id, "approved"])
        for feedback in review.feedback where review.type == "office-hours" {
          try await stage.docket([
            "add", pains[review.pain] ?? "", "evidence", "said=\(feedback.text)",
            "source=support", "who=\(feedback.who)", "team=\(feedback.team)",
            "date=\(review.date)", "from=\(id)",
          ])
        }
      }
    }
  }
}

/// Meetings of the platform team to which developers come.
enum DemoReviews {
  struct Feedback { let text, who, team: String }
  struct Review {
    let date, type, title, pain, topic, notes: String
    var shown: String?
    let feedback: [Feedback]

    /// Who gave feedback was there.
    var guests: String {
      let people = feedback.map { feedback in
        "{\"name\": \"\(feedback.who)\", \"team\": \"\(feedback.team)\", \"group\": \"developer\"}"
      }
      return "[" + people.joined(separator: ", ") + "]"
    }

    func agenda(about pain: String) -> String {
      let shown = shown.map { "\"shown\": [\"\($0)\"], " } ?? ""
      return
        "[{\"title\": \"\(topic)\", \"about\": [\"\(pain)\"], \(shown)\"notes\": [\"\(notes)\"]}]"
    }
  }

  static let present = """
    [{"name": "Mira Okonedo", "handle": "mira", "team": "platform", "group": "platform"}, {"name": "Jonas Brandt", "handle": "jonas", "team": "platform", "group": "platform"}, {"name": "Sade Lindqvist", "handle": "sade", "team": "platform", "group": "platform"}]
    """

  static let all = [
    Review(
      date: "2026-05-12", type: "office-hours", title: "Office hours, 12 May", pain: "support",
      topic: "Who came, and why", notes: "Three visitors; two came because the channel was slow.",
      feedback: [
        Feedback(
          text: "I came because I still don't know who reads the channel on Fridays.",
          who: "developer E", team: "mobile"),
        Feedback(
          text: "Ten minutes here saved me a day of waiting.", who: "developer Y", team: "growth"),
      ]),
    Review(
      date: "2026-05-19", type: "sprint-review", title: "Sprint review, 19 May", pain: "docs",
      topic: "The handbook's first chapters",
      notes: "Two guests deployed a sample while we watched.",
      shown: "A first deploy from chapter one, by a guest, on her own laptop",
      feedback: [
        Feedback(
          text: "I would have needed the rollback page first.", who: "developer Q",
          team: "checkout"),
        Feedback(
          text: "Put the page's date at the top, then I trust it.", who: "developer I",
          team: "identity"),
      ]),
    Review(
      date: "2026-08-18", type: "sprint-review", title: "Sprint review, 18 August", pain: "ci",
      topic: "Tests with an owner", notes: "The list of owners is in every failing build now.",
      shown: "A failing build that names the test's owner",
      feedback: [
        Feedback(
          text: "Now I know whom to ask; I still run it twice.", who: "developer P", team: "mobile")
      ]),
    Review(
      date: "2026-08-25", type: "office-hours", title: "Office hours, 25 August", pain: "docs",
      topic: "Jobs", notes: "Both visitors wanted to deploy a job.",
      feedback: [
        Feedback(
          text: "I read the handbook twice before I saw that jobs are elsewhere.",
          who: "data engineer C", team: "data")
      ]),
  ]
}
