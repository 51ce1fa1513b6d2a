/// A lock that only its holder may release; its acquisitions are numbered from 1.
struct FencedLock: Hashable, Sendable {
    private var holder: Int64?
    private var lastToken: Int64 = 0

    /// Answers with a fencing token, or refuses while the lock is held, by whomever.
    mutating func acquire(for client: Int64) -> ObjectResult {
        guard holder == nil else { return .refused(.held) }
        holder = client
        lastToken += 1
        return .value(lastToken)
    }

    mutating func release(by client: Int64) -> ObjectResult {
        guard holder == client else { return .refused(.notHeld) }
        holder = nil
        return .done
    }
}
