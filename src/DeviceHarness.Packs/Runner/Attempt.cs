using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Packs.Evidence;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Runner;

/// <summary>One attempt at one case, from its first event to its last.</summary>
/// <remarks>The journal is written without the attempt's token: a cancelled attempt is told to its end.</remarks>
internal sealed class Attempt
{
    private readonly TestPack _pack;
    private readonly TestCase _case;
    private readonly ITestBench _bench;
    private readonly IAttemptJournal _journal;
    private readonly RunOptions _options;
    private readonly TimeProvider _time;
    private readonly DeviceBindings _devices;
    private readonly string? _missing;
    private readonly HashSet<string> _foreignPorts;
    private readonly InventoryWatch _inventory;
    private readonly StepContext _context;
    private readonly List<StepRecord> _records = [];
    private readonly SecretText _secrets = new();
    private readonly long _startTimestamp;
    private readonly long _startStopwatch;
    private readonly DateTimeOffset _started;

    public Attempt(
        TestPack pack, TestCase testCase, ITestBench bench, IAttemptJournal journal, RunOptions options, RequestCounters counters)
    {
        _pack = pack;
        _case = testCase;
        _bench = bench;
        _journal = journal;
        _options = options;
        _time = options.Time;
        _startTimestamp = _time.GetTimestamp();
        _startStopwatch = Stopwatch.GetTimestamp();
        _started = _time.GetUtcNow();
        DeviceBindings.TryBind(testCase, bench.Devices, out _devices, out _missing);
        _secrets.Learn(bench.Devices.SelectMany(device => device.Secrets.Values));
        _foreignPorts = [.. bench.Devices.Select(device => device.Id).Except(_devices.Ports).Select(device => device.Value)];
        _inventory = new InventoryWatch(bench.Inventory, _devices.ByRole.Values);
        VariableSet variables = new(_time, bench, _devices, options.Seed);
        _context = new StepContext(bench, _devices, variables, _time, counters, _inventory)
        {
            SecretKept = secret => _secrets.Learn([secret]),
        };
    }

    public async Task<AttemptResult> RunAsync(CancellationToken cancellationToken)
    {
        await AppendAsync(new AttemptStarted(_case.Id, _case.Title, _devices.Provenance) { Time = _started }).ConfigureAwait(false);
        _context.Alerts.TakeEarlier();
        await AppendAlertsAsync().ConfigureAwait(false);
        string? unmet = _missing ?? CaseReadiness.WhyNot(_case, _devices, _bench, _options);
        if (unmet is not null)
        {
            return await FinishAsync(VerdictRules.Judge(Symptom.PreconditionUnmet), unmet, decisive: null).ConfigureAwait(false);
        }

        if (await FindBrokenInputAsync().ConfigureAwait(false) is { } broken)
        {
            return await FinishAsync(VerdictRules.Judge(broken.Symptom), broken.Reason, decisive: null).ConfigureAwait(false);
        }

        int? disturbances = await CountDisturbancesAsync().ConfigureAwait(false);
        string known = _bench.LastDisturbance;
        (StepRecord? decisive, string reason) = await RunStepsAndCleanUpAsync(cancellationToken).ConfigureAwait(false);
        Verdict verdict = decisive?.Verdict ?? Verdict.Passed;
        return verdict.IsConclusive() && await FindDisturbanceAsync(disturbances, known).ConfigureAwait(false) is { } disturbance
            ? await FinishAsync(VerdictRules.Judge(Symptom.BenchBroke), disturbance, decisive: null).ConfigureAwait(false)
            : await FinishAsync(verdict, reason, decisive).ConfigureAwait(false);
    }

