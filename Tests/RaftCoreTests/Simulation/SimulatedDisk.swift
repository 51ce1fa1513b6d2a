import RaftCore
import Vocabulary

/// A disk that keeps what was synced and loses the rest at a crash.
struct SimulatedDisk {
    private enum Change {
        case append([LogEntry])
        case truncate(from: LogIndex)
        case sync(SyncToken)
    }

    private(set) var hardState = HardState()
    private var entries: [LogEntry] = []
    private var pendingHardStates: [(SyncToken, HardState)] = []
    private var pending: [Change] = []

    var state: RaftDurableState {
        RaftDurableState(hardState: hardState, log: RaftLog(entries: entries))
    }

    mutating func save(_ state: HardState, _ token: SyncToken) {
        pendingHardStates.append((token, state))
    }

    mutating func append(_ added: [LogEntry]) { pending.append(.append(added)) }

    mutating func truncate(from index: LogIndex) { pending.append(.truncate(from: index)) }

    mutating func sync(_ token: SyncToken) { pending.append(.sync(token)) }

    mutating func completeHardState(_ token: SyncToken) {
        while let (first, state) = pendingHardStates.first, first <= token {
            hardState = state
            pendingHardStates.removeFirst()
        }
    }

    mutating func completeLog(_ token: SyncToken) {
        while let change = pending.first {
            pending.removeFirst()
            switch change {
            case .append(let added): entries += added
            case .truncate(let index):
                entries.removeLast(entries.count - index.previous.rawValue)
            case .sync(let done):
                if done == token { return }
            }
        }
    }

    mutating func losePower() {
        pendingHardStates = []
        pending = []
    }
}
