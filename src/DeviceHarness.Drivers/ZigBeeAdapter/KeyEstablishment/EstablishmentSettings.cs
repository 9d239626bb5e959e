using DeviceHarness.Codecs.Security;
using DeviceHarness.Codecs.Security.Cbke;

namespace DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

/// <summary>What one side of key establishment has and allows.</summary>
public sealed record EstablishmentSettings
{
    /// <summary>The most seconds that a side may say it needs: FF is left out.</summary>
    public const int MaximumStatedSeconds = 0xFE;

    /// <summary>The own certificates and keys, at most one a suite; an initiator begins with the first. None where the adapter
    /// computes.</summary>
    public required IReadOnlyList<CbkeIdentity> Identities { get; init; }

    /// <summary>The adapter's own certificate, keys and curve library; null where the harness computes with its own.</summary>
    public AdapterKeyAgreement? InAdapter { get; init; }

    /// <summary>The authorities whose certificates are taken.</summary>
    public required IReadOnlyList<TrustedAuthority> Authorities { get; init; }

    /// <summary>Where ephemeral keys come from; outside of a test a cryptographic source.</summary>
    public required RandomOctets Random { get; init; }

    /// <summary>How long the other side is told that we need for an ephemeral key; 1 to 254 s. It covers the way through the adapter, not
    /// the computation, which takes milliseconds here.</summary>
    public TimeSpan OwnEphemeralTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the other side is told that we need for a MAC; 1 to 254 s.</summary>
    public TimeSpan OwnConfirmTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an initiator waits for the first answer, beside margin and latency.</summary>
    public TimeSpan FirstAnswerTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What is added to the times that the other side states.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a message may lie before the other side fetches it: 0 for one that always listens.</summary>
    public TimeSpan PollLatency { get; init; }

    /// <summary>The moment at which a certificate of suite 2 must be valid; null when that is not looked at, as with a clock that is not
    /// set.</summary>
    public DateTimeOffset? ValidAt { get; init; }

    /// <summary>The suites that there is an identity for.</summary>
    public EstablishmentSuites Suites => InAdapter?.Suite ?? Identities.Aggregate(
        EstablishmentSuites.None, (suites, identity) => suites | identity.Certificate.Suite);

    /// <summary>Begins what is computed for one exchange; null without an identity of these suites.</summary>
    internal IKeyAgreement? Begin(EstablishmentSuites suites, EstablishmentRole role, ulong peer) =>
        InAdapter is { } adapter ? adapter.Agreement(suites)
        : Identities.FirstOrDefault(candidate => (candidate.Certificate.Suite & suites) != 0) is { } identity
            ? new HostKeyAgreement(this, identity, role, peer)
            : null;

    internal static byte Seconds(TimeSpan time) => (byte)Math.Clamp(Math.Ceiling(time.TotalSeconds), 1, MaximumStatedSeconds);
}
