import Subprocess
import SystemPackage
import Vocabulary

/// One process that a node is to be started as, from its spawning to its end.
struct SpawnOrder {
    let launch: NodeLaunch
    let log: LogFile
    let logDescriptor: FileDescriptor
    let lifeline: Lifeline
    let processGroup: Int32
    let readyTimeout: Duration

    /// Opens what the process needs.
    init(_ launch: NodeLaunch, processGroup: Int32, readyTimeout: Duration) throws {
        self.launch = launch
        self.processGroup = processGroup
        self.readyTimeout = readyTimeout
        (log, logDescriptor) = try LogFile.open(launch.logFile)
        do {
            lifeline = try Lifeline()
        } catch {
            try? logDescriptor.close()
            throw error
        }
    }

    /// Runs the process to its end and tells the cluster of each step.
    func run(for cluster: Cluster) async {
        var options = PlatformOptions()
        options.processGroupID = processGroup
        do {
            let result = try await Subprocess.run(
                .path(FilePath(launch.executable)), arguments: Arguments(launch.arguments),
                environment: environment, workingDirectory: FilePath(launch.directory),
                platformOptions: options,
                input: .fileDescriptor(lifeline.far, closeAfterSpawningProcess: true),
                output: .sequence,
                error: .fileDescriptor(logDescriptor, closeAfterSpawningProcess: true)
            ) { execution in
                await cluster.spawned(launch.node, process: execution.processIdentifier.value)
                await listen(to: execution.standardOutput, for: cluster)
            }
            await cluster.ended(launch.node, ExitStatus(result.terminationStatus), log.tail())
        } catch {
            await cluster.failedToSpawn(launch, reason: "\(error)")
        }
        lifeline.release()
    }

    private func listen(
        to output: SubprocessOutputSequence, for cluster: Cluster
    ) async {
        await withTaskGroup { group in
            group.addTask {
                // Cancelled as soon as the node is ready or has ended.
                guard (try? await Task.sleep(for: readyTimeout)) != nil else { return }
                await cluster.readinessExpired(launch.node)
            }
            do {
                for try await line in output.strings() {
                    if await cluster.said(launch.node, line) { group.cancelAll() }
                }
            } catch {
                // The pipe is torn down when the process ends; its status says all there is to say.
            }
            group.cancelAll()
        }
    }

    private var environment: Environment {
        .inherit.updating(
            Dictionary(
                launch.environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) },
                uniquingKeysWith: { first, _ in first }))
    }
}
