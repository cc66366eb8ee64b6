extension NamedCheck {
  /// Every check that a schema may name, one line each; a new one needs its file and a line here.
  package static let all: [NamedCheck] = [
    .cadenceKept,
    .dateNotPassed,
    .isLatest,
    .linkIsFinal,
    .ranksHigh,
    .linkedAgrees,
    .linkedPairAgrees,
    .countWithin,
    .itemsDiffer,
    .countReachesLinked,
    .sumAtMost,
    .somebodyOfGroup,
    .counterpartExists,
    .counterpartNear,
    .productRoleFits,
    .productManagersSuffice,
    .productTeamForParts,
    .serviceLevelKept,
    .serviceLevelNotPassed,
  ]
}
