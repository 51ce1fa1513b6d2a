import HistoryModel

/// Some of the keys of a history, for one of several cores that take keys apart side by side.
struct KeyShare: Hashable, Sendable {
    /// Which share, from 0.
    var part: Int
    /// How many shares there are.
    var parts: Int

    /// All keys.
    static let whole = KeyShare(part: 0, parts: 1)

    /// Whether operations with this code belong to the share.
    @inline(__always)
    func takes(_ code: ValueCode) -> Bool {
        parts == 1
            || Int(code.mixed >> 8 & 0xffff) % parts == part
    }
}

extension LinearizabilityChecker {
    /// Groups operations, in the order of the values that they are grouped by.
    ///
    /// - Parameters:
    ///   - members: Where they stand in the list; nil for all that there are.
    ///   - list: The operations.
    ///   - code: What they are grouped by.
    ///   - count: How many there are about, if there are no members.
    ///   - isWanted: Which of the groups.
    /// - Returns: The places of each group, in their order.
    /// - Complexity: O(n + k log k) for k groups.
    static func groups(
        _ members: [Int32]? = nil, of list: OperationList, by code: (PackedOperation) -> ValueCode,
        expecting count: Int = 0, where isWanted: (ValueCode) -> Bool = { _ in true }
    ) -> [(key: Value, members: [Int32])] {
        var sorting = GroupSorting(expecting: members?.count ?? count)
        if let members {
            list.forEach(at: members) { place, operation in
                sorting.add(place, code(operation))
                return true
            }
        } else {
            list.packed.withUnsafeBufferPointer { packed in
                for place in packed.indices {
                    let code = code(packed[place])
                    if isWanted(code) { sorting.add(Int32(place), code) }
                }
            }
        }
        return sorting.groups().map { (list.pool.value(of: $0), $1) }.sorted { $0.0 < $1.0 }
    }
}

/// Places sorted by group: counted first, then dealt out, so that nothing has to grow.
private struct GroupSorting {
    private var numbers = CodeNumbers(expecting: 16)
    private var places: [(place: Int32, group: Int32)] = []
    private var sizes: [Int] = []
    private var last = (code: ValueCode.absent, group: Int32(-1))

    init(expecting count: Int) { places.reserveCapacity(count) }

    @inline(__always)
    mutating func add(_ place: Int32, _ code: ValueCode) {
        // In a history without keys all have the same.
        if code != last.code || last.group < 0 {
            last = (code, numbers.number(code))
            if Int(last.group) == sizes.count { sizes.append(0) }
        }
        sizes[Int(last.group)] += 1
        places.append((place, last.group))
    }

    /// The groups in the order in which they were met.
    consuming func groups() -> [(code: ValueCode, members: [Int32])] {
        var starts: [Int] = []
        var start = 0
        for size in sizes {
            starts.append(start)
            start += size
        }
        var next = starts
        let dealt = [Int32](unsafeUninitializedCapacity: places.count) { dealt, count in
            for (place, group) in places {
                dealt.initializeElement(at: next[Int(group)], to: place)
                next[Int(group)] += 1
            }
            count = places.count
        }
        places = []
        guard sizes.count > 1 else { return numbers.codes.map { ($0, dealt) } }
        return numbers.codes.enumerated().map { number, code in
            (code, Array(dealt[starts[number]..<next[number]]))
        }
    }
}
