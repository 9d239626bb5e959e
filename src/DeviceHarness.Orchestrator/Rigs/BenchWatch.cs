using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Store;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>Whether a bench is in quarantine, and how it comes out of it.</summary>
/// <remarks>The store takes a bench out in the write that ends an attempt, and leases it nothing from then on. Here its rig lets go of
/// what waits, spare rigs are told to look, and, once nothing runs there any more, the devices of those attempts are asked for a sign of
/// life. Used under the gate of the rig's desk, but for <see cref="Open"/>.</remarks>
internal sealed class BenchWatch(string rig, RigDeskServices services, RigHealth health, CycleFollowUp followUp)
{
    private BenchQuarantine? _open;
    private bool _isInDoubt = true;
    private bool _isAsked;
    private bool _hasLetGo;

    /// <summary>The quarantine that the rig is in; null when it is in none. From any thread.</summary>
    public BenchQuarantine? Open => Volatile.Read(ref _open);

    /// <summary>An attempt ended: when it came to nothing, the store may have taken the bench out with it.</summary>
    public void Doubt(Verdict verdict) => _isInDoubt |= verdict == Verdict.Inconclusive;

    /// <summary>The rig declined a lease. What a bench in quarantine lets go of was asked of it, and is there for a spare rig.</summary>
    /// <returns>1 when the decline counts, else 0.</returns>
    public int CountDecline()
    {
        _hasLetGo |= Open is not null;
        return Open is null ? 1 : 0;
    }

    /// <summary>The rig connected: its devices were not asked on this connection.</summary>
    public void Begin()
    {
        _isAsked = false;
        _isInDoubt = true;
    }

    /// <summary>Looks whether the bench was taken out, and asks its devices once nothing runs there.</summary>
    /// <param name="session">The rig's open connection; null when it has none.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public async Task LookAsync(RigSession? session, CancellationToken cancellationToken)
    {
        if (_isInDoubt)
        {
            BenchQuarantine? before = Open;
            BenchQuarantine? open = await services.Store.FindQuarantineAsync(rig, cancellationToken).ConfigureAwait(false);
            _isInDoubt = false;
            Volatile.Write(ref _open, open);
            if (open is not null && open.Since != before?.Since)
            {
                _isAsked = false;
                await BeginAsync(open, session, cancellationToken).ConfigureAwait(false);
            }
        }

        if (_hasLetGo)
        {
            _hasLetGo = false;
            await followUp.RingSparesAsync(rig, cancellationToken).ConfigureAwait(false);
        }

        if (Open is { IsChecked: true } quarantine && !_isAsked && session is not null
            && (await LiveLeasesAsync(cancellationToken).ConfigureAwait(false)).Count == 0)
        {
            _isAsked = true;
            health.Require(quarantine.Devices, session);
        }
    }

    /// <summary>The rig reported: when the devices that were asked answered, the bench may work again.</summary>
    public async Task TakeReportAsync(CancellationToken cancellationToken)
    {
        if (_isAsked && Open is { IsChecked: true } quarantine && health.State.Fitness == RigFitness.Healthy)
        {
            string whom = quarantine.Devices.Count == 0 ? "every device" : string.Join(", ", quarantine.Devices);
            await EndAsync(BenchQuarantine.HealthCheck, $"{whom} answered", isCheck: true, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the bench out by a person's decision.</summary>
    /// <returns>False when a person did before.</returns>
    public async Task<bool> BeginAsync(string by, string reason, RigSession? session, CancellationToken cancellationToken)
    {
        BenchQuarantine quarantine = new(rig, services.Now, by, reason);
        if (!await services.Store.QuarantineAsync(quarantine, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        StopAsking(session);
        _isInDoubt = true;
        await LookAsync(session, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>Ends the quarantine by a person's decision.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> EndAsync(string by, string reason, RigSession? session, CancellationToken cancellationToken)
    {
        if (!await EndAsync(by, reason, isCheck: false, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        StopAsking(session);
        return true;
    }

    /// <summary>The live leases of the rig, the newest first: what waits behind one that is let go of would begin in its place.</summary>
    public async Task<IReadOnlyList<LiveLease>> LiveLeasesAsync(CancellationToken cancellationToken) =>
    [
        .. (await services.Store.ListLiveLeasesAsync(cancellationToken).ConfigureAwait(false))
            .Where(lease => lease.Rig == rig).OrderByDescending(lease => lease.Attempt.LeaseNumber),
    ];

    private async Task<bool> EndAsync(string by, string reason, bool isCheck, CancellationToken cancellationToken)
    {
        bool hasEnded = await services.Store.EndQuarantineAsync(rig, by, reason, isCheck, services.Now, cancellationToken)
            .ConfigureAwait(false);
        if (hasEnded)
        {
            OrchestratorLog.BenchBack(services.Logger, rig, by, reason);
            Volatile.Write(ref _open, null);
            _isAsked = false;
            health.AskNoDevice();
        }
        else
        {
            _isInDoubt = true;
        }

        return hasEnded;
    }

    private async Task BeginAsync(BenchQuarantine open, RigSession? session, CancellationToken cancellationToken)
    {
        OrchestratorLog.BenchOut(services.Logger, rig, open.By, open.Reason);
        foreach (LiveLease lease in await LiveLeasesAsync(cancellationToken).ConfigureAwait(false))
        {
            session?.TrySend(ContractMapping.LetGo(lease.Attempt, $"the bench is in quarantine: {open.Reason}"));
        }

        await followUp.RingSparesAsync(rig, cancellationToken).ConfigureAwait(false);
    }

    // What is known of its ports may come from a check that asked devices, too.
    private void StopAsking(RigSession? session)
    {
        health.AskNoDevice();
        if (session is not null)
        {
            health.Doubt(session);
        }
    }
}
