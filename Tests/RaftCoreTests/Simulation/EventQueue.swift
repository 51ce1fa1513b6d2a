import Vocabulary

/// What happens later, in the order of time; what is due at one instant, in the order of arrival.
///
/// A heap of small keys beside a slab of what they stand for, since the keys are moved a lot.
struct EventQueue {
    private struct Key {
        var time: Instant
        var order: Int
        var slot: Int

        func precedes(_ other: Key) -> Bool {
            time == other.time ? order < other.order : time < other.time
        }
    }

    private var heap: [Key] = []
    private var slab: [SimulatedCluster.SystemEvent] = []
    private var free: [Int] = []
    private var count = 0

    /// When the next element is due.
    var nextTime: Instant { heap.first?.time ?? .distantFuture }

    mutating func push(_ element: SimulatedCluster.SystemEvent, at time: Instant) {
        count += 1
        let slot = free.popLast() ?? slab.count
        if slot == slab.count { slab.append(element) } else { slab[slot] = element }
        heap.append(Key(time: time, order: count, slot: slot))
        var child = heap.count - 1
        while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> (Instant, SimulatedCluster.SystemEvent)? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            let left = 2 * parent + 1
            if left < heap.count, heap[left].precedes(heap[least]) { least = left }
            if left + 1 < heap.count, heap[left + 1].precedes(heap[least]) { least = left + 1 }
            if least == parent { break }
            heap.swapAt(parent, least)
            parent = least
        }
        free.append(first.slot)
        return (first.time, slab[first.slot])
    }
}
