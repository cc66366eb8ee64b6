import Git

/// What a commit did to the files of records.
enum CommitFiles {
  /// Against its parent, file by file.
  case step([TreeChange])
  /// A directory that its parent hasn't, and nothing else: an import may bring half a million files.
  case added(AddedTree)
  /// What a merge did itself.
  case merge([RecordFileChange])
}
