using DeviceHarness.Drivers.Capabilities;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Clock;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.11 and 8.1.1: reads the clock, sets it when that is allowed, and reads it back.</summary>
/// <remarks>
/// A clock is set when it is off by at most the tolerance: a larger step is never made, the device's events tell the two apart as "clock
/// adjusted (within tolerance)" and "clock not adjusted (outside tolerance)". A clock without a valid time is set, since it has nothing
/// to be off from. The answer is what the device says after that: <c>invalid</c> or <c>unreliable</c> by its own status,
/// <c>unreliable</c> also when it stays off by more than the tolerance. The comparison is by whole seconds, since many clocks give no
/// more.
/// </remarks>
/// <typeparam name="TResponse">The answer of the variant.</typeparam>
internal abstract class ClockHandler<TResponse>(IDeviceClock clock, TimeProvider timeProvider) : DirectSrvHandler
    where TResponse : ClockRsp, new()
{
    /// <inheritdoc/>
    internal override IReadOnlyDictionary<SrvRefusal, string> Refusals => SrvRefusal.OfWrite;

    /// <inheritdoc/>
    internal override async Task<SrvResponseBody> ExecuteAsync(SrvRequestBody body, CancellationToken cancellationToken)
    {
        ClockRequest request = (ClockRequest)body;
        long started = timeProvider.GetTimestamp();
        ClockReading before = await clock.ReadTimeAsync(cancellationToken).ConfigureAwait(false);
        ClockReading after = before;
        if (before.IsInvalid || IsWithin(before, request, timeProvider.GetElapsedTime(started)))
        {
            // The request tells the time of its sending; the dialogue so far is added, or a slow line would set every clock late.
            DateTimeOffset target = request.CurrentDateTime + timeProvider.GetElapsedTime(started);
            await clock.SetTimeAsync(target, cancellationToken).ConfigureAwait(false);
            after = await clock.ReadTimeAsync(cancellationToken).ConfigureAwait(false);
        }

        bool isOff = after.Time is not null && !IsWithin(after, request, timeProvider.GetElapsedTime(started));
        return Answer(after.Time, after switch
        {
            { IsInvalid: true } => ClockTimeStatus.Invalid,
            { IsDoubtful: true } => ClockTimeStatus.Unreliable,
            _ => isOff ? ClockTimeStatus.Unreliable : ClockTimeStatus.Reliable,
        });
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new TResponse { MessageSuccess = false };

    /// <summary>The answer of a device that says its time and how far it trusts it.</summary>
    protected virtual TResponse Answer(DateTimeOffset? time, ClockTimeStatus status) =>
        new() { MessageSuccess = true, DeviceTime = time, ElecClockTimeStatus = status };

    private static bool IsWithin(ClockReading reading, ClockRequest request, TimeSpan elapsed)
    {
        if (reading.Time is not DateTimeOffset time)
        {
            return false;
        }

        TimeSpan difference = (request.CurrentDateTime + elapsed - time).Duration();
        return Math.Floor(difference.TotalSeconds) <= request.TolerancePeriodSeconds;
    }
}
