import Records

/// One line of a ranking.
struct RankRow {
  let ranking: Ranking
  let entry: Ranking.Entry
  let place: Ranking.Place?
}
