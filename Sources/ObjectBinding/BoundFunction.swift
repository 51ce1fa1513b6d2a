public import HistoryModel
public import Objects
public import Workloads

/// A function of a type of object, and the operation of the store that it asks for.
public struct BoundFunction: Sendable {
    /// The type of object.
    public var object: ObjectType
    /// The function's name in workloads and histories.
    public var function: Function
    /// What an invocation asks of the store; nil if its value makes no sense.
    public var operation: @Sendable (Invocation) -> ObjectOperation?

    /// Binds a function; see the properties.
    public init(
        _ object: ObjectType, _ function: Function,
        _ operation: @escaping @Sendable (Invocation) -> ObjectOperation?
    ) {
        self.object = object
        self.function = function
        self.operation = operation
    }
}

extension BoundFunction {
    /// Binds a function that takes no value.
    init(_ object: ObjectType, _ function: Function, is operation: ObjectOperation) {
        self.init(object, function, { _ in operation })
    }

    /// Binds a function whose value is a whole number.
    init(
        _ object: ObjectType, _ function: Function,
        of operation: @escaping @Sendable (Int64) -> ObjectOperation
    ) {
        self.init(object, function, { $0.operation.value.integer.map(operation) })
    }

    /// Binds a function that a client does in its own name, which is the number of its process.
    init(
        _ object: ObjectType, _ function: Function,
        by operation: @escaping @Sendable (Int64) -> ObjectOperation
    ) {
        self.init(object, function, { operation(Int64($0.process.rawValue)) })
    }
}

extension Value {
    /// The whole number, if the value is one.
    var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
}
