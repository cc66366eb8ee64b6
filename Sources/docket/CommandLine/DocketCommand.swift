import ArgumentParser

/// The grammar: one file for each verb.
struct DocketCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "docket",
    abstract: "Keep what a platform team hears, decides and learns as records in git.",
    subcommands: [
      InitCommand.self, NoteCommand.self, NewCommand.self, AddCommand.self, TellCommand.self,
      EditCommand.self, MoveCommand.self, CommitCommand.self, BatchCommand.self, UndoCommand.self,
      LinkCommand.self, ShowCommand.self, ListCommand.self, RankCommand.self, LogCommand.self,
      BlameCommand.self, DiffCommand.self, ReviewCommand.self, CheckCommand.self, FmtCommand.self,
      ReportCommand.self, ImportCommand.self, SchemaCommand.self, MigrateCommand.self,
      HooksCommand.self, SyncCommand.self, ResolveCommand.self, MergeCommand.self,
      TextconvCommand.self,
      DemoCommand.self, SQLCommand.self, StatusCommand.self,
      CompletionsCommand.self, ManualCommand.self,
    ],
    defaultSubcommand: StatusCommand.self)
}
