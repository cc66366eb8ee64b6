/// The cache's tables.
///
/// Rows about commits stay valid permanently, and so do `former_link`, `former_item` and
/// `former_list`, which say what versions had. What depends on HEAD is in `meta`, in
/// `history.position` and `history.brought_at`, and in `record` and the tables that refer to it.
enum CacheTables {
  /// Raised with every change to the tables or their contents: older files are discarded.
  static let version = 6

  static let tables = """
    CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;

    -- A commit. position counts from the oldest of the commits that HEAD reaches, in the order of
    -- `git log --date-order`; null: HEAD doesn't reach it. narrow: every way from HEAD to what lies
    -- below leads through it.
    CREATE TABLE history(
      seq INTEGER PRIMARY KEY, oid BLOB NOT NULL, parents BLOB NOT NULL,
      committed_at INTEGER NOT NULL, authored_at INTEGER NOT NULL,
      author_name TEXT NOT NULL, author_email TEXT NOT NULL, subject TEXT NOT NULL,
      position INTEGER, brought_at INTEGER, narrow INTEGER);
    CREATE UNIQUE INDEX history_oid ON history(oid);
    CREATE INDEX history_position ON history(position) WHERE position IS NOT NULL;

    -- What a commit did to a record.
    CREATE TABLE change(
      seq INTEGER PRIMARY KEY, commit_seq INTEGER NOT NULL, record TEXT NOT NULL,
      old_path TEXT, old_blob BLOB, new_path TEXT, new_blob BLOB,
      -- What the other parents of a merge had.
      others BLOB);
    CREATE INDEX change_commit ON change(commit_seq);
    CREATE INDEX change_record ON change(record);

    -- What a change did to a field; name is key without the items of lists.
    CREATE TABLE field(
      change_seq INTEGER NOT NULL, place INTEGER NOT NULL, pointer TEXT NOT NULL,
      key TEXT NOT NULL, name TEXT NOT NULL, before TEXT, after TEXT,
      PRIMARY KEY(change_seq, place)) WITHOUT ROWID;

    -- The files of records at HEAD, those that can't be read too.
    CREATE TABLE record(
      seq INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, blob BLOB, mode INTEGER, id TEXT, kind TEXT,
      heading TEXT, state TEXT, json TEXT, line INTEGER, "column" INTEGER, problem TEXT);
    CREATE INDEX record_id ON record(id);
    CREATE INDEX record_kind ON record(kind);
    CREATE INDEX record_problem ON record(path) WHERE problem IS NOT NULL;
    CREATE INDEX record_stray ON record(path) WHERE kind IS NULL;

    -- All text of a record in lower case, and where it was broken into words.
    CREATE TABLE body(seq INTEGER PRIMARY KEY, text TEXT NOT NULL, record TEXT NOT NULL);

    -- Hashes of key and value.
    CREATE TABLE facet(
      hash INTEGER NOT NULL, record_seq INTEGER NOT NULL, PRIMARY KEY(hash, record_seq))
      WITHOUT ROWID;

    CREATE TABLE link(
      record_seq INTEGER NOT NULL, source TEXT NOT NULL, relation TEXT NOT NULL,
      target TEXT NOT NULL);
    CREATE INDEX link_record ON link(record_seq);
    CREATE INDEX link_target ON link(target);

    -- The items that records were before a migration.
    CREATE TABLE origin(
      record_seq INTEGER NOT NULL, record TEXT NOT NULL, owner TEXT NOT NULL, list TEXT NOT NULL,
      item TEXT NOT NULL);
    CREATE INDEX origin_row ON origin(record_seq);
    CREATE INDEX origin_record ON origin(record);
    CREATE INDEX origin_owner ON origin(owner, list, item);

    -- Which records of collections linked to a record in a version of theirs. Those of a
    -- record that has only one version, which is at HEAD, are in link alone.
    CREATE TABLE former_link(
      target TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY(target, source)) WITHOUT ROWID;

    -- The changes that added or edited an item of a list of which one is a record, and the last change
    -- of which this is known.
    CREATE TABLE former_item(
      owner TEXT NOT NULL, list TEXT NOT NULL, item TEXT NOT NULL, change_seq INTEGER NOT NULL,
      PRIMARY KEY(owner, list, item, change_seq)) WITHOUT ROWID;
    CREATE TABLE former_list(
      owner TEXT NOT NULL, list TEXT NOT NULL, change_seq INTEGER NOT NULL,
      PRIMARY KEY(owner, list)) WITHOUT ROWID;

    -- How ranked records stand among those of their kind, on the day of meta's "standings".
    -- The head is the record that counts: itself, or what it duplicates.
    CREATE TABLE standing(
      record TEXT NOT NULL, kind TEXT NOT NULL, head TEXT NOT NULL, state TEXT,
      is_closed INTEGER NOT NULL, tenths INTEGER NOT NULL, PRIMARY KEY(record, kind))
      WITHOUT ROWID;

    -- How many heads have which score: what places are counted from.
    CREATE TABLE tally(
      kind TEXT NOT NULL, is_closed INTEGER NOT NULL, tenths INTEGER NOT NULL,
      heads INTEGER NOT NULL, PRIMARY KEY(kind, is_closed, tenths)) WITHOUT ROWID;

    CREATE VIRTUAL TABLE word USING fts5(
      text, record UNINDEXED, content='body', content_rowid='seq', tokenize="unicode61 remove_diacritics 2");
    """
}
