using System.Threading.Channels;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Undo;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent.Undo;

/// <summary>Puts back what the commands of a case changed: registers the inverse of each before it is sent, runs it when the case has
/// ended, however it ended, and reads the state back. A device that is off its baseline all the same is in quarantine.</summary>
/// <remarks>It goes past the simulated service: no status of an inventory keeps a meter without its supply. A case that put its device back
/// itself, and read that, leaves nothing owed. A device that is silent, or whose port is gone, is as good as in quarantine: it is tried
/// again before each case on it, and is out of it once it tells its baseline.</remarks>
internal sealed class DeviceUndo
{
    /// <summary>How long all undos after one case may take together.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly Lock _order = new();
    private readonly ChangesUnderWay _changes = new();
    private readonly Dictionary<UndoEntry, string> _triedInVain = [];
    private readonly Dictionary<string, DeviceStation> _stations;
    private readonly UndoLedger _ledger;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Channel<bool> _changed =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Takes over what an earlier process owed.</summary>
    public DeviceUndo(IReadOnlyList<DeviceStation> stations, UndoLedger ledger, TimeProvider time, ILogger log)
    {
        _stations = stations.ToDictionary(station => station.Device.Id.Value, StringComparer.Ordinal);
        _ledger = ledger;
        _time = time;
        _log = log;
    }

    /// <summary>Signalled when a device went into quarantine or out of it.</summary>
    public ChannelReader<bool> Changed => _changed.Reader;

    /// <summary>Whether an undo was tried in vain and is owed. From any thread.</summary>
    public bool IsOwing
    {
        get
        {
            lock (_gate)
            {
                return _triedInVain.Count > 0;
            }
        }
    }

    /// <summary>Why a device is in quarantine, with whose command and when; null when it is not. From any thread.</summary>
    public string? QuarantineOf(string device)
    {
        foreach (UndoEntry entry in _ledger.Entries.Where(entry => entry.Device == device))
        {
            if (ReasonOf(entry) is { } reason)
            {
                return $"{reason}; by {entry.By}, {entry.At:yyyy-MM-dd HH:mm:ss} UTC";
            }
        }

        return null;
    }

    /// <summary>Carries out a command of a case. When it is sent its inverse is on the disk; a case's own reading of the baseline, with no
    /// change under way, ends what is owed.</summary>
    /// <param name="station">The device.</param>
    /// <param name="command">The command.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="cancellationToken">Ends the wait for the device.</param>
    /// <exception cref="HarnessException">As without a ledger, and UNDO-001: the inverse cannot be kept; nothing was sent.</exception>
    public async Task<SrvResult> ExecuteAsync(
        DeviceStation station, SrvRequestBody command, string owner, CancellationToken cancellationToken)
    {
        RigDevice device = station.Device;
        if (RuleThatUndoes(device, command) is { } rule)
        {
            using IDisposable underWay = Register(device, rule, command, owner);
            return await station.ExecuteAsync(command, cancellationToken).ConfigureAwait(false);
        }

        UndoRule? read = UndoRules.All.FirstOrDefault(candidate => candidate.Read.Equals(command));
        long? before = read is null ? null : _changes.CountWhenNoneIsUnderWay(device.Id.Value, read.Name);
        SrvResult result = await station.ExecuteAsync(command, cancellationToken).ConfigureAwait(false);
        if (before is { } count && StateIn(result, read!) is { } state)
        {
            TakeReading(device, read!, state, count);
        }

        return result;
    }

    /// <summary>Lets a device out of quarantine: somebody says that it is as it has to be.</summary>
    /// <returns>Whether it was in quarantine.</returns>
    /// <exception cref="TransportException">UNDO-001: the ledger cannot be written.</exception>
    public bool Release(string device, string by, string reason)
    {
        UndoEntry[] held = [.. _ledger.Entries.Where(entry => entry.Device == device && ReasonOf(entry) is not null)];
        foreach (UndoEntry entry in held)
        {
            Close(entry);
            AgentLog.QuarantineEnded(_log, device, by, reason);
        }

        _changed.Writer.TryWrite(true);
        return held.Length > 0;
    }

    /// <summary>Runs the undos that were not tried yet and reads back; what keeps one from it leaves it owed.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) =>
        SettleAsync(entry => ReasonOf(entry) is null, cancellationToken);

    /// <summary>Runs the undos of some devices that were tried in vain before.</summary>
    public Task RetryAsync(IReadOnlyCollection<string> devices, CancellationToken cancellationToken) =>
        SettleAsync(entry => entry.Quarantine is null && devices.Contains(entry.Device), cancellationToken);

    private static UndoRule? RuleThatUndoes(RigDevice device, SrvRequestBody command) =>
        UndoRules.Find(device.DeviceType, command.ServiceReferenceVariant) is { } rule
        && rule.BaselineOf(device.Facts) is { } baseline && !command.Equals(rule.Restore(baseline))
            ? rule
            : null;

    private static string? StateIn(SrvResult result, UndoRule rule) =>
        result.Outcome is { Kind: DeviceOutcomeKind.Done, Body: { } body } ? rule.StateOf(body) : null;

