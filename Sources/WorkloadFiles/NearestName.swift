/// Finds the name that somebody probably meant.
public enum NearestName {
    /// The candidate with the fewest edits from `name`; nil if all take so many that none is meant.
    ///
    /// - Complexity: O(c · n · m) for c candidates and names of n and m characters.
    public static func nearest(to name: String, among candidates: [String]) -> String? {
        let distances = candidates.map { (name: $0, edits: distance(name, $0)) }
        guard let nearest = distances.min(by: { $0.edits < $1.edits }),
            nearest.edits <= (name.count < 4 ? 1 : max(2, name.count / 3))
        else { return nil }
        return nearest.name
    }

    /// A sentence for an unknown name: the nearest one that exists, then all of them.
    public static func unknown(_ what: String, _ name: String, known: [String]) -> String {
        let guess = nearest(to: name, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
        let list = known.isEmpty ? "none" : known.joined(separator: ", ")
        return "there is no \(what) \"\(name)\"\(guess) (known: \(list))"
    }

    /// The Levenshtein distance, in which a name that contains the other is near.
    private static func distance(_ left: String, _ right: String) -> Int {
        if !left.isEmpty && right.hasPrefix(left) { return 1 }
        let a = Array(left)
        let b = Array(right)
        var row = Array(0...b.count)
        for i in 0..<a.count {
            var diagonal = row[0]
            row[0] = i + 1
            for j in 0..<b.count {
                let substitution = diagonal + (a[i] == b[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substitution, diagonal + 1, row[j] + 1)
            }
        }
        return row[b.count]
    }
}
