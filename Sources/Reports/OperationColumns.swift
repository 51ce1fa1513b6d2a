import HistoryModel
import Vocabulary

/// The operations of a run as columns of packed numbers, as the page's script reads them.
struct OperationColumns: Encodable {
    /// Most operations that a page carries; of a longer run it carries every n-th.
    static let operationsMax = 200_000

    var count = 0
    /// Of the operations that went well or failed, one of so many is on the page.
    var stride = 1
    /// What a row stands for, and the labels of all rows.
    var rowName: String
    var rowLabels: [String]
    var functions: [String] = []
    var keys: [String] = []
    var actions: [String] = []
    var errors: [String] = []
    /// The packed columns by name.
    var columns: [String: String] = [:]

    /// Packs operations.
    ///
    /// - Parameters:
    ///   - figures: The run.
    ///   - axis: What times are measured in.
    ///   - marked: Indices of invocations that are on the page in any case.
    init(_ figures: RunFigures, axis: TimeAxis, marked: Set<Int>) {
        let operations = figures.operations
        let rows = ThreadRows(operations)
        rowName = rows.name
        rowLabels = rows.labels
        stride = max(1, (operations.count + Self.operationsMax - 1) / Self.operationsMax)
        let unknown = operations.packed.count { $0.outcome == .info }
        let unknownStride = max(1, unknown / Self.operationsMax)
        var packer = Packer(axis: axis)
        for (position, packed) in operations.packed.enumerated() {
            // What is unknown is rare and long; without it rows would have holes.
            guard
                position % stride == 0
                    || packed.outcome == .info && position % unknownStride == 0
                    || !marked.isEmpty && marked.contains(operations[position].call)
            else { continue }
            packer.append(operations[position], row: Int(rows.rows[position]))
            count += 1
        }
        functions = packer.functions.texts
        keys = packer.keys.texts
        actions = packer.actions.texts
        errors = packer.errors.texts
        columns = packer.columns.mapValues(\.base64)
    }

    private struct Packer {
        let axis: TimeAxis
        var functions = TextTable()
        var keys = TextTable()
        var actions = TextTable()
        var errors = TextTable()
        var columns: [String: PackedColumn] = [:]

        mutating func append(_ operation: Operation, row: Int) {
            let call = axis.call(of: operation)
            // 0 stands for an operation that never completed.
            let length = axis.return(of: operation).map { max(0, $0 - call) + 1 } ?? 0
            let outcome =
                switch operation.outcome {
                case .ok: 0
                case .fail: 1
                case .info: 2
                }
            columns["call", default: PackedColumn()].append(differenceTo: call)
            columns["length", default: PackedColumn()].append(length)
            columns["row", default: PackedColumn()].append(row)
            columns["process", default: PackedColumn()].append(operation.process.rawValue)
            let function = functions.slot(of: operation.function.rawValue)
            columns["kind", default: PackedColumn()].append(function * 3 + outcome)
            let key = operation.key.map { keys.slot(of: Display.plain($0)) + 1 } ?? 0
            columns["key", default: PackedColumn()].append(key)
            let action = actions.slot(of: Display.action(of: operation))
            columns["action", default: PackedColumn()].append(action)
            let error = operation.error.map { errors.slot(of: $0) + 1 } ?? 0
            columns["error", default: PackedColumn()].append(error)
            columns["node", default: PackedColumn()].append(operation.node?.rawValue ?? 0)
            columns["index", default: PackedColumn()].append(differenceTo: operation.call)
        }
    }
}
