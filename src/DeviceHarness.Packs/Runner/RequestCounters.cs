using System.Collections.Concurrent;
using DeviceHarness.Duis;

namespace DeviceHarness.Packs.Runner;

/// <summary>Hands out the counters of RequestIDs: strictly rising per originator and target. Safe for use from any thread.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, RequestID. A counter is the milliseconds since 1970 or one more than the last, so that a restart of
/// the
/// agent does not go back.</remarks>
public sealed class RequestCounters
{
    private readonly ConcurrentDictionary<(Eui64 Originator, Eui64 Target), ulong> _last = new();

    /// <summary>The next identifier of a pair.</summary>
    /// <param name="originator">The User.</param>
    /// <param name="target">The target of the request.</param>
    /// <param name="now">The present time.</param>
    public RequestId Next(Eui64 originator, Eui64 target, DateTimeOffset now)
    {
        ulong clock = (ulong)Math.Max(1, now.ToUnixTimeMilliseconds());
        ulong counter = _last.AddOrUpdate((originator, target), clock, (_, last) => Math.Max(last + 1, clock));
        return new RequestId(originator, target, counter);
    }
}
