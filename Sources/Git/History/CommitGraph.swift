/// The ids, parents and times of a walk's commits, by position.
struct CommitGraph {
  private let repository: Repository
  private let firstParent: Bool
  private var positions: [ObjectID: Int] = [:]
  private var ids: [ObjectID] = []
  private var times: [Int64] = []
  private var parentIDs: [[ObjectID]] = []
  private var flags: [Flags] = []

  private struct Flags: OptionSet {
    let rawValue: UInt8
    /// Reachable from an excluded commit.
    static let hidden = Flags(rawValue: 1)
    static let queued = Flags(rawValue: 2)
    static let processed = Flags(rawValue: 4)
  }

  private var queue = TimeQueue()
  /// The number of queued commits that are not hidden.
  private var interesting = 0

  /// Loads the commits reachable from `tips` and not from `excluded`.
  ///
  /// Visits the newest first, so excluded history is read only as far back as the walk's oldest
  /// commit, plus an allowance for wrong clocks (git's `limit_list`).
  init(
    _ repository: Repository, tips: [ObjectID], excluding excluded: [ObjectID], firstParent: Bool
  ) throws(GitError) {
    (self.repository, self.firstParent) = (repository, firstParent)
    for id in excluded { try hide(try position(of: id)) }
    for id in excluded { try enqueue(try position(of: id)) }
    for id in tips { try enqueue(try position(of: id)) }
    var oldest = Int64.max
    var allowance = Self.allowance
    while let position = queue.removeNewest() {
      flags[position].insert(.processed)
      if flags[position].contains(.hidden) {
        for parent in parentIDs[position] {
          let parent = try self.position(of: parent)
          try hide(parent)
          try enqueue(parent)
        }
        if interesting > 0 || times[position] >= oldest {
          allowance = Self.allowance
        } else {
          allowance -= 1
          if allowance == 0 { break }
        }
      } else {
        interesting -= 1
        oldest = min(oldest, times[position])
        for parent in followed(position) { try enqueue(try self.position(of: parent)) }
      }
    }
  }

  /// The number of consecutive hidden commits older than every wanted one that are visited before
  /// the search stops.
  private static let allowance = 64

  var count: Int { ids.count }
  func id(of position: Int) -> ObjectID { ids[position] }
  func time(of position: Int) -> Int64 { times[position] }

  /// Whether the walk yields the commit.
  func isWanted(_ position: Int) -> Bool {
    flags[position].contains(.processed) && !flags[position].contains(.hidden)
  }

  /// Returns the positions of the parents that the walk yields.
  func parents(of position: Int) -> [Int] {
    followed(position).compactMap { id in
      positions[id].flatMap { isWanted($0) ? $0 : nil }
    }
  }

  private func followed(_ position: Int) -> ArraySlice<ObjectID> {
    firstParent ? parentIDs[position].prefix(1) : parentIDs[position][...]
  }

  private mutating func position(of id: ObjectID) throws(GitError) -> Int {
    if let known = positions[id] { return known }
    let links = try repository.links(of: id)
    let position = ids.count
    positions[id] = position
    ids.append(id)
    times.append(links.time)
    parentIDs.append(links.parents)
    flags.append([])
    return position
  }

  private mutating func enqueue(_ position: Int) throws(GitError) {
    guard flags[position].isDisjoint(with: [.queued, .processed]) else { return }
    flags[position].insert(.queued)
    if !flags[position].contains(.hidden) { interesting += 1 }
    queue.insert(position, time: times[position])
  }

  /// Hides a commit and all of its ancestors visited so far.
  private mutating func hide(_ start: Int) throws(GitError) {
    var stack = [start]
    while let position = stack.popLast() {
      guard flags[position].insert(.hidden).inserted else { continue }
      if flags[position].contains(.processed) {
        stack += parentIDs[position].compactMap { positions[$0] }
      } else if flags[position].contains(.queued) {
        interesting -= 1
      }
    }
  }
}

extension Repository {
  /// Returns the committer time of a commit and the parents to follow.
  package func links(of id: ObjectID) throws(GitError) -> (time: Int64, parents: [ObjectID]) {
    let object = try object(id, .commit)
    defer { withExtendedLifetime(object) {} }
    var header = CommitHeader(object.bytes)
    var parents: [ObjectID] = []
    var time: Int64 = 0
    while let line = header.next() {
      if let value = line.value(of: "parent ") {
        guard let parent = ObjectID(hexDigits: value) else {
          throw GitError.corrupt("commit \(id) has a malformed parent")
        }
        parents.append(parent)
      } else if let value = line.value(of: "committer ") {
        time = Signature.time(in: value)
        break
      }
    }
    return (time, knownParents(of: id, parents))
  }
}

extension Signature {
  /// Returns the time of a stored signature: the digits after the last `>`.
  static func time(in bytes: Slice<UnsafeRawBufferPointer>) -> Int64 {
    guard let close = bytes.lastIndex(of: UInt8(ascii: ">")) else { return 0 }
    var seconds: Int64 = 0
    var isNegative = false
    for byte in bytes[(close + 1)...].drop(while: { $0 == UInt8(ascii: " ") }) {
      if byte == UInt8(ascii: "-"), seconds == 0 {
        isNegative = true
        continue
      }
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte, seconds < 1 << 53 else { break }
      seconds = seconds * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    return isNegative ? -seconds : seconds
  }
}
