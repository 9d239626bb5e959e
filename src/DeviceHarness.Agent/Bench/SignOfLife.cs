using System.Globalization;
using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Agent.Bench;

/// <summary>Asks a device for a sign of life, so that a bench whose attempts came to nothing is given work only when it can be
/// reached.</summary>
/// <remarks>It is the link that is asked: no association, no key and no attempt of an authentication.</remarks>
internal static class SignOfLife
{
    /// <summary>How long one device may take; a battery meter is waited for until it wakes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Asks, and hangs up.</summary>
    /// <param name="station">The device; nobody else needs it now.</param>
    /// <param name="time">What measures the wait.</param>
    /// <returns>Why there was none; empty when there was one, or when the driver cannot ask.</returns>
    public static async Task<string> FindSilenceAsync(DeviceStation station, TimeProvider time)
    {
        TimeSpan patience = Patience + station.WakeInterval;
        using CancellationTokenSource bound = new(patience, time);
        try
        {
            bool? answers = await station.ProbeAsync(bound.Token).ConfigureAwait(false);
            await station.HangUpAsync(bound.Token).ConfigureAwait(false);
            return answers == false ? "it does not answer" : string.Empty;
        }
        catch (OperationCanceledException)
        {
            return string.Create(CultureInfo.InvariantCulture, $"it did not answer in {patience.TotalSeconds:0} s");
        }
        catch (HarnessException exception)
        {
            return $"{exception.Code}: {exception.Message}";
        }
    }
}
