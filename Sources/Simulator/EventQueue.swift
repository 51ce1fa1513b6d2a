import Vocabulary

/// What happens later, in the order of time; what is due at one instant, in the order of arrival.
///
/// A heap of small keys beside a slab of what they stand for, since the keys are moved a lot.
/// - Complexity: O(log n) to push and to pop.
struct EventQueue<Element: Sendable>: Sendable {
    /// Sixteen bytes, four keys to a line of the processor's cache.
    private struct Key: Sendable {
        var time: Int64
        /// The order of arrival, from the highest bit down to ``slotBits``, and the slot below it.
        var orderAndSlot: UInt64

        @inline(__always)
        func precedes(_ other: Key) -> Bool {
            time == other.time ? orderAndSlot < other.orderAndSlot : time < other.time
        }
    }

    /// How many bits number the slots: 16 million elements wait at once at most, which would be
    /// many gigabytes, and 10^12 are pushed at most.
    private static var slotBits: UInt64 { 24 }

    private var heap: [Key] = []
    private var slab: [Element?] = []
    private var free: [Int] = []
    private var pushed: UInt64 = 0

    /// When the next element is due.
    var nextTime: Instant {
        heap.first.map { Instant(nanoseconds: $0.time) } ?? .distantFuture
    }

    mutating func push(_ element: Element, at time: Instant) {
        pushed += 1
        let slot: Int
        if let reused = free.popLast() {
            slot = reused
            slab[slot] = element
        } else {
            slot = slab.count
            slab.append(element)
        }
        precondition(slot < 1 << Self.slotBits, "more than 16 million events wait at once")
        rise(
            Key(time: time.nanoseconds, orderAndSlot: pushed << Self.slotBits | UInt64(slot)))
    }

    mutating func pop() -> (time: Instant, element: Element)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty { sink(last) }
        let slot = Int(first.orderAndSlot & (1 << Self.slotBits - 1))
        free.append(slot)
        // Taken out, so that no copy of what it refers to stays behind.
        guard let element = slab[slot].take() else { return nil }
        return (Instant(nanoseconds: first.time), element)
    }

    /// Puts a key in at the bottom and lets it up to its place.
    private mutating func rise(_ key: Key) {
        heap.append(key)
        heap.withUnsafeMutableBufferPointer { heap in
            var child = heap.count - 1
            while child > 0 {
                let parent = (child - 1) / 2
                guard key.precedes(heap[parent]) else { break }
                heap[child] = heap[parent]
                child = parent
            }
            heap[child] = key
        }
    }

    /// Puts a key in at the top and lets it down to its place.
    private mutating func sink(_ key: Key) {
        heap.withUnsafeMutableBufferPointer { heap in
            var parent = 0
            while true {
                var least = 2 * parent + 1
                guard least < heap.count else { break }
                if least + 1 < heap.count, heap[least + 1].precedes(heap[least]) { least += 1 }
                guard heap[least].precedes(key) else { break }
                heap[parent] = heap[least]
                parent = least
            }
            heap[parent] = key
        }
    }
}
