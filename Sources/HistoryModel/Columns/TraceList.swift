import Vocabulary

/// What the nodes of a run said of themselves, packed into 24 bytes an event.
///
/// Behaves like an array of ``NodeTraceEvent``; whole events are put together when asked for. A run
/// has two or three of them for each operation.
public struct TraceList: Sendable {
    private struct Packed: Sendable, BitwiseCopyable {
        var time: Instant
        var hash: UInt64
        /// The lower half of the index.
        var index: UInt32
        /// The place of its kind among all.
        var kind: UInt32
    }

    /// What many events have in common.
    private struct Kind: Hashable, Sendable {
        var node: NodeID
        var name: String
        var term: Int?
        var entryTerm: Int?
        var count: Int?
        var hasHash: Bool
        var hasDetail: Bool
        /// The upper half of the index; nil if there is none.
        var indexHigh: Int?
    }

    private var packed: [Packed] = []
    private var kinds: [Kind] = []
    private var kindPlaces: [Kind: UInt32] = [:]
    /// The details, and the places of the events that have one, in their order.
    private var details: [String] = []
    private var detailed: [UInt32] = []

    /// Makes an empty list.
    public init() {}

    private func event(at place: Int) -> NodeTraceEvent {
        let event = packed[place]
        let kind = kinds[Int(event.kind)]
        return NodeTraceEvent(
            time: event.time, node: kind.node, name: kind.name, term: kind.term,
            index: kind.indexHigh.map { $0 << 32 | Int(event.index) },
            hash: kind.hasHash ? event.hash : nil, entryTerm: kind.entryTerm, count: kind.count,
            detail: kind.hasDetail ? details[detailPlace(of: place)] : nil)
    }

    /// Where the detail of an event stands.
    ///
    /// - Complexity: O(log n) in the number of events that have one.
    private func detailPlace(of place: Int) -> Int {
        var low = 0
        var high = detailed.count
        while low < high {
            let middle = (low + high) / 2
            if detailed[middle] < place { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private mutating func place(of kind: Kind) -> UInt32 {
        if let known = kindPlaces[kind] { return known }
        let place = UInt32(kinds.count)
        kindPlaces[kind] = place
        kinds.append(kind)
        return place
    }
}

extension TraceList: RandomAccessCollection, MutableCollection, RangeReplaceableCollection {
    /// The place of the first event.
    public var startIndex: Int { 0 }
    /// The place behind the last event.
    public var endIndex: Int { packed.count }

    /// The event at a place.
    ///
    /// - Complexity: O(log n) to get, for a detail has to be found; O(n) to set.
    public subscript(place: Int) -> NodeTraceEvent {
        get { event(at: place) }
        set { replaceSubrange(place..<place + 1, with: [newValue]) }
    }

    /// Appends an event.
    ///
    /// - Complexity: O(1).
    public mutating func append(_ event: NodeTraceEvent) {
        let kind = Kind(
            node: event.node, name: event.name, term: event.term, entryTerm: event.entryTerm,
            count: event.count, hasHash: event.hash != nil, hasDetail: event.detail != nil,
            indexHigh: event.index.map { $0 >> 32 })
        if let detail = event.detail {
            detailed.append(UInt32(packed.count))
            details.append(detail)
        }
        packed.append(
            Packed(
                time: event.time, hash: event.hash ?? 0,
                index: UInt32(truncatingIfNeeded: event.index ?? 0), kind: place(of: kind)))
    }

    /// Makes room for so many events.
    public mutating func reserveCapacity(_ count: Int) { packed.reserveCapacity(count) }

    /// Replaces some events by others.
    ///
    /// - Complexity: O(n), besides at the end.
    public mutating func replaceSubrange(
        _ range: Range<Int>, with events: some Collection<NodeTraceEvent>
    ) {
        if range.isEmpty, range.lowerBound == endIndex {
            for event in events { append(event) }
            return
        }
        var all = Array(self)
        all.replaceSubrange(range, with: events)
        self = TraceList(all)
    }
}

extension TraceList: ExpressibleByArrayLiteral, Hashable {
    /// Makes a list of these events.
    public init(arrayLiteral events: NodeTraceEvent...) { self.init(events) }

    /// Whether both hold the same events in the same order.
    public static func == (left: TraceList, right: TraceList) -> Bool {
        left.count == right.count && left.elementsEqual(right)
    }

    /// Hashes how many there are, and the ends.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        hasher.combine(first)
        hasher.combine(last)
    }
}
