import Testing

@testable import Store

@Suite("a forge's page for a proposal") struct ForgePageTests {
  @Test(
    "by the remote's URL, in each of git's forms; none for a path",
    arguments: [
      (
        "https://github.com/kestrel/tools.git",
        "https://github.com/kestrel/tools/compare/main...docket/mira/PP-1"
      ),
      (
        "git@github.com:kestrel/tools.git",
        "https://github.com/kestrel/tools/compare/main...docket/mira/PP-1"
      ),
      (
        "ssh://git@forge.kestrel.example:2222/platform/tools/",
        "https://forge.kestrel.example/platform/tools/compare/main...docket/mira/PP-1"
      ),
      (
        "https://mira@gitlab.com/kestrel/platform/tools.git",
        "https://gitlab.com/kestrel/platform/tools/-/merge_requests/new?merge_request[source_branch]=docket/mira/PP-1&merge_request[target_branch]=main"
      ),
      ("/srv/git/tools.git", nil), ("../hub.git", nil), ("./a:b", nil), ("https://host/", nil),
      ("", nil),
    ] as [(String, String?)])
  func pages(_ remote: String, _ page: String?) {
    #expect(
      ForgePage.proposal(of: "docket/mira/PP-1", into: "main", remote: remote) == page)
  }

  @Test("names of branches are encoded")
  func encoded() {
    #expect(
      ForgePage.proposal(of: "docket/a b/é?#", into: "m&n", remote: "https://h.example/o/r")
        == "https://h.example/o/r/compare/m%26n...docket/a%20b/%C3%A9%3F%23")
  }
}
