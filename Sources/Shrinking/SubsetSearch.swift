/// Finds a small part of a set that still fails: delta debugging, as a machine that is asked for the
/// next part to try and told whether it fails.
///
/// Source: Zeller & Hildebrandt, "Simplifying and isolating failure-inducing input" (2002), §3, with
/// two changes: only complements are tried (a single chunk fails by itself so rarely that trying it
/// costs more than it saves), and after a success the search goes on where it stood. The result is
/// 1-minimal: no single element can be left out.
/// - Complexity: O(k log(n/k)) tries if a part of k of n elements always fails, O(n²) at worst.
struct SubsetSearch: Sendable {
    /// The smallest part that is known to fail, in order.
    private(set) var kept: [Int]
    /// The part that is being tried, or nil.
    private var candidate: [Int]?
    private var triedNothing = false
    private var chunks: Int
    private var position = 0
    /// How many chunks in a row could not be left out.
    private var misses = 0

    /// Searches 0 ..< `count`; `fine` leaves out single elements from the start.
    init(count: Int, fine: Bool) {
        kept = Array(0..<count)
        chunks = fine ? count : min(2, count)
    }

    /// Whether the part to be tried next is nothing at all.
    var isBold: Bool { !triedNothing }

    /// The next part to try; nil if no single element can be left out.
    mutating func next() -> [Int]? {
        guard !kept.isEmpty else { return nil }
        guard triedNothing else {
            candidate = []
            return []
        }
        if misses == chunks {
            guard chunks < kept.count else { return nil }
            chunks = min(2 * chunks, kept.count)
            misses = 0
            position = 0
        }
        // A single element is left out by trying nothing at all, which was done first.
        guard kept.count > 1 else { return nil }
        let start = position * kept.count / chunks
        let end = (position + 1) * kept.count / chunks
        let rest = Array(kept[..<start] + kept[end...])
        candidate = rest
        return rest
    }

    /// Learns whether the part that was returned last fails.
    mutating func record(fails: Bool) {
        guard let tried = candidate else { return }
        candidate = nil
        let wasNothing = !triedNothing
        triedNothing = true
        if fails {
            kept = tried
            chunks = min(max(chunks - 1, 2), kept.count)
            misses = 0
        } else if !wasNothing {
            misses += 1
            position += 1
        }
        if position >= chunks { position = 0 }
    }
}
