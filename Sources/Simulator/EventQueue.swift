import Vocabulary

/// What happens later, in the order of time; what is due at one instant, in the order of arrival.
///
/// A heap of small keys beside a slab of what they stand for, since the keys are moved a lot.
/// - Complexity: O(log n) to push and to pop.
struct EventQueue<Element: Sendable>: Sendable {
    private struct Key: Sendable {
        var time: Instant
        var order: Int
        var slot: Int

        func precedes(_ other: Key) -> Bool {
            time == other.time ? order < other.order : time < other.time
        }
    }

    private var heap: [Key] = []
    private var slab: [Element?] = []
    private var free: [Int] = []
    private var pushed = 0

    /// When the next element is due.
    var nextTime: Instant { heap.first?.time ?? .distantFuture }

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
        let key = Key(time: time, order: pushed, slot: slot)
        heap.append(key)
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard key.precedes(heap[parent]) else { break }
            heap[child] = heap[parent]
            child = parent
        }
        heap[child] = key
    }

    mutating func pop() -> (time: Instant, element: Element)? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        if !heap.isEmpty { sink(last) }
        free.append(first.slot)
        // Taken out, so that no copy of what it refers to stays behind.
        guard let element = slab[first.slot].take() else { return nil }
        return (first.time, element)
    }

    /// Puts a key in at the top and lets it down to its place.
    private mutating func sink(_ key: Key) {
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