    private async Task<int?> CountDisturbancesAsync()
    {
        try
        {
            return await _bench.CountDisturbancesAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (HarnessException)
        {
            // Who cannot tell at the beginning is asked again at the end, and the case is held for disturbed whatever the answer.
            return null;
        }
    }

    /// <summary>A bench that was switched off under a case proves nothing of a device: neither what it did not answer nor that it did
    /// not.</summary>
    /// <param name="before">How often it was disturbed before; null when it could not tell.</param>
    /// <param name="known">What disturbed it last before.</param>
    private async Task<string?> FindDisturbanceAsync(int? before, string known)
    {
        try
        {
            int now = await _bench.CountDisturbancesAsync(CancellationToken.None).ConfigureAwait(false);
            return await _bench.FindDisturbanceAsync(CancellationToken.None).ConfigureAwait(false)
                ?? (now == before ? null
                    : _bench.LastDisturbance != known ? _bench.LastDisturbance
                    : "the bench itself was disturbed during the case, and is in order again");
        }
        catch (HarnessException exception)
        {
            return $"{exception.Code}: {exception.Message}";
        }
    }

    /// <summary>Begins to look at the supplies that the case is about: an input that is broken is found before anything is sent.</summary>
    private async Task<StepReport?> FindBrokenInputAsync()
    {
        try
        {
            await _context.Supply.BeginAsync(PowerRules.PointsOf(_case, _devices), CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (HarnessException exception)
        {
            return new StepReport(VerdictRules.OfException(exception), $"{exception.Code}: {exception.Message}");
        }
    }

    private async Task<(StepRecord? Decisive, string Reason)> RunStepsAndCleanUpAsync(CancellationToken cancellationToken)
    {
        StepRecord? failure;
        StepRecord? cleanupFailure = null;
        try
        {
            failure = await RunStepsAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // Also when something unknown passes through here: a meter is never left without its supply because of us.
            cleanupFailure = await CleanUpAsync().ConfigureAwait(false);
        }

        string cleanupReason = cleanupFailure is null ? string.Empty : $"{cleanupFailure.Name}: {cleanupFailure.Report.Reason}";
        return (failure, cleanupFailure) switch
        {
            (null, null) => (null, Departures()),
            (null, _) => (cleanupFailure, cleanupReason),
            (_, null) => (failure, ReasonOf(failure)),
            _ => (failure, $"{ReasonOf(failure)}; {cleanupReason}"),
        };
    }

    /// <summary>What the devices did otherwise than their kind, as was known; empty when they did not.</summary>
    private string Departures() => string.Join("; ", _records
        .Where(record => record.Report.Symptom == Symptom.KnownDeparture).Select(record => record.Report.Reason).Distinct());

    private string ReasonOf(StepRecord failure)
    {
        string reason = $"{failure.Name}: {failure.Report.Reason}";
        return failure.Verdict == Verdict.Failed && StepJudgement.KnownIssue(_case, _records) is { } issue
            ? $"known issue {issue}: {reason}"
            : reason;
    }

    private async Task<StepRecord?> RunStepsAsync(CancellationToken cancellationToken)
    {
        StepRecord? firstMiss = null;
        bool isMissed = false;
        using CancellationTokenSource budget = new(_case.Budget, _time);
        foreach (PackStep step in _case.Steps)
        {
            if (!IsNeeded(step, isMissed))
            {
                await SkipAsync(step).ConfigureAwait(false);
                continue;
            }

            StepRecord record = await RunStepAsync(step, isCleanup: false, budget.Token, cancellationToken).ConfigureAwait(false);
            bool isUnexpected = record.Report.Symptom == Symptom.UnexpectedSuccess;
            bool isDeparted = DepartureRules.IsMissed(record.Report);
            if (isUnexpected || isDeparted)
            {
                // The case goes on as if nothing were known of the model: what is known changes the verdict alone.
                firstMiss ??= isUnexpected ? record : null;
                isMissed |= isDeparted;
                if (isDeparted && step.OnMiss != StepMiss.Continue)
                {
                    return firstMiss;
                }

                continue;
            }

            if (record.Verdict == Verdict.Passed)
            {
                continue;
            }

            // Only a miss lets a case go on: after anything that is not conclusive, what follows would prove nothing.
            if (record.Verdict != Verdict.Failed || step.OnMiss != StepMiss.Continue)
            {
                return record.Verdict == Verdict.Failed ? firstMiss ?? record : record;
            }

            firstMiss ??= record;
            isMissed = true;
        }

        return firstMiss;
    }

    private static bool IsNeeded(PackStep step, bool isMissed) => step.When switch
    {
        StepWhen.Missed => isMissed,
        StepWhen.Met => !isMissed,
        _ => true,
    };

    private async Task SkipAsync(PackStep step)
    {
        int index = _records.Count + 1;
        await AppendAsync(new StepStarted(index, step.Name) { Time = _time.GetUtcNow() }).ConfigureAwait(false);
        string reason = step.When == StepWhen.Missed ? "no earlier step was missed" : "an earlier step was missed";
        StepReport report = new(Symptom.NotNeeded, reason);
        StepRecord record = new(
            index, step.Name, IsCleanup: false, step, report, VerdictRules.Judge(report.Symptom),
            _time.GetElapsedTime(_startTimestamp), TimeSpan.Zero, [], WireLost: 0, new WireSecrets([], []));
        _records.Add(record);
        await AppendAsync(Finished(record)).ConfigureAwait(false);
    }

    private async Task<StepRecord?> CleanUpAsync()
    {
        // What a case did to the inventory would have the service refuse the very requests that clean up.
        await RestoreInventoryAsync().ConfigureAwait(false);
        PackStep[] steps = [.. _context.Power.Off.Select(PowerStep.BackOn), .. _case.Cleanup];
        if (steps.Length == 0)
        {
            return null;
        }

        StepRecord? failure = null;
        using CancellationTokenSource budget = new(PackRunner.CleanupBudget, _time);
        foreach (PackStep step in steps)
        {
            StepRecord record = await RunStepAsync(step, isCleanup: true, budget.Token, CancellationToken.None).ConfigureAwait(false);
            failure ??= record.Verdict == Verdict.Passed ? null : record;
        }

        await RestoreInventoryAsync().ConfigureAwait(false);
        return failure;
    }

    /// <summary>Runs a step, or all rounds of one that is repeated.</summary>
    /// <returns>The record that decides: the last.</returns>
    private async Task<StepRecord> RunStepAsync(
        PackStep step, bool isCleanup, CancellationToken budget, CancellationToken cancellationToken)
    {
        if (step.Repeat is not { } repeat)
        {
            return await RunOnceAsync(step, isCleanup, rounds: null, budget, cancellationToken).ConfigureAwait(false);
        }

        StepRounds rounds = new(repeat, _time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(budget, cancellationToken);
        StepRecord record;
        do
        {
            await rounds.WaitAsync(linked.Token).ConfigureAwait(false);
            record = await RunOnceAsync(step, isCleanup, rounds, budget, cancellationToken).ConfigureAwait(false);
        }
        while (!rounds.IsOver);
        return record;
    }

    private async Task<StepRecord> RunOnceAsync(
        PackStep step, bool isCleanup, StepRounds? rounds, CancellationToken budget, CancellationToken cancellationToken)
    {
        int? round = rounds?.Round;
        int index = _records.Count + 1;
        string name = isCleanup ? $"clean-up: {step.Name}" : step.Name;
        await AppendAsync(new StepStarted(index, name) { Time = _time.GetUtcNow() }).ConfigureAwait(false);
        if (step.IsUnsafe)
        {
            await _journal.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }

        long started = _time.GetTimestamp();
        long wirePosition = _bench.Wire.Position;
        StepReport report = await ExecuteAsync(step, budget, cancellationToken).ConfigureAwait(false);
        report = rounds?.End(report) ?? report;
        if (rounds is null or { IsOver: true })
        {
            report = DepartureRules.Judge(report, VariantOf(step, report), DeviceThatWasAsked(report));
            report = step.OnMiss == StepMiss.Block ? report with { Symptom = VerdictRules.OfBlockingMiss(report.Symptom) } : report;
        }

        TimeSpan elapsed = _time.GetElapsedTime(started);
        Verdict verdict = VerdictRules.Judge(report.Symptom);
        IReadOnlyList<WireRecord> wire = OctetsSince(wirePosition, out long lost);
        WireSecrets secrets = LearnSecrets(wire, report.Request);
        StepRecord record = new(
            index, name, isCleanup, step, report with { Reason = _secrets.Redact(report.Reason) }, verdict,
            _time.GetElapsedTime(_startTimestamp, started), elapsed, wire, lost, secrets)
        {
            Round = round,
        };
        _records.Add(record);
        await AppendInventoryChangesAsync().ConfigureAwait(false);
        _context.Alerts.Take();
        await AppendAlertsAsync().ConfigureAwait(false);
        await AppendAsync(Finished(record)).ConfigureAwait(false);
        return record;
    }

    private async ValueTask<StepReport> ExecuteAsync(PackStep step, CancellationToken budget, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = new(step.Timeout, _time);
        using CancellationTokenSource linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, budget, cancellationToken);
        try
        {
            linked.Token.ThrowIfCancellationRequested();
            return await step.ExecuteAsync(_context, linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (linked.IsCancellationRequested)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return new StepReport(Symptom.Cancelled, $"cancelled: {_options.CancellationReason?.Invoke() ?? "no reason was given"}");
            }

            return budget.IsCancellationRequested
                ? new StepReport(Symptom.BudgetSpent, "the time budget was spent")
                : new StepReport(Symptom.StepTimedOut,
                    FormattableString.Invariant($"the step did not end in {step.Timeout.TotalSeconds:0.###} s"));
        }
        catch (HarnessException exception)
        {
            return new StepReport(VerdictRules.OfException(exception), $"{exception.Code}: {exception.Message}");
        }
    }

    private WireSecrets LearnSecrets(IReadOnlyList<WireRecord> wire, RequestTrace? request)
    {
        WireSecrets secrets = wire.Count == 0 ? new WireSecrets([], []) : _bench.FindSecrets(wire);
        _secrets.Learn(secrets);
        _secrets.LearnXml(request?.Xml);
        _secrets.LearnXml(request?.Exchange?.Acknowledgement.UnsignedXml);
        _secrets.LearnXml(request?.Exchange?.Response?.UnsignedXml);
        return secrets;
    }

    /// <summary>What passed the ports of this attempt's devices: another attempt may run beside it on others.</summary>
    private IReadOnlyList<WireRecord> OctetsSince(long position, out long lost)
    {
        lost = 0;
        return _bench.Wire.Position == position
            ? []
            : [.. _bench.Wire.Since(position, out lost).Where(record => !_foreignPorts.Contains(record.Port))];
    }

    private async ValueTask RestoreInventoryAsync()
    {
        _inventory.Restore();
        await AppendInventoryChangesAsync().ConfigureAwait(false);
    }

    private async ValueTask AppendInventoryChangesAsync()
    {
        foreach (InventoryChanged change in _inventory.TakeChanges(_time) ?? [])
        {
            await AppendAsync(change).ConfigureAwait(false);
        }
    }

    private async ValueTask AppendAlertsAsync()
    {
        foreach (AlertEntry entry in _context.Alerts.TakeNews())
        {
            BenchAlert alert = entry.Alert;
            await AppendAsync(new AlertReceived(alert.Device.Value, alert.Code, alert.Meaning)
            {
                Time = alert.ReceivedAt,
                OccurredAt = alert.OccurredAt,
                IsDuplicate = alert.IsDuplicate,
                IsEarlier = entry.IsEarlier,
            }).ConfigureAwait(false);
        }
    }

    private async Task<AttemptResult> FinishAsync(Verdict verdict, string reason, StepRecord? decisive)
    {
        TimeSpan elapsed = _time.GetElapsedTime(_startTimestamp);
        EvidenceSource source = new(_pack, _case, _bench, _devices, _options, _started, _startStopwatch, elapsed, verdict, reason,
            _records, _secrets, _context.Alerts);
        long octetsToDevice = source.Octets(WireDirection.ToDevice);
        long octetsFromDevice = source.Octets(WireDirection.FromDevice);
        byte[] evidence = EvidenceWriter.Write(source);
        DateTimeOffset now = _time.GetUtcNow();
        foreach (StepRecord step in _records)
        {
            if (step.Report.Picture is { } picture && EvidenceWriter.PictureName(step) is { } name)
            {
                await AppendAsync(new EvidenceRecorded(name, picture.MediaType, picture.Content) { Time = now }).ConfigureAwait(false);
            }
        }

        EvidenceRecorded recorded = new(EvidenceWriter.Name, EvidenceWriter.MediaType, evidence) { Time = now };
        await AppendAsync(recorded).ConfigureAwait(false);
        IssueEvidence? issue = verdict == Verdict.Failed && decisive is not null ? StepJudgement.IssueOf(_case, _records, decisive) : null;
        AttemptFinished finished = new(verdict, reason, elapsed, octetsToDevice, octetsFromDevice) { Time = now, Issue = issue };
        await AppendAsync(finished).ConfigureAwait(false);
        await _journal.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        return new AttemptResult(
            verdict, reason, elapsed, _devices.Provenance, octetsToDevice, octetsFromDevice,
            [.. _records.Select(record =>
                new StepResult(record.Index, record.Name, record.Verdict, record.Report.Reason, record.Elapsed))]);
    }

    private StepFinished Finished(StepRecord record) => new(
        record.Index,
        record.Name,
        record.Verdict,
        record.Report.Reason,
        VariantOf(record.Step, record.Report),
        record.Report.Request?.Exchange?.Acknowledgement.ResponseCode ?? string.Empty,
        record.Report.Request?.Exchange?.Response?.ResponseCode ?? string.Empty,
        record.Elapsed,
        _devices.Provenance.Origin == Origin.Scaled ? null : record.Report.Latency)
    {
        Time = _time.GetUtcNow(),
        Device = DeviceThatWasAsked(record.Report)?.Id.Value ?? string.Empty,
    };

    /// <summary>A later answer belongs to the variant that an earlier step sent.</summary>
    private static string VariantOf(PackStep step, StepReport report) =>
        report.Request?.ServiceReferenceVariant ?? step.ServiceReferenceVariant;

    private BenchDevice? DeviceThatWasAsked(StepReport report) => report.Request is { } request
        ? _bench.Devices.FirstOrDefault(device => device.Eui64.ToString() == request.Target)
        : null;

    private ValueTask AppendAsync(AttemptEvent attemptEvent) => _journal.AppendAsync(attemptEvent, CancellationToken.None);
}
