using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Bench;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Undo;

namespace DeviceHarness.Agent.Undo;

/// <summary>What a device told when it was asked for a state.</summary>
/// <param name="Readings">Its answers.</param>
/// <param name="Asked">The variants of the requests that reached it.</param>
/// <param name="Ended">How the last of them ended.</param>
internal sealed record UndoReading(UndoReadings Readings, IReadOnlyList<string> Asked, DeviceOutcomeKind Ended)
{
    private const string NotServed = "SRV-003";

    /// <summary>Asks a device. What its model refuses is left out; a device that is silent is asked nothing more.</summary>
    /// <exception cref="HarnessException">The bench broke, or the device does not take the credentials.</exception>
    public static Task<UndoReading> ReadAsync(
        DeviceStation station, UndoRule rule, TimeProvider time, CancellationToken cancellationToken) =>
        ReadAsync(station, rule, time, [], cancellationToken);

    /// <summary>Asks a device what it was not asked before the same command already.</summary>
    /// <param name="station">The device.</param>
    /// <param name="rule">Says what is asked.</param>
    /// <param name="time">The clock of the bench.</param>
    /// <param name="answers">What it answered so far, by request.</param>
    /// <param name="cancellationToken">Ends the wait for the device.</param>
    /// <exception cref="HarnessException">The bench broke, or the device does not take the credentials.</exception>
    public static async Task<UndoReading> ReadAsync(
        DeviceStation station, UndoRule rule, TimeProvider time, Dictionary<SrvRequestBody, SrvResult> answers,
        CancellationToken cancellationToken)
    {
        List<SrvResponseBody> told = [];
        List<string> asked = [];
        DeviceOutcomeKind ended = DeviceOutcomeKind.Refused;
        foreach (SrvRequestBody read in rule.Reads)
        {
            try
            {
                if (!answers.TryGetValue(read, out SrvResult? result))
                {
                    result = await station.ExecuteAsync(read, cancellationToken).ConfigureAwait(false);
                    answers[read] = result;
                    asked.Add(read.ServiceReferenceVariant);
                }

                ended = result.Outcome.Kind;
                if (result.Outcome is { Kind: DeviceOutcomeKind.Done, Body: { } body })
                {
                    told.Add(body);
                }
            }
            catch (LocalProtocolException exception) when (exception.Code == NotServed)
            {
                // A driver that somebody else wrote need not read it: as good as a model that refuses.
                continue;
            }

            if (ended is not (DeviceOutcomeKind.Done or DeviceOutcomeKind.Refused))
            {
                break;
            }
        }

        return new UndoReading(new UndoReadings(told, time.GetUtcNow()), asked, ended);
    }
}
