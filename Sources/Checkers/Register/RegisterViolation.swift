/// Why the operations on a register, each value written once, can't be put in order.
///
/// The numbers say where the operations stand in their ``RegisterHistory``.
enum RegisterViolation: Hashable, Sendable {
    /// A value was observed that nobody ever wrote.
    case neverWritten(observer: Int)
    /// Two compare-and-sets took away the same value, which was there only once.
    case takenTwice(first: Int, second: Int)
    /// Compare-and-sets feed each other in a circle that no write begins.
    case feedingEachOther(member: Int)
    /// By the values, `earlier` comes before `later`; but `later` returned before it was called.
    case tooLate(earlier: Int, later: Int)
    /// Whatever the order of the others, an operation could not observe what it did.
    case unanswerable(observer: Int)
    /// Two blocks of operations would each have to come before the other.
    case crossed(Zone, Zone)

    /// The operations on the values of one chain of compare-and-sets: they can't be parted.
    struct Zone: Hashable, Sendable {
        /// The operation that returned first; nil for the block of the initial value.
        var first: Int?
        /// The place in time where it returned; negative for the block of the initial value.
        var firstReturn: Int
        /// The operation that was called last; nil if the block has none.
        var last: Int?
        /// The place in time where it was called.
        var lastCall: Int
    }
}

extension RegisterViolation {
    /// A word that groups violations alike.
    func kind(among operations: [RegisterOperation]) -> String {
        let isStaleRead: Bool
        switch self {
        case .neverWritten: return "phantom-value"
        case .takenTwice: return "lost-update"
        case .tooLate(let earlier, _): isStaleRead = operations[earlier].kind == .read
        case .crossed(let one, let other):
            let older = one.firstReturn < other.firstReturn ? one : other
            isStaleRead = older.last.map { operations[$0].kind == .read } ?? false
        case .feedingEachOther, .unanswerable: isStaleRead = false
        }
        return isStaleRead ? "stale-read" : "non-linearizable"
    }
}
