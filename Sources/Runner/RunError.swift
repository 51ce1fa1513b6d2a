/// Why a run could not be carried out.
public enum RunError: Error, Hashable, CustomStringConvertible {
    /// The folder for the run can't be made.
    case folder(path: String, reason: String)

    /// What is wrong and what to do.
    public var description: String {
        switch self {
        case .folder(let path, let reason):
            "can't make the folder \(path) for the run: \(reason); "
                + "choose another place with --reports"
        }
    }
}