    private IDisposable Register(RigDevice device, UndoRule rule, SrvRequestBody command, string owner)
    {
        string name = device.Id.Value;
        lock (_order)
        {
            if (!_ledger.Entries.Any(entry => entry.Device == name && entry.Rule == rule.Name && entry.Quarantine is null))
            {
                _ledger.Register(new UndoEntry(
                    name, rule.Name, rule.BaselineOf(device.Facts)!, command.ServiceReferenceVariant, owner, _time.GetUtcNow()));
            }

            return _changes.Begin(name, rule.Name);
        }
    }

    /// <summary>The case itself read a state: what was to go back to it is there, unless a change overlapped the reading.</summary>
    private void TakeReading(RigDevice device, UndoRule rule, string state, long changesBefore)
    {
        lock (_order)
        {
            if (_changes.CountWhenNoneIsUnderWay(device.Id.Value, rule.Name) != changesBefore)
            {
                return;
            }

            foreach (UndoEntry entry in _ledger.Entries.Where(entry =>
                entry.Quarantine is null && entry.Device == device.Id.Value && entry.Rule == rule.Name && entry.Baseline == state))
            {
                try
                {
                    Close(entry);
                }
                catch (TransportException exception)
                {
                    // The case goes on; what is still on the disk is looked at once more when it has ended.
                    AgentLog.UndoOwed(_log, entry.Device, entry.Rule, entry.Baseline, exception.Message);
                }
            }
        }
    }

    private async Task SettleAsync(Func<UndoEntry, bool> isDue, CancellationToken cancellationToken)
    {
        UndoEntry[] due = [.. _ledger.Entries.Where(isDue)];
        if (due.Length == 0)
        {
            return;
        }

        using CancellationTokenSource patience = new(SettleTime, _time);
        using CancellationTokenSource budget = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        foreach (UndoEntry entry in due)
        {
            try
            {
                if (await WhyOwedAsync(entry, budget.Token).ConfigureAwait(false) is { } reason)
                {
                    Owe(entry, reason);
                }
            }
            catch (Exception exception) when (exception is HarnessException or OperationCanceledException)
            {
                // The bench, the time or the person who stopped it, and not the device.
                Owe(entry, exception.Message);
            }
        }
    }

    /// <summary>Puts one state back.</summary>
    /// <returns>Null when it is back or its device in quarantine; else why that is not known.</returns>
    private async Task<string?> WhyOwedAsync(UndoEntry entry, CancellationToken cancellationToken)
    {
        if (UndoRules.Named(entry.Rule) is not { } rule || !_stations.TryGetValue(entry.Device, out DeviceStation? station))
        {
            // The rig file, or the harness, was changed since: nobody here can put it back.
            Quarantine(entry, $"{entry.Rule} was to go back to {entry.Baseline}, and this agent does not know how");
            return null;
        }

        SrvResult read = await station.ExecuteAsync(rule.Read, cancellationToken).ConfigureAwait(false);
        if (StateIn(read, rule) is not { } before)
        {
            return $"{rule.Read.ServiceReferenceVariant} does not tell it ({read.Outcome.Kind})";
        }

        if (before == entry.Baseline)
        {
            Close(entry);
            return null;
        }

        if (rule.Restore(entry.Baseline) is not { } inverse)
        {
            Quarantine(entry, $"{entry.Rule} is {before} and not {entry.Baseline}, and no command restores that");
            return null;
        }

        SrvResult undone = await station.ExecuteAsync(inverse, cancellationToken).ConfigureAwait(false);
        read = await station.ExecuteAsync(rule.Read, cancellationToken).ConfigureAwait(false);
        if (StateIn(read, rule) is not { } after)
        {
            return $"{rule.Read.ServiceReferenceVariant} does not tell it after {inverse.ServiceReferenceVariant} ({read.Outcome.Kind})";
        }

        if (after == entry.Baseline)
        {
            AgentLog.Undone(_log, entry.Device, entry.Rule, before, entry.Baseline, entry.By);
            Close(entry);
        }
        else
        {
            Quarantine(
                entry, $"{entry.Rule} is {after} and not {entry.Baseline} after {inverse.ServiceReferenceVariant} ({undone.Outcome.Kind})");
        }

        return null;
    }

    private string? ReasonOf(UndoEntry entry)
    {
        lock (_gate)
        {
            return entry.Quarantine ?? (_triedInVain.TryGetValue(entry, out string? reason)
                ? $"{entry.Rule} is still to go back to {entry.Baseline}: {reason}"
                : null);
        }
    }

    private void Owe(UndoEntry entry, string reason)
    {
        AgentLog.UndoOwed(_log, entry.Device, entry.Rule, entry.Baseline, reason);
        lock (_gate)
        {
            _triedInVain[entry] = reason;
        }

        _changed.Writer.TryWrite(true);
    }

    private void Close(UndoEntry entry)
    {
        _ledger.Close(entry);
        Forget(entry);
    }

    private void Quarantine(UndoEntry entry, string reason)
    {
        _ledger.Replace(entry, entry with { At = _time.GetUtcNow(), Quarantine = reason });
        AgentLog.Quarantined(_log, entry.Device, reason, entry.By);
        Forget(entry);
        _changed.Writer.TryWrite(true);
    }

    private void Forget(UndoEntry entry)
    {
        bool wasOwed;
        lock (_gate)
        {
            wasOwed = _triedInVain.Remove(entry);
        }

        if (wasOwed)
        {
            _changed.Writer.TryWrite(true);
        }
    }
}
