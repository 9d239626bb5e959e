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
internal sealed class DeviceUndo : IDisposable
{
    /// <summary>How long all undos after one case may take together, besides four wakes of a device that sleeps.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromMinutes(2);

    /// <summary>How often a state is read back after its inverse before it is taken for what it is.</summary>
    public const int ReadBacks = 3;

    /// <summary>How long a device is given between two of these.</summary>
    public static readonly TimeSpan ReadBackPause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, SemaphoreSlim> _preparing;
    private readonly Lock _gate = new();
    private readonly Lock _order = new();
    private readonly ChangesUnderWay _changes = new();
    private readonly KnownAnswers _known;
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
        _preparing = _stations.Keys.ToDictionary(name => name, _ => new SemaphoreSlim(1, 1), StringComparer.Ordinal);
        _ledger = ledger;
        _known = new KnownAnswers(time);
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
    /// <returns>The result, and what was done first to learn the state that the command changes.</returns>
    /// <exception cref="HarnessException">As without a ledger, and UNDO-001: the inverse cannot be kept; nothing was sent.</exception>
    public async Task<UndoneCommand> ExecuteAsync(
        DeviceStation station, SrvRequestBody command, string owner, CancellationToken cancellationToken)
    {
        RigDevice device = station.Device;
        (UndoRule Rule, bool IsBeside)[] rules = [.. CommandRules.Of(device, command)];
        if (rules.Length > 0)
        {
            List<string> asked = [];
            List<string> leftOut = [];
            ToldBefore told = new([], Owes(device) ? null : _known.Newest);
            using ChangesOfACommand underWay = new();
            UndoEntry[] owedBefore = [.. _ledger.Entries];
            foreach ((UndoRule rule, bool isBeside) in rules)
            {
                UndoPreparation prepared =
                    await PrepareAsync(station, rule, isBeside, command, told, owner, cancellationToken).ConfigureAwait(false);
                underWay.Add(prepared.Change);
                asked.AddRange(prepared.Asked);
                leftOut.AddRange(prepared.LeftOut);
            }

            try
            {
                return new UndoneCommand(await station.ExecuteAsync(command, cancellationToken).ConfigureAwait(false), asked, leftOut);
            }
            catch (WrongDeviceException)
            {
                // Nothing was sent, and what another device told is nobody's baseline.
                Array.ForEach([.. _ledger.Entries.Where(entry => entry.Device == device.Id.Value).Except(owedBefore)], Close);
                throw;
            }
        }

        (UndoRule Rule, long? Count)[] before =
        [
            .. UndoRules.All.Where(candidate => candidate.Reads is [var read] && read.Equals(command))
                .Select(read => (read, _changes.CountWhenNoneIsUnderWay(device.Id.Value, read.Name))),
        ];
        SrvResult result = await _known.ExecuteAsync(station, command, cancellationToken).ConfigureAwait(false);
        if (result.Outcome is { Kind: DeviceOutcomeKind.Done, Body: { } body })
        {
            foreach ((UndoRule read, long? count) in before)
            {
                TakeReading(device, read, new UndoReadings([body], _time.GetUtcNow()), count);
            }
        }

        return new UndoneCommand(result, [], []);
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach([.. _preparing.Values], preparing => preparing.Dispose());

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

    /// <summary>Runs the undos that were not tried yet and reads back; what keeps one from it leaves it owed. The devices are hung up
    /// then.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) =>
        SettleAsync(entry => ReasonOf(entry) is null, cancellationToken);

    /// <summary>The same for some devices, while cases go on with others.</summary>
    public Task SettleAsync(IReadOnlyCollection<string> devices, CancellationToken cancellationToken) =>
        SettleAsync(entry => ReasonOf(entry) is null && devices.Contains(entry.Device), cancellationToken);

    /// <summary>Runs the undos of some devices that were tried in vain before.</summary>
    public Task RetryAsync(IReadOnlyCollection<string> devices, CancellationToken cancellationToken) =>
        SettleAsync(entry => entry.Quarantine is null && devices.Contains(entry.Device), cancellationToken);

    /// <summary>Whether an earlier command of the case may have changed a device, now or later.</summary>
    private bool Owes(RigDevice device) => _ledger.Entries.Any(entry => entry.Device == device.Id.Value && entry.Quarantine is null);

    private static bool IsDated(SrvRequestBody command) => command is IDeviceDated { ExecutionDateTime: not null };

    /// <summary>Puts the inverse of a command on the disk, unless an earlier command of its kind did.</summary>
    /// <param name="station">The device.</param>
    /// <param name="rule">The rule for a state that the command changes.</param>
    /// <param name="isBeside">Whether it may change it beside what it is for: then the state is always read, since the rig wants nothing
    /// but what was there, and no reading of the case ends it, since it may change later.</param>
    /// <param name="command">The command.</param>
    /// <param name="told">What the device told before this command.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="cancellationToken">Ends the wait for the device.</param>
    private async Task<UndoPreparation> PrepareAsync(
        DeviceStation station, UndoRule rule, bool isBeside, SrvRequestBody command, ToldBefore told, string owner,
        CancellationToken cancellationToken)
    {
        string name = station.Device.Id.Value;
        bool isDated = isBeside || IsDated(command);
        await _preparing[name].WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_ledger.Entries.FirstOrDefault(entry => entry.Device == name && entry.Rule == rule.Name && entry.Quarantine is null)
                is { } open)
            {
                return new UndoPreparation(Begin(open, isDated), [], []);
            }

            if (!rule.IsRestored && IsChangedAlready(name, rule, command))
            {
                return new UndoPreparation(null, [], []);
            }

            IReadOnlyList<string> asked = [];
            IReadOnlyList<string> leftOut = [];
            string? baseline = null;
            if (rule.IsReadFirst || isBeside)
            {
                UndoReading reading = await UndoReading.ReadAsync(station, rule, _known, told, cancellationToken).ConfigureAwait(false);
                asked = reading.Asked;
                baseline = rule.StateBefore(reading.Readings, command);
                leftOut = baseline is null ? [] : rule.LeftOut(reading.Readings, command);
            }

            baseline ??= isBeside ? null : rule.StatedIn(station.Device.Facts);
            if (baseline is null)
            {
                NoteWithoutBaseline(name, rule, command, owner);
                return new UndoPreparation(null, asked, []);
            }

            if (!isDated && !rule.IsAlwaysRun && rule.Restore(baseline, UndoReadings.None) is [var inverse] && inverse.Equals(command))
            {
                return new UndoPreparation(null, asked, []);
            }

            if (leftOut.Count > 0)
            {
                AgentLog.NotPutBack(_log, name, string.Join(", ", leftOut), command.ServiceReferenceVariant, owner);
            }

            lock (_order)
            {
                _ledger.Register(new UndoEntry(
                    name, rule.Name, baseline, command.ServiceReferenceVariant, owner, _time.GetUtcNow(), IsDated: isDated));
                return new UndoPreparation(_changes.Begin(name, rule.Name), asked, leftOut);
            }
        }
        finally
        {
            _preparing[name].Release();
        }
    }

    private void NoteWithoutBaseline(string name, UndoRule rule, SrvRequestBody command, string owner)
    {
        // What is only compared is left alone where the model does not tell it.
        if (rule.IsRestored)
        {
            AgentLog.WithoutInverse(_log, name, command.ServiceReferenceVariant, rule.Name, owner);
        }
    }

    /// <summary>Whether an earlier command of the case changed part of a state on purpose: what is read now is no baseline. The rule of
    /// that command knows its own part.</summary>
    private bool IsChangedAlready(string device, UndoRule rule, SrvRequestBody command)
    {
        UndoRule? own = UndoRules.For(_stations[device].Device.DeviceType, command);
        return _ledger.Entries.Any(entry => entry.Device == device && entry.Quarantine is null && entry.Rule != own?.Name
            && UndoRules.Named(entry.Rule) is { IsRestored: true } other && other.Reads.Intersect(rule.Reads).Any());
    }

    /// <summary>A further command changes a state that is owed already.</summary>
    private IDisposable Begin(UndoEntry open, bool isDated)
    {
        lock (_order)
        {
            if (isDated && !open.IsDated)
            {
                _ledger.Replace(open, open with { IsDated = true });
            }

            return _changes.Begin(open.Device, open.Rule);
        }
    }

    /// <summary>The case itself read a state: what was to go back to it is there, unless a change overlapped the reading, or more may be
    /// left behind than was read.</summary>
    private void TakeReading(RigDevice device, UndoRule rule, UndoReadings readings, long? changesBefore)
    {
        lock (_order)
        {
            if (rule.IsAlwaysRun || changesBefore is null
                || _changes.CountWhenNoneIsUnderWay(device.Id.Value, rule.Name) != changesBefore)
            {
                return;
            }

            foreach (UndoEntry entry in _ledger.Entries.Where(entry =>
                entry is { Quarantine: null, IsDated: false } && entry.Device == device.Id.Value && entry.Rule == rule.Name
                && rule.StateOf(readings, entry.Baseline) == entry.Baseline))
            {
                try
                {
                    Close(entry);
                }
                catch (TransportException exception)
                {
                    // The case goes on; what is still on the disk is looked at once more when it has ended.
                    AgentLog.UndoOwed(_log, entry.Device, entry.Rule, rule.Told(entry.Baseline), exception.Message);
                }
            }
        }
    }

    private async Task SettleAsync(Func<UndoEntry, bool> isDue, CancellationToken cancellationToken)
    {
        // The newest first: a later command may stand on what an earlier one changed. Then what others change: the balance, the supply,
        // and what is only compared.
        UndoEntry[] due =
        [
            .. _ledger.Entries.Where(isDue).Reverse().OrderBy(entry => UndoRules.Named(entry.Rule)?.Turn ?? 0),
        ];
        if (due.Length == 0)
        {
            return;
        }

        DateTimeOffset began = _time.GetUtcNow();
        TimeSpan wake = due.Max(entry => _stations.GetValueOrDefault(entry.Device)?.WakeInterval ?? TimeSpan.Zero);
        using CancellationTokenSource patience = new(SettleTime + (wake * 4), _time);
        using CancellationTokenSource budget = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        foreach (UndoEntry entry in due)
        {
            try
            {
                if (await WhyOwedAsync(entry, began, budget.Token).ConfigureAwait(false) is { } reason)
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

        // None of this is in evidence: what the next case does must stand on an association of its own, or nobody can replay it.
        foreach (string device in due.Select(entry => entry.Device).Distinct(StringComparer.Ordinal))
        {
            if (_stations.TryGetValue(device, out DeviceStation? station))
            {
                await station.HangUpAsync(budget.Token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Puts one state back.</summary>
    /// <returns>Null when it is back or its device in quarantine; else why that is not known.</returns>
    private async Task<string?> WhyOwedAsync(UndoEntry entry, DateTimeOffset began, CancellationToken cancellationToken)
    {
        if (UndoRules.Named(entry.Rule) is not { } rule || !_stations.TryGetValue(entry.Device, out DeviceStation? station))
        {
            // The rig file, or the harness, was changed since: nobody here can put it back.
            Quarantine(entry, $"{entry.Rule} was to go back to {Told(entry)}, and this agent does not know how");
            return null;
        }

        // What was read for another state since the case ended, with no inverse since, is not read again.
        UndoReading read =
            await UndoReading.ReadAsync(station, rule, _known, new ToldBefore([], began), cancellationToken).ConfigureAwait(false);
        if (rule.StateOf(read.Readings, entry.Baseline) is not { } before)
        {
            return $"{SrvsOf(rule)} does not tell it ({read.Ended})";
        }

        if (entry.IsDated && await WhyNotWithdrawnAsync(station, rule, entry, cancellationToken).ConfigureAwait(false) is { } why)
        {
            return why;
        }

        if (before == entry.Baseline && !rule.IsAlwaysRun)
        {
            Close(entry);
            return null;
        }

        IReadOnlyList<SrvRequestBody> inverses = rule.Restore(entry.Baseline, read.Readings);
        if (inverses.Count == 0)
        {
            Quarantine(entry, $"{entry.Rule} {rule.Difference(before, entry.Baseline)}, and no command restores that");
            return null;
        }

        DeviceOutcomeKind ended = DeviceOutcomeKind.Done;
        foreach (SrvRequestBody inverse in inverses)
        {
            SrvResult undone = await station.ExecuteAsync(inverse, cancellationToken).ConfigureAwait(false);
            ended = undone.Outcome.Kind;
        }

        return await ReadBackAsync(station, rule, entry, before, $"{inverses[^1].ServiceReferenceVariant} ({ended})", cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Looks whether an inverse took effect, a few times: a device may need a moment.</summary>
    private async Task<string?> ReadBackAsync(
        DeviceStation station, UndoRule rule, UndoEntry entry, string before, string sent, CancellationToken cancellationToken)
    {
        for (int look = 1; ; look++)
        {
            UndoReading read = await UndoReading.ReadAsync(station, rule, _known, new ToldBefore([], null), cancellationToken)
                .ConfigureAwait(false);
            string? after = rule.StateOf(read.Readings, entry.Baseline);
            if (after == entry.Baseline)
            {
                AgentLog.Undone(_log, entry.Device, entry.Rule, rule.Difference(before, entry.Baseline), entry.By);
                Close(entry);
                return null;
            }

            if (look == ReadBacks)
            {
                if (after is null)
                {
                    return $"{SrvsOf(rule)} does not tell it after {sent} ({read.Ended})";
                }

                Quarantine(entry, $"{entry.Rule} {rule.Difference(after, entry.Baseline)} after {sent}");
                return null;
            }

            await Task.Delay(ReadBackPause, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Withdraws what a device holds for a later time.</summary>
    /// <returns>Why that is not known to be done; null when it is, or when the model holds nothing for a later time.</returns>
    private static async Task<string?> WhyNotWithdrawnAsync(
        DeviceStation station, UndoRule rule, UndoEntry entry, CancellationToken cancellationToken)
    {
        if (rule.Withdrawal(entry.Baseline) is not { } withdrawal)
        {
            return null;
        }

        SrvResult result = await station.ExecuteAsync(withdrawal, cancellationToken).ConfigureAwait(false);
        return result.Outcome is { Kind: DeviceOutcomeKind.Done } or { Kind: DeviceOutcomeKind.Refused, DeviceCode: null }
            ? null
            : $"what {entry.Srv} brings about later is not withdrawn ({result.Outcome.Kind})";
    }

    private static string SrvsOf(UndoRule rule) => string.Join(" and ", rule.Reads.Select(read => read.ServiceReferenceVariant));

    private static string Told(UndoEntry entry) => UndoRules.Named(entry.Rule)?.Told(entry.Baseline) ?? entry.Baseline;

    private string? ReasonOf(UndoEntry entry)
    {
        lock (_gate)
        {
            return entry.Quarantine ?? (_triedInVain.TryGetValue(entry, out string? reason)
                ? $"{entry.Rule} is still to go back to {Told(entry)}: {reason}"
                : null);
        }
    }

    private void Owe(UndoEntry entry, string reason)
    {
        AgentLog.UndoOwed(_log, entry.Device, entry.Rule, Told(entry), reason);
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
