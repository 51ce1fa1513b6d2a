import Vocabulary

/// What happens later, in the order of time; what is due at one instant, in the order of arrival.
struct EventQueue<Element> {
    private var heap: [(time: Instant, order: Int, element: Element)] = []
    private var count = 0

    /// When the next element is due.
    var nextTime: Instant { heap.first?.time ?? .distantFuture }

    mutating func push(_ element: Element, at time: Instant) {
        count += 1
        heap.append((time, count, element))
        var child = heap.count - 1
        while child > 0, precedes(child, (child - 1) / 2) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> (Instant, Element)? {
        guard let first = heap.first else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && precedes(child, least) { least = child }
            if least == parent { return (first.time, first.element) }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    private func precedes(_ left: Int, _ right: Int) -> Bool {
        (heap[left].time, heap[left].order) < (heap[right].time, heap[right].order)
    }
}
