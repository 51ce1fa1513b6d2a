/// The names of the fields that an event has had so far, each of which may come once.
///
/// One for all events of a file, so that not every event makes room for names of its own.
struct FieldNames {
    /// A bit for each field that is known.
    private var known: UInt16 = 0
    /// Where the names of others stand.
    private var others: [Range<Int>] = []
    /// The names of others in which something is escaped.
    private var escaped: [String] = []

    /// Begins the next event.
    @inline(__always)
    mutating func begin() {
        known = 0
        if !others.isEmpty { others.removeAll(keepingCapacity: true) }
        if !escaped.isEmpty { escaped.removeAll() }
    }

    /// Notes a field; false if the event has had it.
    @inline(__always)
    mutating func note(_ field: EventField) -> Bool {
        let bit: UInt16 = 1 << UInt16(field.rawValue)
        defer { known |= bit }
        return known & bit == 0
    }

    /// Notes a field that says nothing to us, by the place of its name; false if the event has had
    /// one of this name.
    mutating func note(_ name: Range<Int>, in bytes: [UInt8]) -> Bool {
        for other in others
        where other.count == name.count && bytes[other].elementsEqual(bytes[name]) {
            return false
        }
        others.append(name)
        return !escaped.contains { $0.utf8.elementsEqual(bytes[name]) }
    }

    /// The same for a name that can't be read off its place.
    mutating func note(_ name: String, in bytes: [UInt8]) -> Bool {
        defer { escaped.append(name) }
        return !escaped.contains { $0.utf8.elementsEqual(name.utf8) }
            && !others.contains { bytes[$0].elementsEqual(name.utf8) }
    }
}
