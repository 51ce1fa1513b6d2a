import Objects

// What is done to objects and what they answer; the same form on the wire and on disk.

extension WireOperation {
    init(_ operation: ObjectOperation) {
        switch operation {
        case .read: read = WireNothing()
        case .write(let value): write = value
        case .compareAndSet(let expected, let new):
            compareAndSet.new = new
            if let expected { compareAndSet.expected = expected }
        case .enqueue(let value): enqueue = value
        case .dequeue: dequeue = WireNothing()
        case .addElement(let element): addElement = element
        case .readSet: readSet = WireNothing()
        case .acquire(let holder): acquire = holder
        case .release(let holder): release = holder
        case .addNumber(let amount): addNumber = amount
        case .readCounter: readCounter = WireNothing()
        case .append(let element): append = element
        case .writeList(let elements): writeList = WireElements(elements)
        case .readList: readList = WireNothing()
        case .nextID: nextID = WireNothing()
        }
    }
}

extension ObjectOperation {
    init(_ wire: WireOperation) throws(FrameError) {
        switch wire.kind {
        case .read: self = .read
        case .write(let value): self = .write(value)
        case .compareAndSet(let cas):
            self = .compareAndSet(expected: cas.hasExpected ? cas.expected : nil, new: cas.new)
        case .enqueue(let value): self = .enqueue(value)
        case .dequeue: self = .dequeue
        case .addElement(let element): self = .addElement(element)
        case .readSet: self = .readSet
        case .acquire(let holder): self = .acquire(holder: holder)
        case .release(let holder): self = .release(holder: holder)
        case .addNumber(let amount): self = .addNumber(amount)
        case .readCounter: self = .readCounter
        case .append(let element): self = .append(element)
        case .writeList(let elements): self = .writeList(elements.values)
        case .readList: self = .readList
        case .nextID: self = .nextID
        case nil: throw .malformed(field: "operation")
        }
    }
}

extension WireElements {
    fileprivate init(_ elements: [Int64]) { values = elements }
}

extension WireFound {
    fileprivate init(_ value: Int64?) {
        if let value { self.value = value }
    }

    fileprivate var optional: Int64? { hasValue ? value : nil }
}

extension WireResult {
    init(_ result: ObjectResult) {
        switch result {
        case .done: done = WireNothing()
        case .value(let value): self.value = WireFound(value)
        case .elements(let elements): self.elements = WireElements(elements)
        case .refused(let refusal): refused = WireRefusal(refusal)
        }
    }
}

extension ObjectResult {
    init(_ wire: WireResult) throws(FrameError) {
        switch wire.kind {
        case .done: self = .done
        case .value(let found): self = .value(found.optional)
        case .elements(let elements): self = .elements(elements.values)
        case .refused(let refusal): self = .refused(try ObjectRefusal(refusal))
        case nil: throw .malformed(field: "result")
        }
    }
}

extension WireRefusal {
    fileprivate init(_ refusal: ObjectRefusal) {
        switch refusal {
        case .mismatch(let found): mismatch = WireFound(found)
        case .held: held = WireNothing()
        case .notHeld: notHeld = WireNothing()
        case .overflow: overflow = WireNothing()
        case .wrongObject: wrongObject = WireNothing()
        }
    }
}

extension ObjectRefusal {
    fileprivate init(_ wire: WireRefusal) throws(FrameError) {
        switch wire.reason {
        case .mismatch(let found): self = .mismatch(found: found.optional)
        case .held: self = .held
        case .notHeld: self = .notHeld
        case .overflow: self = .overflow
        case .wrongObject: self = .wrongObject
        case nil: throw .malformed(field: "refusal")
        }
    }
}
