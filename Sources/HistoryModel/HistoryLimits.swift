/// The bounds of what a history or a run can hold, whoever wrote it.
///
/// They are checked where something is read, so that nothing behind the readers asks again: the
/// difference of any two times, and any number plus one, fits in 64 bits.
public enum HistoryLimits {
    /// The times of a history from elsewhere, in nanoseconds: from 36 years before a zero of its
    /// own, or of the Unix epoch, to 146 years after it.
    public static let times: ClosedRange<Int64> = -(1 << 60)...(1 << 62)
    /// The times of a run file, in nanoseconds since the run began: 36 years to each side.
    public static let runTimes: ClosedRange<Int64> = -(1 << 60)...(1 << 60)
    /// Indexes, terms, versions and counts; a report's script has no exact numbers beyond these.
    public static let numbers: ClosedRange<Int> = 0...((1 << 53) - 1)
    /// The numbers of clients.
    public static let processes: ClosedRange<Int> = -((1 << 53) - 1)...((1 << 53) - 1)
    /// The numbers of nodes: whoever sizes something by them must be able to.
    public static let nodes: ClosedRange<Int> = 0...1_000_000
    /// How deep values may be nested, so that no file can exhaust the stack.
    public static let depthMax = 100
    /// How many events a history can have: places are numbers of 32 bits.
    public static let eventsMax = Int(Int32.max)
    /// The bytes of one event of a text, or of one line: what is read at a time.
    public static let eventBytesMax = 16 << 20
}
