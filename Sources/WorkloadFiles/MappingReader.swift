internal import HistoryModel
internal import Vocabulary
internal import Yams

/// Reads the settings of one YAML mapping and remembers where each stands.
struct MappingReader {
    let path: String
    private let node: Node
    private let mapping: Node.Mapping

    init(_ node: Node, path: String) throws(WorkloadFileError) {
        self.path = path
        self.node = node
        guard let mapping = node.mapping else {
            throw Self.wrong(path, node, "expected settings as \"name: value\"")
        }
        self.mapping = mapping
    }

    /// Complains about the first setting whose name is none of `known`.
    func allowOnly(_ known: [String]) throws(WorkloadFileError) {
        for (key, _) in mapping {
            guard let name = key.string, known.contains(name) else {
                throw wrong(
                    key, NearestName.unknown("setting", key.string ?? "?", known: known))
            }
        }
    }

    func child(_ name: String) throws(WorkloadFileError) -> MappingReader? {
        guard let node = mapping[name] else { return nil }
        return try MappingReader(node, path: path)
    }

    func children(_ name: String) throws(WorkloadFileError) -> [MappingReader]? {
        guard let node = mapping[name] else { return nil }
        guard let sequence = node.sequence else {
            throw wrong(node, "\(name): expected a list")
        }
        var readers: [MappingReader] = []
        for element in sequence { readers.append(try MappingReader(element, path: path)) }
        return readers
    }

    func read(_ name: String, into value: inout String) throws(WorkloadFileError) {
        guard let node = mapping[name] else { return }
        value = try convert(node, name, "a text") { $0 }
    }

    func read(
        _ name: String, into value: inout Int, in range: ClosedRange<Int>
    ) throws(WorkloadFileError) {
        guard let node = mapping[name] else { return }
        value = try convert(
            node, name,
            "a whole number from \(range.lowerBound) to "
                + "\(range.upperBound)"
        ) { text in Int(text).flatMap { range.contains($0) ? $0 : nil } }
    }

    /// A whole number that may be left to be chosen; nil if the setting is absent.
    func read(
        _ name: String, optional value: inout Int?, in range: ClosedRange<Int>
    ) throws(WorkloadFileError) {
        guard mapping[name] != nil else { return }
        var number = range.lowerBound
        try read(name, into: &number, in: range)
        value = number
    }

    func read(_ name: String, into value: inout UInt64) throws(WorkloadFileError) {
        guard let node = mapping[name] else { return }
        value = try convert(node, name, "a whole number that is not negative") { UInt64($0) }
    }

    func read(_ name: String, into value: inout Bool) throws(WorkloadFileError) {
        guard let node = mapping[name] else { return }
        value = try convert(node, name, "true or false") { Bool($0) }
    }

    /// Whether the file has this setting.
    func has(_ name: String) -> Bool { mapping[name] != nil }

    /// A length of time, from `least` up to `most`.
    func read(
        _ name: String, duration value: inout Nanoseconds, least: Nanoseconds = 0,
        most: Nanoseconds = .max
    ) throws(WorkloadFileError) {
        guard let node = mapping[name] else { return }
        value = try convert(node, name, durationHint) { DurationText.parse($0) }
        guard value >= least else {
            throw wrong(node, "\(name): must not be shorter than \(DurationText.format(least))")
        }
        guard value <= most else {
            throw wrong(node, "\(name): must not be longer than \(DurationText.format(most))")
        }
    }

    func read(_ name: String, bytes value: inout Int) throws(WorkloadFileError) {
        guard let node = mapping[name] else { return }
        value = try convert(node, name, "an amount of memory such as 512MB") {
            ByteCountText.parse($0)
        }
    }

    /// A range of lengths of time within `bounds`, written as a list of two.
    func read(
        _ name: String, durations value: inout ClosedRange<Nanoseconds>,
        in bounds: ClosedRange<Nanoseconds> = 0...(.max)
    ) throws(WorkloadFileError) {
        guard let node = mapping[name] else { return }
        let hint = "a list of two lengths of time, the shorter first, such as [150ms, 300ms]"
        guard let parts = node.sequence, parts.count == 2 else {
            throw wrong(node, "\(name): expected \(hint)")
        }
        let low = try convert(parts[0], name, durationHint) { DurationText.parse($0) }
        let high = try convert(parts[1], name, durationHint) { DurationText.parse($0) }
        guard low <= high else { throw wrong(node, "\(name): expected \(hint)") }
        guard bounds.contains(low), bounds.contains(high) else {
            throw wrong(
                node,
                "\(name): expected times from \(DurationText.format(bounds.lowerBound)) to "
                    + DurationText.format(bounds.upperBound))
        }
        value = low...high
    }

    /// A rate: a number, or `unlimited`.
    func read(_ name: String, rate value: inout Double?) throws(WorkloadFileError) {
        guard let node = mapping[name] else { return }
        value = try convert(node, name, RateText.hint) { RateText.parse($0) }.value
    }

    func read<Element>(
        _ name: String, list value: inout [Element], _ expected: String,
        _ element: (String) -> Element?
    ) throws(WorkloadFileError) {
        guard let node = mapping[name] else { return }
        guard let sequence = node.sequence else {
            throw wrong(node, "\(name): expected a list")
        }
        var elements: [Element] = []
        for item in sequence { elements.append(try convert(item, name, expected, element)) }
        value = elements
    }

    func read<Element>(
        _ name: String, into value: inout Element, _ expected: String,
        _ element: (String) -> Element?
    ) throws(WorkloadFileError) {
        guard let node = mapping[name] else { return }
        value = try convert(node, name, expected, element)
    }

    /// One of the cases of an enumeration, by its raw value.
    func read<Choice: RawRepresentable & CaseIterable>(
        _ name: String, choice value: inout Choice
    ) throws(WorkloadFileError) where Choice.RawValue == String {
        let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        try read(name, into: &value, "one of \(names)") { Choice(rawValue: $0) }
    }

    /// Any value, or nothing if the setting is absent; see ``Value/init(_:)``.
    func read(_ name: String, value: inout Value?) throws(WorkloadFileError) {
        guard let node = mapping[name] else { return }
        guard let read = Value(node) else {
            throw wrong(node, "\(name): expected null, a truth value, a number, a text or a list")
        }
        value = read
    }

    /// Complains if one of these settings is absent.
    func require(_ names: [String]) throws(WorkloadFileError) {
        for name in names where mapping[name] == nil {
            throw wrong(node, "expected \"\(name)\", too")
        }
    }

    /// An error at the place of a setting.
    func wrong(at name: String, _ message: String) -> WorkloadFileError {
        wrong(mapping[name] ?? node, "\(name): \(message)")
    }

    private let durationHint = "a length of time such as 60s, 250ms or 10m"

    private func convert<Result>(
        _ node: Node, _ name: String, _ expected: String, _ parse: (String) -> Result?
    ) throws(WorkloadFileError) -> Result {
        guard let text = node.scalar?.string else {
            throw wrong(node, "\(name): expected \(expected)")
        }
        guard let result = parse(text) else {
            throw wrong(node, "\(name): expected \(expected), found \"\(text)\"")
        }
        return result
    }

    private func wrong(_ node: Node, _ message: String) -> WorkloadFileError {
        Self.wrong(path, node, message)
    }

    private static func wrong(
        _ path: String, _ node: Node, _ message: String
    ) -> WorkloadFileError {
        .wrong(
            path: path, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1,
            message: message)
    }
}
