/// The functions of a history by the order in which they were met.
struct FunctionTable: Sendable {
    private(set) var all: [Function] = []
    /// Where a function stands, once there are more than a glance finds.
    private var places: [Function: Int] = [:]

    /// About how many bytes of memory it takes.
    private(set) var bytesHeld = 0

    private static let fewMax = 16

    subscript(number: Int) -> Function { all[number] }

    /// The number of a function, a new one if it was not met before.
    ///
    /// - Complexity: O(1); there are few functions, and a glance beats hashing their names.
    mutating func number(of function: Function) -> Int {
        if all.count <= Self.fewMax {
            for (number, known) in all.enumerated()
            where known.rawValue.utf8.count == function.rawValue.utf8.count && known == function {
                return number
            }
        } else if let known = places[function] {
            return known
        }
        all.append(function)
        bytesHeld += 100 + function.rawValue.utf8.count
        if all.count == Self.fewMax + 1 {
            for (number, known) in all.enumerated() { places[known] = number }
        } else if all.count > Self.fewMax {
            places[function] = all.count - 1
        }
        return all.count - 1
    }
}
