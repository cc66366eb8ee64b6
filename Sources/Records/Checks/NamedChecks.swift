extension NamedCheck {
  /// Every check that a schema may call; a new one needs a file and a line here.
  package static let all: [NamedCheck] = [
    .cadenceKept,
    .collectionHas,
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
