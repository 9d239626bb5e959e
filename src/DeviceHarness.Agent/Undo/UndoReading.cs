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

    /// <summary>Asks a device what it did not tell already. What its model refuses is left out; a device that is silent is asked nothing
    /// more.</summary>
    /// <param name="station">The device.</param>
    /// <param name="rule">Says what is asked.</param>
    /// <param name="known">What devices told so far.</param>
    /// <param name="before">What of that is good here.</param>
    /// <param name="cancellationToken">Ends the wait for the device.</param>
    /// <exception cref="HarnessException">The bench broke, or the device does not take the credentials.</exception>
    public static async Task<UndoReading> ReadAsync(
        DeviceStation station, UndoRule rule, KnownAnswers known, ToldBefore before, CancellationToken cancellationToken)
    {
        DateTimeOffset? since = rule.MovesByItself ? null : before.Since;
        List<SrvResponseBody> told = [];
        List<string> asked = [];
        DeviceOutcomeKind ended = DeviceOutcomeKind.Refused;
        foreach (SrvRequestBody read in rule.Reads)
        {
            try
            {
                SrvResult? result = before.Answers.GetValueOrDefault(read) ?? (since is { } from ? known.Find(station, read, from) : null);
                if (result is null)
                {
                    result = await known.ExecuteAsync(station, read, cancellationToken).ConfigureAwait(false);
                    before.Answers[read] = result;
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

        return new UndoReading(new UndoReadings(told, known.Now), asked, ended);
    }
}

/// <summary>What a device told before a command, or before an undo.</summary>
/// <param name="Answers">What it was asked for this command already, by request.</param>
/// <param name="Since">What it told to others from this moment on is good too, while nothing can have changed it; null when that is
/// not.</param>
internal sealed record ToldBefore(Dictionary<SrvRequestBody, SrvResult> Answers, DateTimeOffset? Since);
