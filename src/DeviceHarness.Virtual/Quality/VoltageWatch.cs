using DeviceHarness.Virtual.Esme;
using DeviceHarness.Virtual.Logs;

namespace DeviceHarness.Virtual.Quality;

/// <summary>Tells when the voltage is on the wrong side of a threshold for too long, and when it is back for as long.</summary>
/// <param name="isUpper">Whether the voltage is to stay below the threshold, or above it.</param>
/// <param name="begun">What is entered when it does not.</param>
/// <param name="ended">What is entered when it does again.</param>
/// <param name="host">The meter around.</param>
internal sealed class VoltageWatch(bool isUpper, EventCode begun, EventCode ended, IMeterHost host) : IMeterEngine
{
    private DateTimeOffset? _changedSince;

    /// <summary>The threshold, in tenths of a volt.</summary>
    public required int ThresholdDecivolts { get; set; }

    /// <summary>How long, in seconds.</summary>
    public required int DurationSeconds { get; set; }

    /// <summary>Whether the voltage is on the wrong side for long enough.</summary>
    public bool IsActive { get; private set; }

    /// <inheritdoc/>
    public DateTimeOffset? NextDue => _changedSince?.AddSeconds(DurationSeconds);

    /// <inheritdoc/>
    public void Live(in MeterSlice slice)
    {
        bool isWrong = isUpper ? slice.Decivolts > ThresholdDecivolts : slice.Decivolts < ThresholdDecivolts;
        if (isWrong == IsActive)
        {
            _changedSince = null;
            return;
        }

        _changedSince ??= slice.From;
        if (slice.To - _changedSince >= TimeSpan.FromSeconds(DurationSeconds))
        {
            IsActive = isWrong;
            _changedSince = null;
            host.Enter(isWrong ? begun : ended);
        }
    }

    /// <summary>The clock was set: what was measured until now does not count.</summary>
    public void Restart() => _changedSince = null;
}
