import Objects
import Testing

@Suite struct `A store of objects` {
    private var store = ObjectStore()

    private mutating func run(_ operations: ObjectOperation..., on key: String = "x")
        -> [ObjectResult]
    {
        operations.map { store.execute($0, on: key) }
    }

    @Test mutating func `a register holds the last value that was written or set`() {
        #expect(
            run(.read, .write(1), .read, .compareAndSet(expected: 1, new: 2), .read) == [
                .value(nil), .done, .value(1), .done, .value(2),
            ])
        #expect(
            run(.compareAndSet(expected: 1, new: 3), .compareAndSet(expected: nil, new: 3), .read)
                == [.refused(.mismatch(found: 2)), .refused(.mismatch(found: 2)), .value(2)])
        #expect(run(.compareAndSet(expected: nil, new: 3), on: "y") == [.done])
    }

    @Test mutating func `a queue gives back what came first, and nothing when it is empty`() {
        #expect(
            run(.dequeue, .enqueue(1), .enqueue(2), .dequeue, .enqueue(3), .dequeue, .dequeue)
                == [.value(nil), .done, .done, .value(1), .done, .value(2), .value(3)])
        #expect(run(.dequeue) == [.value(nil)])
    }

    @Test mutating func `a queue keeps its order over many rounds`() {
        for round in 0..<200 as Range<Int64> {
            let first = round * 3
            #expect(
                run(.enqueue(first), .enqueue(first + 1), .enqueue(first + 2), .dequeue, .dequeue)
                    == [.done, .done, .done, .value(round * 2), .value(round * 2 + 1)])
        }
        for value in 400..<600 as Range<Int64> { #expect(run(.dequeue) == [.value(value)]) }
        #expect(run(.dequeue) == [.value(nil)])
    }

    @Test mutating func `a set holds each element once, and is read in ascending order`() {
        #expect(
            run(.readSet, .addElement(3), .addElement(-1), .addElement(3), .addElement(2), .readSet)
                == [.elements([]), .done, .done, .done, .done, .elements([-1, 2, 3])])
    }

    @Test mutating func `a lock has one holder, who alone releases it, and rising tokens`() {
        #expect(
            run(
                .release(holder: 1), .acquire(holder: 1), .acquire(holder: 1), .acquire(holder: 2),
                .release(holder: 2), .release(holder: 1), .release(holder: 1), .acquire(holder: 2))
                == [
                    .refused(.notHeld), .value(1), .refused(.held), .refused(.held),
                    .refused(.notHeld), .done, .refused(.notHeld), .value(2),
                ])
        #expect(run(.acquire(holder: 1), on: "y") == [.value(1)])
    }

    @Test mutating func `a counter holds the sum, and refuses what it cannot hold`() {
        #expect(
            run(.readCounter, .addNumber(5), .addNumber(-7), .readCounter)
                == [.value(0), .done, .done, .value(-2)])
        #expect(
            run(.addNumber(.min), .readCounter, .addNumber(.max), .addNumber(.max))
                == [.refused(.overflow), .value(-2), .done, .refused(.overflow)])
    }

    @Test mutating func `a list holds its elements in the order of the appends`() {
        #expect(
            run(.readList, .append(2), .append(1), .append(2), .readList)
                == [.elements([]), .done, .done, .done, .elements([2, 1, 2])])
        #expect(run(.writeList([9]), .append(1), .readList) == [.done, .done, .elements([9, 1])])
    }

    @Test mutating func `no id comes twice for a key`() {
        #expect(run(.nextID, .nextID, .nextID) == [.value(1), .value(2), .value(3)])
        #expect(run(.nextID, on: "y") == [.value(1)])
    }

    /// The first change of each type of object.
    static let changes: [ObjectOperation] = [
        .write(1), .enqueue(1), .addElement(1), .acquire(holder: 1), .addNumber(1), .append(1),
        .nextID,
    ]
    static let reads: [ObjectOperation] = [.read, .readSet, .readCounter, .readList]

    @Test(arguments: changes.indices)
    mutating func `what belongs to another type of object is refused and changes nothing`(
        place: Int
    ) {
        let own: [[ObjectOperation]] = [
            [.read, .compareAndSet(expected: 1, new: 1)], [.dequeue], [.readSet],
            [.release(holder: 1)], [.readCounter], [.readList, .writeList([1])], [],
        ]
        _ = run(Self.changes[place])
        let before = store
        for other in own.indices where other != place {
            for operation in own[other] + [Self.changes[other]] {
                #expect(store.execute(operation, on: "x") == .refused(.wrongObject))
            }
        }
        #expect(store == before)
        for operation in own[place] {
            #expect(store.execute(operation, on: "x") != .refused(.wrongObject))
        }
    }

    @Test mutating func `a read makes no object`() {
        for read in Self.reads { _ = run(read) }
        #expect(store == ObjectStore())
        #expect(run(.enqueue(1)) == [.done])
    }

    @Test(arguments: changes)
    func `answers no change as if it were a read`(change: ObjectOperation) {
        #expect(store.answer(change, on: "x") == .refused(.wrongObject))
    }

    @Test func `queues are equal if the same values wait`() {
        var left = ObjectStore()
        var right = ObjectStore()
        for value in 1...3 as ClosedRange<Int64> { _ = left.execute(.enqueue(value), on: "x") }
        for value in 2...3 as ClosedRange<Int64> { _ = right.execute(.enqueue(value), on: "x") }
        #expect(left != right)
        _ = left.execute(.dequeue, on: "x")
        #expect(left == right)
        #expect(Set([left]).contains(right))
    }

    /// A copy of the elements with each change would take minutes.
    @Test mutating func `grows without copying what it holds`() {
        let count: Int64 = 100_000
        let start = ContinuousClock.now
        for number in 0..<count {
            _ = store.execute(.enqueue(number), on: "queue")
            _ = store.execute(.addElement(number), on: "set")
            _ = store.execute(.append(number), on: "list")
        }
        for number in 0..<count {
            #expect(store.execute(.dequeue, on: "queue") == .value(number))
        }
        #expect(ContinuousClock.now - start < .seconds(20))
    }
}
