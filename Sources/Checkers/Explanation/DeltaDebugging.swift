/// Which parts of a list to do without next: large ones first, then smaller ones, then each alone.
///
/// Whoever cuts something down tries to do without ``next`` and tells how that went.
///
/// Source: Zeller & Hildebrandt, "Simplifying and isolating failure-inducing input" (2002), §3; here a
/// part that could not be left out is not tried again, so that one element may be left that could.
/// - Complexity: O(k log n) tries if k of n elements have to stay where they are far apart.
struct DeltaDebugging<Element> {
    /// What could not be left out so far, in order.
    private(set) var left: [Element]
    private var size: Int
    private var start = 0

    /// Nothing tried yet.
    init(_ elements: [Element]) {
        left = elements
        size = elements.count
    }

    /// The part to try next; nil if every element that is left was tried alone.
    var next: ArraySlice<Element>? {
        start < left.count ? left[start..<min(start + size, left.count)] : nil
    }

    /// Everything without the part to try next.
    var rest: [Element] {
        var rest = left
        if let next { rest.removeSubrange(next.indices) }
        return rest
    }

    /// Learns whether the part could be left out.
    mutating func record(isLeftOut: Bool) {
        guard let next else { return }
        if isLeftOut { left.removeSubrange(next.indices) } else { start += size }
        guard start >= left.count, size > 1 else { return }
        size /= 2
        start = 0
    }
}

extension DeltaDebugging: Sendable where Element: Sendable {}
