extension Array {
    /// The first place from which on `belongs` holds, in an array that is ordered by it.
    ///
    /// - Complexity: O(log n).
    func firstPlace(where belongs: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if belongs(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension [Int] {
    /// How many of these rising numbers are smaller.
    func countBelow(_ limit: Int) -> Int { firstPlace { $0 >= limit } }
}
