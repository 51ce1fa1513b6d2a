/// What a node knows of its disk: what is durable, and what waits for it.
struct GossipPersistence: Sendable {
    /// An effect that would reveal what is not durable yet.
    struct HeldEffect: Sendable {
        var token: SyncToken
        var effect: GossipEffect
    }

    /// The token of what was handed to the disk last.
    private(set) var requested = SyncToken(0)
    var saved = SyncToken(0)
    /// What changed in the current step.
    private(set) var unsaved: [StoreRecord] = []
    var held: [HeldEffect] = []

    /// The token of what changes now.
    var next: SyncToken { SyncToken(requested.rawValue + 1) }
    /// What must be saved before everything in memory is durable.
    var latest: SyncToken { unsaved.isEmpty ? requested : next }

    mutating func add(_ record: StoreRecord) { unsaved.append(record) }

    /// Hands over what changed.
    mutating func request() -> ([StoreRecord], SyncToken)? {
        guard !unsaved.isEmpty else { return nil }
        requested = next
        defer { unsaved = [] }
        return (unsaved, requested)
    }
}
