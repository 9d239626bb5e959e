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
/// <remarks>It goes past the simulated service: no status of an inventory keeps a meter without its supply. A device that is silent stays
/// as it is known: its undo is owed, and tried again after a case in which it answered and when the agent starts.
/// After a fault of the bench it is tried again before and after the next case.</remarks>
internal sealed class DeviceUndo
{
    /// <summary>How long all undos after one case may take together.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(2);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _due = new(StringComparer.Ordinal);
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
        _due.UnionWith(ledger.Entries.Select(entry => entry.Device));
    }

    /// <summary>Signalled when a device went into quarantine or out of it.</summary>
    public ChannelReader<bool> Changed => _changed.Reader;

    /// <summary>Why a device is in quarantine, with whose command and when; null when it is not. From any thread.</summary>
    public string? QuarantineOf(string device) =>
        _ledger.Entries.FirstOrDefault(entry => entry.Device == device && entry.Quarantine is not null) is { } entry
            ? $"{entry.Quarantine}; by {entry.By}, {entry.At:yyyy-MM-dd HH:mm:ss} UTC"
            : null;

    /// <summary>A command is about to be sent: its inverse is on the disk when this returns.</summary>
    /// <param name="device">The device.</param>
    /// <param name="command">The command.</param>
    /// <param name="owner">Whose it is.</param>
    /// <exception cref="TransportException">UNDO-001: the inverse cannot be kept, so the command must not be sent.</exception>
    public void Register(RigDevice device, SrvRequestBody command, string owner)
    {
        string name = device.Id.Value;
        if (UndoRules.Find(device.DeviceType, command.ServiceReferenceVariant) is not { } rule
            || rule.BaselineOf(device.Facts) is not { } baseline || command.Equals(rule.Restore(baseline)))
        {
            return;
        }

        lock (_gate)
        {
            if (!_ledger.Entries.Any(entry => entry.Device == name && entry.Rule == rule.Name))
            {
                _ledger.Register(new UndoEntry(name, rule.Name, baseline, command.ServiceReferenceVariant, owner, _time.GetUtcNow()));
            }

            _due.Add(name);
        }
    }

    /// <summary>A device answered: what is owed to it may be tried again.</summary>
    public void Heard(RigDevice device)
    {
        lock (_gate)
        {
            _due.Add(device.Id.Value);
        }
    }

    /// <summary>Lets a device out of quarantine: somebody says that it is as it has to be.</summary>
    /// <returns>Whether it was in quarantine.</returns>
    /// <exception cref="TransportException">UNDO-001: the ledger cannot be written.</exception>
    public bool Release(string device, string by, string reason)
    {
        UndoEntry[] held = [.. _ledger.Entries.Where(entry => entry.Device == device && entry.Quarantine is not null)];
        foreach (UndoEntry entry in held)
        {
            _ledger.Close(entry);
            AgentLog.QuarantineEnded(_log, device, by, reason);
        }

        _changed.Writer.TryWrite(true);
        return held.Length > 0;
    }

    /// <summary>Runs the undos that are due and reads back; a fault leaves them owed.</summary>
    public async Task SettleAsync()
    {
        HashSet<string> due;
        lock (_gate)
        {
            due = [.. _due];
            _due.Clear();
        }

        using CancellationTokenSource budget = new(SettleTime, _time);
        foreach (UndoEntry entry in _ledger.Entries.Where(entry => entry.Quarantine is null && due.Contains(entry.Device)))
        {
            try
            {
                await SettleAsync(entry, budget.Token).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is HarnessException or OperationCanceledException)
            {
                // The bench, not the device: it is tried again as soon as there is another occasion.
                AgentLog.UndoOwed(_log, entry.Device, entry.Rule, entry.Baseline, exception.Message);
                lock (_gate)
                {
                    _due.Add(entry.Device);
                }
            }
        }
    }

    private async Task SettleAsync(UndoEntry entry, CancellationToken cancellationToken)
    {
        if (UndoRules.Named(entry.Rule) is not { } rule || !_stations.TryGetValue(entry.Device, out DeviceStation? station))
        {
            // The rig file, or the harness, was changed since: nobody here can put it back.
            Quarantine(entry, $"{entry.Rule} was to go back to {entry.Baseline}, and this agent does not know how");
            return;
        }

        if (await ReadAsync(station, rule, cancellationToken).ConfigureAwait(false) is not { } before)
        {
            AgentLog.UndoOwed(_log, entry.Device, entry.Rule, entry.Baseline, "the device does not tell its state");
            return;
        }

        if (before == entry.Baseline)
        {
            _ledger.Close(entry);
            return;
        }

        if (rule.Restore(entry.Baseline) is not { } inverse)
        {
            Quarantine(entry, $"{entry.Rule} is {before} and not {entry.Baseline}, and no command restores that");
            return;
        }

        SrvResult undone = await station.ExecuteAsync(inverse, cancellationToken).ConfigureAwait(false);
        string? after = await ReadAsync(station, rule, cancellationToken).ConfigureAwait(false);
        if (after == entry.Baseline)
        {
            AgentLog.Undone(_log, entry.Device, entry.Rule, before, entry.Baseline, entry.By);
            _ledger.Close(entry);
        }
        else if (after is not null)
        {
            Quarantine(
                entry, $"{entry.Rule} is {after} and not {entry.Baseline} after {inverse.ServiceReferenceVariant} ({undone.Outcome.Kind})");
        }
        else
        {
            AgentLog.UndoOwed(_log, entry.Device, entry.Rule, entry.Baseline, "the device does not tell its state after the undo");
        }
    }

    private static async Task<string?> ReadAsync(DeviceStation station, UndoRule rule, CancellationToken cancellationToken)
    {
        SrvResult result = await station.ExecuteAsync(rule.Read, cancellationToken).ConfigureAwait(false);
        return result.Outcome is { Kind: DeviceOutcomeKind.Done, Body: { } body } ? rule.StateOf(body) : null;
    }

    private void Quarantine(UndoEntry entry, string reason)
    {
        _ledger.Replace(entry, entry with { At = _time.GetUtcNow(), Quarantine = reason });
        AgentLog.Quarantined(_log, entry.Device, reason, entry.By);
        _changed.Writer.TryWrite(true);
    }
}
