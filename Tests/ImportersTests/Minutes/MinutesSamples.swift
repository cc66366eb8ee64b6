/// Minutes written for these tests; people and projects are invented.
enum MinutesSamples {
  /// Sections, issue links, short names, talk between topics.
  static let sections = """
    # Acme Platform Council Meeting 2026-03-04

    ## Links

    * **Recording**: https://video.example/1
    * **GitHub Issue**: https://git.example/acme/council/issues/9
    * [Slides](https://slides.example/9)

    ## Present

    * AR: Ana Ruiz (@ana)
    * Bo Lindqvist(@bo-l) - voting
    * Chidi Okafor
    * @dee
    * Eve Stone (Umbrella @eve)
    * Acme Project Maintainers

    ## Agenda

    ### Announcements

    *Extracted from **council-agenda** labeled issues and pull requests from the **acme org**.

    * The spring release is out

    ### acme/council

    * Faster builds [#12](https://git.example/acme/council/issues/12)
      * Ana: cache misses are up
      * Decision: rent two more builders

    AR: I can ask.

    Action: AR to ask for quotes, due 2026-04-01

    * Review meeting times [#7](https://git.example/acme/council/issues/7)

      - Bo Lindqvist: mornings are hard
      - 

    ## Q&A, Other

    ## Upcoming Meetings

    * **Calendar**: https://calendar.example

    Press the button to subscribe.
    """

  /// Many meetings, newest first; topics are list items.
  static let log = """
    # Tools guild

    ## March 18th, 2026

    * Intro by Ana
      * she will rotate out
    * [Bo](https://people.example/bo) showed the new cache

    Watch the [recording](https://video.example/2)

    ## 4 Mar 2026

    * First meeting
    """

  /// docket's own form.
  static let form = """
    # Platform advisory board 2026-03-04

    - Date: 2026-03-04
    - Body: Platform advisory board
    - Type: advisory-board

    ## Present

    - Ana Ruiz (@ana) - chair
    - Bo Lindqvist (@bo-l)

    ## Guests

    - Chidi Okafor

    ## Agenda

    ### Slow builds [#12](https://git.example/acme/council/issues/12)

    - References: [survey](https://survey.example)

    Bo showed the queue:

    * forty minutes on Mondays, see [#13](https://git.example/13)

    - **Decision:** Rent two more builders
    - [ ] **Action:** Ask vendors for quotes (@ana, due 2026-04-01)

    ### Present

    A topic may be called like a section.

    ## Actions

    - [x] Send the minutes (owner: Chidi Okafor)
    """
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}
