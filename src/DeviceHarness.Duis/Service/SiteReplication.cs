namespace DeviceHarness.Duis.Service;

/// <summary>What the two sites of the SMETS1 Service Provider know of each other's work. What one does not know is gone for Users while it
/// serves, and there again after the failback.</summary>
/// <remarks>How the real sites do so is not public: the papers say that failover and failback were proven in September 2021, and
/// that a loss of the generation of UTRNs on failover has to be recoverable.</remarks>
/// <param name="Requests">Whether each knows the requests that are held or in quarantine, and the counters of all that came.</param>
/// <param name="Tokens">Whether each knows how far the top-up tokens were counted.</param>
public sealed record SiteReplication(bool Requests, bool Tokens)
{
    /// <summary>Each knows all.</summary>
    public static SiteReplication Whole { get; } = new(Requests: true, Tokens: true);
}
