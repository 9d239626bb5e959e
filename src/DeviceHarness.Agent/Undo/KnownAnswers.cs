using System.Collections.Concurrent;
using System.Collections.Frozen;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Undo;

namespace DeviceHarness.Agent.Undo;

/// <summary>What devices told of the states that the ledger keeps, for as long as nothing can have changed them: a baseline that is known
/// is not read again. Safe for use from any thread.</summary>
/// <param name="time">The clock of the bench.</param>
internal sealed class KnownAnswers(TimeProvider time)
{
    /// <summary>How long an answer is good for the next case: a device that changes by itself is found out this much later at
    /// most.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromMinutes(10);

    private static readonly FrozenSet<SrvRequestBody> Asked = UndoRules.All.SelectMany(rule => rule.Reads).ToFrozenSet();

    private readonly ConcurrentDictionary<(string Device, SrvRequestBody Read), Answer> _answers = new();

    /// <summary>The time of the bench.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The moment from which on answers are good for the next case.</summary>
    public DateTimeOffset Newest => Now - Lasting;

    /// <summary>Carries out a request, and keeps the answer of a read.</summary>
    /// <exception cref="HarnessException">As of the device's station; nothing is kept then.</exception>
    public async Task<SrvResult> ExecuteAsync(DeviceStation station, SrvRequestBody request, CancellationToken cancellationToken)
    {
        long changes = station.Changes;
        SrvResult result = await station.ExecuteAsync(request, cancellationToken).ConfigureAwait(false);
        if (result.Outcome.Kind == DeviceOutcomeKind.Done && Asked.Contains(request))
        {
            _answers[(station.Device.Id.Value, request)] = new Answer(result, changes, time.GetUtcNow());
        }

        return result;
    }

    /// <summary>The answer that a device would give again; null when it has to be asked.</summary>
    /// <param name="station">The device.</param>
    /// <param name="read">The request.</param>
    /// <param name="since">An answer from before this moment is not good.</param>
    public SrvResult? Find(DeviceStation station, SrvRequestBody read, DateTimeOffset since) =>
        _answers.TryGetValue((station.Device.Id.Value, read), out Answer? answer) && answer.At >= since
            && answer.Changes == station.Changes
            ? answer.Result
            : null;

    private sealed record Answer(SrvResult Result, long Changes, DateTimeOffset At);
}
