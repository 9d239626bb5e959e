using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Clock;
using DeviceHarness.Agent.Journal;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Agent.Session;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent;

/// <summary>Runs a rig agent: opens the journal, drives the rig's devices, keeps the stream to the orchestrator up.</summary>
public static class AgentHost
{
    /// <summary>How long a stopping agent tries to deliver what its journal still holds; the rest waits for the next start.</summary>
    public static readonly TimeSpan DeliveryTime = TimeSpan.FromSeconds(2);

    private const string Stopped = "the agent was stopped";

    /// <summary>Runs the agent until cancelled; then ends the running case, declines the leases that wait, disconnects the devices and
    /// frees the ports.</summary>
    /// <param name="options">What the agent is told.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Where it logs.</param>
    /// <param name="cancellationToken">Stops the agent.</param>
    /// <exception cref="ConfigurationException">A file that the rig names is wrong.</exception>
    /// <exception cref="TransportException">AGENT-002: another agent runs this rig on the same data folder. AGENT-003: the orchestrator
    /// serves another agent of this rig.</exception>
    /// <exception cref="LocalProtocolException">AGENT-004: the orchestrator refuses what this agent says.</exception>
    public static async Task RunAsync(AgentOptions options, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        ILogger log = logs.CreateLogger("agent");
        string folder = FolderOf(options.Rig, options.DataFolder);
        using FileStream hold = Hold(options.Rig, options.DataFolder);
        string profiles = options.ProfilesFolder ?? options.Rig.ProfilesFolder;
        using SharedClock? shared = options.Rig.IsScaled ? SharedClock.Open(options.DataFolder, options.Rig.Name) : null;
        shared?.ForgetHolds();
        ScaledClock? clock = shared is null ? null : new ScaledClock(shared, options.Rig.ClockScale, time);
        OperatorDesk.TakeBack(OperatorDesk.FolderOf(options.DataFolder, options.Rig.Name));
        string undo = Path.Combine(folder, "undo");
        DataFolder.Create(undo);
        RigBench bench = new(
            options.Rig, options.ServiceDefects, options.DataFolder, profiles, time, log, undo: new DiskJournalStorage(undo), clock: clock);
        await using ConfiguredAsyncDisposable freeingPorts = bench.ConfigureAwait(false);
        await bench.SupplyAsync().ConfigureAwait(false);
        JournalFolder journals =
            await JournalFolder.OpenAsync(Path.Combine(folder, "journal"), time, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable closingJournals = journals.ConfigureAwait(false);
        LeaseWorker worker = new(bench, journals, options.AllowIrreversible, time, log);
        using CancellationTokenSource streaming = new();
        using CancellationTokenSource working = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        AdHocService adHoc = new(bench.ByHand, bench.Secrets, log, working.Token);
        string bootId = Guid.NewGuid().ToString("N");
        RigSession session = new(
            options.FindServer, options.OpenChannel, () => MakeHelloAsync(bench, journals, worker, bootId),
            check => bench.CheckHealthAsync(check, worker.ClosedBecause ?? journals.Probe() ?? string.Empty), options.OnConnected,
            journals, worker, adHoc, bench.Progress.Told, bench.Undo, time, options.Seed, log);
        Task stream = session.RunAsync(streaming.Token);
        Task work = worker.RunAsync(working.Token);
        options.OnReady();
        await Task.WhenAny(work, stream).ConfigureAwait(false);
        await working.CancelAsync().ConfigureAwait(false);
        try
        {
            await work.ConfigureAwait(false);
            bool hasDeclined = await worker.CloseAsync(Stopped).ConfigureAwait(false);
            streaming.CancelAfter(DeliveryTime);
            await DeliverAsync(journals, stream).ConfigureAwait(false);
            if (hasDeclined)
            {
                session.Close();
                await Task.WhenAny(stream).ConfigureAwait(false);
            }
        }
        finally
        {
            await streaming.CancelAsync().ConfigureAwait(false);
            await stream.ConfigureAwait(false);
        }
    }

    /// <summary>Holds a rig of a data folder, until it is disposed of: one process drives it.</summary>
    /// <exception cref="TransportException">AGENT-002: another does.</exception>
    internal static FileStream Hold(RigConfiguration rig, string dataFolder)
    {
        string folder = FolderOf(rig, dataFolder);
        DataFolder.Create(dataFolder);
        DataFolder.Create(Path.GetDirectoryName(folder)!);
        DataFolder.Create(folder);
        return Hold(Path.Combine(folder, "lock"), rig.Name);
    }

    private static string FolderOf(RigConfiguration rig, string dataFolder) => Path.Combine(dataFolder, "agent", rig.Name);

    private static FileStream Hold(string path, string rig)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new TransportException(
                "AGENT-002", $"another agent already drives the rig {rig} from this data folder; stop it, or give --data another folder",
                path, exception);
        }
    }

    private static async Task<Contracts.V1.Hello> MakeHelloAsync(
        RigBench bench, JournalFolder journals, LeaseWorker worker, string bootId)
    {
        // So that the hello tells how each adapter is set; a port that is missing is told by the health check that follows.
        _ = await bench.FindPortFaultAsync().ConfigureAwait(false);
        Contracts.V1.Hello hello = bench.MakeHello(bootId);
        IReadOnlyCollection<AttemptKey> running = worker.Held;
        foreach (AttemptKey key in running.Union(journals.Journals.Select(journal => journal.Key)))
        {
            hello.Held.Add(new Contracts.V1.HeldLease
            {
                ExecutionId = key.ExecutionId,
                Attempt = key.Attempt,
                LeaseNumber = key.LeaseNumber,
                JournalHighWater = journals.Journals.FirstOrDefault(journal => journal.Key == key)?.FlushedSequence ?? 0,
                Running = running.Contains(key),
            });
        }

        return hello;
    }

    private static async Task DeliverAsync(JournalFolder journals, Task stream)
    {
        // Each acknowledgement is looked at as it comes; the stream's own end (DeliveryTime at the latest) ends the wait.
        // The wait is armed before the look, so that an acknowledgement between the two is not missed.
        for (Task next = journals.WaitForAcknowledgementAsync(); journals.Backlog > 0 && !stream.IsCompleted;
            next = journals.WaitForAcknowledgementAsync())
        {
            await Task.WhenAny(stream, next).ConfigureAwait(false);
        }
    }
}
